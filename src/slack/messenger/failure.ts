import { z } from 'zod';
import { UNNAMED_MS } from '../platform/retry-after.ts';

/**
 * How a call of Slack ended that did not succeed. `refused`: Slack says no, and will say so again; nothing happened.
 * `problems` are what it holds against blocks, where it says so: they quote ids, so they are not logged.
 * `rate_limited`: nothing happened, yet. `lost`: it may have happened.
 */
export type Failure =
  | { kind: 'refused'; code: string; problems?: readonly string[] }
  | { kind: 'rate_limited'; code: string; retryAfterMs: number }
  | { kind: 'lost'; code: string };

/** Slack's own errors that speak of Slack's state, not of the request: some of the work may have been done. */
const TEMPORARY = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);

/** An answer with another status than 2xx from an address that is not of the Web API. */
export class StatusFault extends Error {
  override name = 'StatusFault';
  readonly code = 'http_status';
  constructor(
    readonly status: number,
    readonly retryAfterMs = UNNAMED_MS,
  ) {
    super(`HTTP ${status}`);
  }
}

const slackError = z.discriminatedUnion('code', [
  z.object({
    code: z.literal('slack_webapi_platform_error'),
    data: z.object({
      error: z.string(),
      response_metadata: z.object({ messages: z.array(z.string()).catch([]) }).catch({ messages: [] }),
    }),
  }),
  z.object({ code: z.literal('slack_webapi_rate_limited_error'), retryAfter: z.number() }),
  z.object({ code: z.literal('slack_webapi_http_error'), statusCode: z.number() }),
  z.object({ code: z.literal('http_status'), status: z.number(), retryAfterMs: z.number() }),
]);

const cause = z.object({ name: z.string().optional(), code: z.string().optional() });

/** Recognised by code: classes of another realm are not `instanceof` ours. */
export function failureOf(error: unknown): Failure {
  const known = slackError.safeParse(error);
  if (!known.success) return { kind: 'lost', code: networkCode(error) };
  switch (known.data.code) {
    case 'slack_webapi_rate_limited_error':
      return rateLimited(namedOr(known.data.retryAfter * 1000));
    case 'slack_webapi_http_error':
      return statusFailure(known.data.statusCode);
    case 'http_status':
      return statusFailure(known.data.status, known.data.retryAfterMs);
    case 'slack_webapi_platform_error':
      return platformFailure(known.data.data.error, known.data.data.response_metadata.messages);
  }
}

/** What an HTTP status says about whether something happened. */
function statusFailure(status: number, retryAfterMs = UNNAMED_MS): Failure {
  if (status === 429) return rateLimited(retryAfterMs);
  return { kind: status >= 500 ? 'lost' : 'refused', code: `http_${status}` };
}

function platformFailure(code: string, problems: readonly string[]): Failure {
  if (code === 'ratelimited' || code === 'rate_limited') return rateLimited(UNNAMED_MS);
  // An answer that is no JSON, such as a proxy's page, arrives here as its whole text.
  if (!/^[\w:.-]{1,80}$/.test(code)) return { kind: 'lost', code: 'no_json' };
  if (TEMPORARY.has(code)) return { kind: 'lost', code };
  return { kind: 'refused', code, ...(problems.length > 0 ? { problems } : {}) };
}

/** Nothing is asked again at once, whatever a header says. */
const namedOr = (ms: number) => (Number.isFinite(ms) && ms > 0 ? ms : UNNAMED_MS);

const rateLimited = (retryAfterMs: number): Failure => ({ kind: 'rate_limited', code: 'ratelimited', retryAfterMs });

/** `timeout`, or the system's code for a broken connection. */
function networkCode(error: unknown): string {
  let at: unknown = error;
  let code = 'network';
  for (let depth = 0; depth < 4; depth += 1) {
    const parsed = cause.safeParse(at);
    if (!parsed.success) break;
    if (parsed.data.name === 'TimeoutError') return 'timeout';
    if (parsed.data.code && !parsed.data.code.startsWith('slack_')) code = parsed.data.code;
    at = (at as { cause?: unknown }).cause;
  }
  return code;
}
