import { describe } from '../ports/describe-error.ts';
import type { Clock, Log } from '../ports/ports.ts';

export type Intervals = {
  /** Does something at once, or after a while, and then again and again; what goes wrong is tried again the next time. */
  every(
    ms: number,
    work: (options: { signal: AbortSignal }) => Promise<void>,
    options?: { firstAfterMs?: number },
  ): void;
  /** No round begins from now on, and the signal of those that have begun is aborted. */
  stop(): void;
  /** Resolves once those that have begun are over. */
  ended(): Promise<unknown>;
};

/** What a process does now and then, for as long as it runs. */
export function createIntervals({ clock, log }: { clock: Clock; log: Log }): Intervals {
  const stopping = new AbortController();
  const { signal } = stopping;
  const rounds: Promise<void>[] = [];

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const end = () => {
        takeBack();
        signal.removeEventListener('abort', end);
        resolve();
      };
      const takeBack = clock.after(ms, end);
      signal.addEventListener('abort', end);
    });

  const goRound: (...words: Parameters<Intervals['every']>) => Promise<void> = async (
    ms,
    work,
    { firstAfterMs = 0 } = {},
  ) => {
    if (firstAfterMs > 0) await pause(firstAfterMs);
    while (!signal.aborted) {
      await work({ signal }).catch((error: unknown) => log.error({ error: describe(error) }, 'a round failed'));
      await pause(ms);
    }
  };

  return {
    every: (...words) => void rounds.push(goRound(...words)),
    stop: () => stopping.abort(),
    ended: () => Promise.all(rounds),
  };
}
