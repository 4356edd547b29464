import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from './app/ports.ts';

/** The machine's own clock: with `main.ts`, the only place where time comes from. */
export const realClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, { signal } = {}) => wait(ms, undefined, signal ? { signal } : {}),
};

/** What takes longer is not waited for. */
export async function within(clock: Clock, ms: number, work: Promise<unknown>): Promise<void> {
  const done = new AbortController();
  const late = clock.sleep(ms, { signal: done.signal }).catch(() => undefined);
  await Promise.race([work, late]);
  done.abort();
}
