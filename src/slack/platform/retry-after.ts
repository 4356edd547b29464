import { namedWaitMs } from '../../images/retry-after.ts';

/** What is named beyond this makes no sense of Slack's limits, which are by the minute. */
const NAMED_MAX_MS = 24 * 60 * 60_000;
/** Where Slack says how often, but not how long to wait. */
export const UNNAMED_MS = 1_000;
const KEPT_MAX = 5_000;

/** How long a 429 asks to wait, in ms. */
export function retryAfterMs(headers: Pick<Headers, 'get'>, nowMs: number): number {
  const named = namedWaitMs(headers, nowMs);
  return named === null || named > NAMED_MAX_MS ? UNNAMED_MS : named;
}

/**
 * A fetch that sends nothing to a method of Slack's, for a channel where there is one, before the time that a 429 has named
 * for it: who asks earlier is given the same answer from here, with what is left of the time. Dates are told in seconds,
 * which is all that Slack's client reads.
 */
export function keepingRetryAfter(fetch: typeof globalThis.fetch, now: () => number): typeof globalThis.fetch {
  const notBeforeAt = new Map<string, number>();
  return async (input, init) => {
    const key = keyOf(input, init);
    const leftMs = (notBeforeAt.get(key) ?? 0) - now();
    if (leftMs > 0) return tooEarly(leftMs);
    notBeforeAt.delete(key);
    const response = await fetch(input, init);
    if (response.status !== 429) return response;
    const waitMs = retryAfterMs(response.headers, now());
    await response.body?.cancel();
    if (notBeforeAt.size >= KEPT_MAX) notBeforeAt.clear();
    notBeforeAt.set(key, now() + waitMs);
    return tooEarly(waitMs);
  };
}

const tooEarly = (waitMs: number) =>
  new Response('{"ok":false,"error":"ratelimited"}', {
    status: 429,
    headers: { 'retry-after': String(Math.ceil(waitMs / 1000)), 'content-type': 'application/json' },
  });

/** Slack counts by method, and messages by channel. */
function keyOf(input: Parameters<typeof fetch>[0], init: RequestInit | undefined): string {
  const { origin, pathname } = new URL(typeof input === 'object' && 'url' in input ? input.url : input);
  const channel = typeof init?.body === 'string' ? new URLSearchParams(init.body).get('channel') : null;
  return `${origin}${pathname} ${channel ?? ''}`;
}
