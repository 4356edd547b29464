import type { Chance } from './chance.ts';
import type { Timeline } from './timeline.ts';
import type { Trace } from './trace.ts';
import type { FaultKind, Port, Weather } from './weather.ts';

/** Whoever sends: what is dead hears of nothing any more, and what it had sent may arrive all the same. */
export type Sender = { name: string; no: number; isAlive: boolean; hasLastWords: boolean; onEffect(): void };

export type Sending<Result> = {
  port: Port;
  verb: string;
  /** Which faults there are for it. */
  faults: readonly FaultKind[];
  /** What happens at the other end. */
  act: () => Promise<Result>;
  /** Half of it. */
  half?: () => Promise<unknown>;
  /** What the sender hears where it never happened, or may have; it may throw. */
  failure: (about: 'never' | 'perhaps') => Result;
  /** How long the other end takes. */
  takesMs?: number;
  /** It only looks: mostly its answer is there as soon as it has looked. */
  isLook?: boolean;
};

export type Wire = <Result>(sender: Sender, sending: Sending<Result>) => Promise<Result>;

const USUAL_MS: Record<Port, readonly [number, number]> = {
  journal: [1, 8],
  records: [1, 6],
  slack: [20, 250],
  provider: [20, 80],
  people: [5, 60],
};

const LOOKED_AND_ANSWERED = 0.8;
/** Under the half minute in which a call of Slack's or of a database's is given up. */
const LATE_MS = [2_000, 28_000] as const;
/** Longer than an HTTP call or a database's is waited for. */
const OVERTAKEN_MS = [50, 20_000] as const;

/** Everything that a process says to the world goes there and back, takes its time, and may go wrong on both ways. */
export function createWire(parts: { chance: Chance; timeline: Timeline; trace: Trace; weather: Weather }): Wire {
  const { chance, timeline, trace, weather } = parts;

  const arrive = (sender: Sender, { port, verb }: Named, fault: FaultKind | null, ms: number, happen: () => void) =>
    void timeline.after(ms, () => {
      if (!sender.isAlive && !sender.hasLastWords) return;
      trace.add(timeline.now(), `${sender.name} ${port} ${verb}${fault ? ` (${fault})` : ''}`);
      happen();
      if (sender.isAlive) sender.onEffect();
    });
  const hear = (sender: Sender, ms: number, say: () => void) => {
    if (ms > 0) timeline.after(ms, () => sender.isAlive && say());
    else if (sender.isAlive) say();
  };

  return <Result>(sender: Sender, sending: Sending<Result>) =>
    new Promise<Result>((resolve, reject) => {
      if (!sender.isAlive) return;
      const { port, verb, faults, act, half, failure, takesMs = 0, isLook = false } = sending;
      const fault = weather.faultFor(port, sender.no, faults);
      const [least, most] = USUAL_MS[port];
      const there = chance.int(least, most);
      const back = (isLook && chance.is(LOOKED_AND_ANSWERED) ? 0 : chance.int(least, most)) + takesMs;

      const answered = (ms: number) => () =>
        void act().then(
          (result) => hear(sender, ms, () => resolve(result)),
          (error: unknown) => hear(sender, ms, () => reject(error)),
        );
      const unheard = (happening: () => Promise<unknown>) => () => void happening().catch(() => undefined);
      const fail = (about: 'never' | 'perhaps') =>
        hear(sender, there + back, () => {
          try {
            resolve(failure(about));
          } catch (error) {
            reject(error);
          }
        });

      switch (fault) {
        case null:
          return arrive(sender, sending, fault, there, answered(back));
        case 'lost':
          trace.add(timeline.now(), `${sender.name} ${port} ${verb} (lost)`);
          return fail('never');
        case 'late':
          return arrive(sender, sending, fault, there, answered(back + chance.int(...LATE_MS)));
        case 'answer_lost':
          arrive(sender, sending, fault, there, unheard(act));
          return fail('perhaps');
        case 'doubled':
          arrive(sender, sending, fault, there, unheard(act));
          return arrive(sender, sending, fault, there + chance.int(1, 20), answered(back));
        case 'torn':
          arrive(sender, sending, fault, there, unheard(half ?? act));
          return fail('perhaps');
        case 'overtaken':
          arrive(sender, sending, fault, there + back + chance.int(...OVERTAKEN_MS), unheard(act));
          return fail('perhaps');
      }
    });
}

type Named = Pick<Sending<unknown>, 'port' | 'verb'>;
