import type { Clock } from '../../ports/ports.ts';
import { remember } from './delivery.ts';

/** Answers of Slack's that are good for a while. */
export type TtlCache<Value> = {
  /** From memory, or found now: asked once, however many ask at the same time. What failed is not remembered. */
  recall(key: string, find: () => Promise<Value>): Promise<Value>;
  /** Whether an answer, or the question for it, is there. */
  has(key: string): boolean;
  forget(key: string): void;
  /** `isOver` is asked about null where the answer has not come yet. */
  forgetWhere(isOver: (value: Value | null) => boolean): void;
};

type Known<Value> = { promise: Promise<Value>; value: Value | null; until: number };

/** `forMs`: how long an answer counts. `max`: of more than these the oldest are forgotten. */
export function createTtlCache<Value>(
  clock: Pick<Clock, 'now'>,
  { forMs, max }: { forMs: number; max: number },
): TtlCache<Value> {
  const known = new Map<string, Known<Value>>();
  return {
    recall(key, find) {
      const now = clock.now();
      const before = known.get(key);
      if (before && now < before.until) return before.promise;
      const fresh: Known<Value> = { promise: find(), value: null, until: now + forMs };
      remember(known, key, fresh, max);
      fresh.promise.then(
        (value) => {
          fresh.value = value;
        },
        () => known.get(key) === fresh && known.delete(key),
      );
      return fresh.promise;
    },
    has: (key) => clock.now() < (known.get(key)?.until ?? 0),
    forget: (key) => void known.delete(key),
    forgetWhere(isOver) {
      for (const [key, { value }] of known) if (isOver(value)) known.delete(key);
    },
  };
}
