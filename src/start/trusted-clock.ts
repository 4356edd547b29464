import { CLOCK_TOLERANCE_MS } from '../book/clock-doubt.ts';
import type { Clock, ClockDoubt, Log } from '../ports/ports.ts';
import { withTimeout } from '../ports/with-timeout.ts';

/** Slack is believed before the database: its clock is looked after, and whatever people see is dated by it. */
const SOURCES = ['slack', 'database'] as const;
export type TimeSource = (typeof SOURCES)[number];

export type TrustedClock = Clock & {
  /** A source outside this machine has just said what the time is. */
  heard(source: TimeSource, at: number): void;
  /** How to ask; what fails is asked again in a minute. */
  askBy(ask: () => Promise<unknown>): void;
};

/** Where nothing else brought an answer meanwhile. */
const ASK_EVERY_MS = 10 * 60_000;
/** People wait for it. */
const ASK_WITHIN_MS = 2_000;

/**
 * This machine's clock, held against what others say. A few seconds are harmless. From two minutes on the time is Slack's,
 * and `doubt` keeps anything from being spent until both agree again. Between two answers a counter that cannot be set tells
 * how much time has passed, so that a clock that jumps is noticed at once.
 */
export function createTrustedClock(machine: Clock, log: Log): TrustedClock {
  const heard = new Map<TimeSource, { at: number; elapsedMs: number }>();
  const elapsed = () => machine.elapsedMs?.() ?? machine.now();
  let ask: () => Promise<unknown> = async () => {};
  let asking: Promise<unknown> | null = null;
  let wasWrong = false;

  const doubt = (): ClockDoubt | null => {
    const source = SOURCES.find((each) => heard.has(each));
    const said = source && heard.get(source);
    if (!said) return null;
    const machineAt = machine.now();
    const outsideAt = Math.round(said.at + elapsed() - said.elapsedMs);
    return Math.abs(machineAt - outsideAt) > CLOCK_TOLERANCE_MS ? { machineAt, outsideAt, source } : null;
  };
  const tellLog = () => {
    const found = doubt();
    if (found && !wasWrong) log.error(found, 'this machine’s clock is wrong, spending stopped until it is right');
    if (!found && wasWrong) log.info({}, 'this machine’s clock is right again');
    wasWrong = found !== null;
  };

  return {
    now() {
      const found = doubt();
      if (!found) return machine.now();
      // A database's clock may be the one that is wrong: no line is dated later than either says.
      return found.source === 'slack' ? found.outsideAt : Math.min(found.machineAt, found.outsideAt);
    },
    sleep: (ms) => machine.sleep(ms),
    after: (ms, happen) => machine.after(ms, happen),
    elapsedMs: elapsed,
    doubt,
    isConfirmed: () => heard.size > 0 && doubt() === null,
    heard: (source, at) => void heard.set(source, { at, elapsedMs: elapsed() }),
    askBy(by) {
      ask = by;
    },
    async askAround() {
      const latest = Math.max(...[...heard.values()].map((each) => each.elapsedMs));
      if (doubt() || elapsed() - latest > ASK_EVERY_MS) {
        asking ??= ask().then(undone, undone);
        await withTimeout(machine, { ms: ASK_WITHIN_MS, work: asking, late: () => undefined });
      }
      tellLog();
    },
  };

  function undone() {
    asking = null;
  }
}
