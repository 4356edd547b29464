/** Time, as the store needs it to take turns. */
export type TurnsClock = { now(): number; sleep(ms: number): Promise<void> };

/** The same for everybody, counted from the same moment: turns begin together without a word between processes. */
const TURN_MS = 250;
/** After a lost race somebody else is taken to be at work for so long. */
const CONTENDED_FOR_MS = 2_000;
const GAP_MIN_MS = 15;

type Place = {
  contendedUntilAt: number;
  /** The turn in which we won a race, and have been writing since. */
  heldTurn: number | null;
  lossesCount: number;
};

/**
 * Several processes that write to one workspace without a pause would mostly read what another has just written, and lose
 * again: the one that won goes on at once, while a loser has to read first. So whoever wins writes until its turn ends and
 * then lets the others in for a moment; whoever loses waits for that moment. Nothing is decided here: a race is settled by
 * the unique keys, and a process whose clock is wrong is only unlucky.
 */
export function createTurns(clock: TurnsClock) {
  const places = new Map<string, Place>();
  const placeOf = (workspace: string) => {
    const place = places.get(workspace) ?? { contendedUntilAt: 0, heldTurn: null, lossesCount: 0 };
    places.set(workspace, place);
    return place;
  };

  return {
    /** Before lines are sent. `loserNeedsMs`: what somebody who lost needs to read what is new and to send. */
    async begin(workspace: string, loserNeedsMs: number): Promise<void> {
      const place = placeOf(workspace);
      const now = clock.now();
      if (place.heldTurn === null || now >= place.contendedUntilAt || turnAt(now) === place.heldTurn) return;
      place.heldTurn = null;
      await clock.sleep(Math.min(TURN_MS, Math.max(GAP_MIN_MS, loserNeedsMs)));
    },
    won(workspace: string): void {
      const place = placeOf(workspace);
      place.heldTurn ??= turnAt(clock.now());
      place.lossesCount = 0;
    },
    /**
     * Returns when it is worth another try: at once where this was an accident, else when the next turn begins. Who has
     * lost more often tries sooner. `spread`: a number from 0 to 1 that differs from process to process.
     */
    async lost(workspace: string, spread: number): Promise<void> {
      const place = placeOf(workspace);
      const now = clock.now();
      const isAccident = now >= place.contendedUntilAt;
      place.contendedUntilAt = now + CONTENDED_FOR_MS;
      place.heldTurn = null;
      place.lossesCount += 1;
      if (isAccident) return;
      const nextAt = (turnAt(now) + 1) * TURN_MS;
      await clock.sleep(nextAt - now + (GAP_MIN_MS * spread) / place.lossesCount);
    },
  };
}

const turnAt = (at: number) => Math.floor(at / TURN_MS);
