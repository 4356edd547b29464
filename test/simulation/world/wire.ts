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
  peers: [0, 4],
};

const LOOKED_AND_ANSWERED = 0.8;
/** Under the half minute in which a call of Slack's or of a database's is given up. */
const LATE_MS = [2_000, 28_000] as const;
/** Longer than an HTTP call or a database's is waited for. */
const OVERTAKEN_MS = [50, 20_000] as const;

/** Everything that a process says to the world goes there and back, takes its time, and may go wrong on both ways. */
export function createWire(parts: { chance: Chance; timeline: Timeline; trace: Trace; weather: Weather }): Wire {
  const { chance, timeline, trace, weather } = parts;

  /** Whatever a process sends and hears goes by its life: of one that is dead only what was on its way may still arrive. */
  const arrive = (
    { sender, sending: { port, verb } }: OnItsWay,
    fault: FaultKind | null,
    ms: number,
    happen: () => void,
  ) =>
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
  const answer = <Result>({ sender, sending, resolve, reject }: OnItsWay<Result>, ms: number) =>
    void sending.act().then(
      (result) => hear(sender, ms, () => resolve(result)),
      (error: unknown) => hear(sender, ms, () => reject(error)),
    );
  const fail = <Result>(
    { sender, sending, resolve, reject }: OnItsWay<Result>,
    about: 'never' | 'perhaps',
    ms: number,
  ) =>
    hear(sender, ms, () => {
      try {
        resolve(sending.failure(about));
      } catch (error) {
        reject(error);
      }
    });
  const unheard = (happening: () => Promise<unknown>) => void happening().catch(() => undefined);

  const goWrong = <Result>(
    call: OnItsWay<Result>,
    fault: FaultKind,
    { there, back }: { there: number; back: number },
  ) => {
    const { sender, sending } = call;
    const { act, half = act } = sending;
    switch (fault) {
      case 'lost':
        trace.add(timeline.now(), `${sender.name} ${sending.port} ${sending.verb} (lost)`);
        return fail(call, 'never', there + back);
      case 'late': {
        const backLate = back + chance.int(...LATE_MS);
        return arrive(call, fault, there, () => answer(call, backLate));
      }
      case 'answer_lost':
        arrive(call, fault, there, () => unheard(act));
        return fail(call, 'perhaps', there + back);
      case 'doubled':
        arrive(call, fault, there, () => unheard(act));
        return arrive(call, fault, there + chance.int(1, 20), () => answer(call, back));
      case 'torn':
        arrive(call, fault, there, () => unheard(half));
        return fail(call, 'perhaps', there + back);
      case 'overtaken':
        arrive(call, fault, there + back + chance.int(...OVERTAKEN_MS), () => unheard(act));
        return fail(call, 'perhaps', there + back);
    }
  };

  return <Result>(sender: Sender, sending: Sending<Result>) =>
    new Promise<Result>((resolve, reject) => {
      if (!sender.isAlive) return;
      const { port, faults, takesMs = 0, isLook = false } = sending;
      const fault = weather.faultFor(port, sender.no, faults);
      const [least, most] = USUAL_MS[port];
      const there = chance.int(least, most);
      const back = (isLook && chance.is(LOOKED_AND_ANSWERED) ? 0 : chance.int(least, most)) + takesMs;
      const call = { sender, sending, resolve, reject };
      if (fault === null) arrive(call, null, there, () => answer(call, back));
      else goWrong(call, fault, { there, back });
    });
}

type OnItsWay<Result = unknown> = {
  sender: Sender;
  sending: Sending<Result>;
  resolve(result: Result): void;
  reject(error: unknown): void;
};
