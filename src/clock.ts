import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from './app/ports.ts';

/** The machine's own clock: with `main.ts`, the only place where time comes from. */
export const realClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, { signal } = {}) => wait(ms, undefined, signal ? { signal } : {}),
};
