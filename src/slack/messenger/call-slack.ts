import type { Clock } from '../../ports/ports.ts';
import { type Failure, failureOf } from './failure.ts';

/** How often a call may be made again, by what became of it. A refusal is never asked twice. */
export type Tries = { afterLost: number; afterRateLimit: number };

export type Attempted<T> = { ok: true; value: T } | { ok: false; failure: Failure };

/** What cannot be repeated safely is not, and what only reads or draws is, for about as long as people wait. */
export const ONCE: Tries = { afterLost: 0, afterRateLimit: 2 };
export const ONE_MORE: Tries = { afterLost: 1, afterRateLimit: 4 };
export const REPEATABLE: Tries = { afterLost: 4, afterRateLimit: 4 };

/** Longer waits that Slack asks for are left to the caller's next try. */
const RATE_LIMIT_WAIT_MAX_MS = 60_000;
const LOST_WAIT_MS = 500;
const LOST_WAIT_MAX_MS = 8_000;

export async function callSlack<T>(clock: Clock, work: () => Promise<T>, tries: Tries): Promise<Attempted<T>> {
  let lost = 0;
  let rateLimited = 0;
  for (;;) {
    try {
      return { ok: true, value: await work() };
    } catch (error) {
      const failure = failureOf(error);
      switch (failure.kind) {
        case 'refused':
          return { ok: false, failure };
        case 'rate_limited':
          rateLimited += 1;
          if (rateLimited > tries.afterRateLimit || failure.retryAfterMs > RATE_LIMIT_WAIT_MAX_MS) {
            return { ok: false, failure };
          }
          await clock.sleep(failure.retryAfterMs);
          break;
        case 'lost':
          lost += 1;
          if (lost > tries.afterLost) return { ok: false, failure };
          await clock.sleep(Math.min(LOST_WAIT_MS * 2 ** (lost - 1), LOST_WAIT_MAX_MS));
          break;
      }
    }
  }
}
