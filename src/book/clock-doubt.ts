import type { CommandBody } from '../ledger/commands/commands.ts';
import { isAheadOf } from '../ledger/decide/clock.ts';
import type { ClockWrong } from '../ledger/refusals.ts';
import type { State } from '../ledger/state.ts';
import type { Clock } from '../ports/ports.ts';

/** Says why nothing may be spent now: this machine's clock is wrong, or that of the last line's writer was. */
export function clockDoubt(clock: Clock, state: State): ClockWrong | null {
  const doubt = clock.doubt?.() ?? null;
  if (doubt) return { reason: 'clock_wrong', whose: 'machine', shownAt: doubt.machineAt, rightAt: doubt.outsideAt };
  const now = clock.now();
  if (!isAheadOf(state, now)) return null;
  return { reason: 'clock_wrong', whose: 'ledger', shownAt: state.lastAt, rightAt: now };
}

/**
 * Says why a command has to wait for the right time. Null for what may go on, such as the end of a hold. A machine whose own
 * clock is wrong corrects no ledger.
 */
export function refusedFor({ kind }: CommandBody, doubt: ClockWrong | null): ClockWrong | null {
  if (kind === 'hold' || kind === 'approve' || kind === 'move_budget') return doubt;
  return kind === 'correct_clock' && doubt?.whose === 'machine' ? doubt : null;
}

/** Asks for the time where the clock is in doubt: the machine may only have slept. */
export async function makeSureOfTime({ clock }: { clock: Clock }): Promise<void> {
  if (clock.doubt?.()) await clock.askAround?.();
}

/** Longer than two machines differ, and shorter than anything that waits. */
export const CLOCK_TOLERANCE_MS = 2 * 60_000;

/** Returns how long ago a time was. A wrong clock wrote what lies ahead at an unknown time, so that is infinitely long ago. */
export function elapsedMs(clock: Pick<Clock, 'now'>, sinceAt: number): number {
  const elapsed = clock.now() - sinceAt;
  return elapsed < -CLOCK_TOLERANCE_MS ? Number.POSITIVE_INFINITY : elapsed;
}

/** Returns whether a process has the lease until then. A lease longer than any process takes comes from a wrong clock. */
export function isLeased(
  clock: Pick<Clock, 'now'>,
  { untilAt, longestMs }: { untilAt: number; longestMs: number },
): boolean {
  const left = untilAt - clock.now();
  return left > 0 && left <= longestMs + CLOCK_TOLERANCE_MS;
}
