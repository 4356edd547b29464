import type { Clock } from '../../src/ports/ports.ts';

/** A Monday morning, far from any change of clocks. */
export const MONDAY = Date.UTC(2026, 10, 23, 9);

export type TestClock = Clock & {
  /** Lets time pass: sleepers wake in order, each at its own time, and act before the next one wakes. */
  advance(ms: number): Promise<void>;
  /** Jumps to another time, also an earlier one, without waking sleepers. */
  set(at: number): void;
  /** How many sleep now. */
  readonly sleepers: number;
};

type Sleeper = { until: number; wake(): void };

/** A clock that stands still until it is told to go on. */
export function createClock(startAt = MONDAY): TestClock {
  let now = startAt;
  let sleeping: Sleeper[] = [];
  const leave = (sleeper: Sleeper) => {
    sleeping = sleeping.filter((each) => each !== sleeper);
  };

  const after = (ms: number, happen: () => void) => {
    const sleeper: Sleeper = {
      until: now + ms,
      wake() {
        leave(sleeper);
        happen();
      },
    };
    sleeping.push(sleeper);
    return () => leave(sleeper);
  };

  return {
    now: () => now,
    sleep: (ms) => new Promise((resolve) => void after(ms, resolve)),
    after,
    async advance(ms) {
      const until = now + ms;
      for (;;) {
        await settled();
        const [next] = sleeping.filter((each) => each.until <= until).sort((a, b) => a.until - b.until);
        if (!next) break;
        now = Math.max(now, next.until);
        next.wake();
      }
      now = Math.max(now, until);
      await settled();
    },
    set(at) {
      now = at;
    },
    get sleepers() {
      return sleeping.length;
    },
  };
}

/** Lets promises, and what waits for the next turn of the event loop, go on. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
