import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../ports/ports.ts';

/** The machine's own clock: with `main.ts`, the only place where time comes from. */
export const realClock: Clock = {
  now: () => Date.now(),
  sleep: (ms) => wait(ms),
  after(ms, happen) {
    const timer = setTimeout(happen, ms);
    return () => clearTimeout(timer);
  },
  elapsedMs: () => performance.now(),
};

/** A clock for work at a fixed time: it never waits, and nothing is ever too late. */
export const timelessClock = (now: () => number): Clock => ({ now, sleep: async () => {}, after: () => () => {} });

/** Never jumps, and has nothing to do with the time of day: for what lasts how long within this process. */
export const steadyClock: Clock = { ...realClock, now: () => performance.now() };
