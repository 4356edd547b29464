import type { ImageDone, ImageOutcome } from '../image-maker.ts';

/** Policy refusals and the account's stops are told by code alone: in a stream they come without a status. */
const REFUSED_CODES = new Set(['moderation_blocked', 'content_policy_violation']);
const ACCOUNT_CODES = new Set(['billing_hard_limit_reached', 'insufficient_quota']);

/** Answers of a server that did not take the request in. Any other status may come from behind work already begun. */
const REJECTED_STATUSES = new Set([301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 413, 415, 421, 422]);

/** Raised before a connection exists, hence before a byte of the request was sent. */
const NOT_CONNECTED_CODES = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/** Of `network.ts`: a proxy that let nobody through. */
const REFUSED_BY_PROXY = /^PROXY_\d{3}$/;

const CAUSES_MAX = 5;
const RETRY_AFTER_CONNECTION_MS = 5_000;
const RETRY_AFTER_RATE_LIMIT_MS = 20_000;
const RETRY_AFTER_MAX_MS = 300_000;

/** Foreign text gets into a detail only if it looks like an identifier: elsewhere a provider may quote the prompt. */
const IDENTIFIER = /^[\w.:-]{1,80}$/;

type Fault = {
  status: number | null;
  code: string | null;
  requestId: string | null;
  headers: Pick<Headers, 'get'> | null;
  cause: unknown;
};

/** What an error thrown during the call proves. In doubt: unknown. */
export function outcomeOfFault(error: unknown): Exclude<ImageOutcome, ImageDone> {
  const { status, code, requestId, headers } = faultOf(error);
  const detail = detailOf(['openai', status === null ? null : `http ${status}`, code, requestId]);
  if (status !== null && status >= 500) return { kind: 'unknown', detail };
  if (code && REFUSED_CODES.has(code)) return { kind: 'refused', detail };
  if (code && ACCOUNT_CODES.has(code)) return { kind: 'account_stop', detail };
  if (status === 429) return { kind: 'transient', detail, retryAfterMs: retryAfterMs(headers) };
  if (status === null) return outcomeOfLostConnection(error);
  return { kind: REJECTED_STATUSES.has(status) ? 'rejected' : 'unknown', detail };
}

/** Joins what is known about a call; the parts are the adapter's own words or passed the identifier's test. */
export function detailOf(parts: readonly (string | null | undefined)[]): string {
  return parts.filter((part) => part).join(' ');
}

function outcomeOfLostConnection(error: unknown): Exclude<ImageOutcome, ImageDone> {
  const codes = codesOf(error);
  const detail = detailOf(['openai', 'connection', ...codes]);
  const neverConnected = codes.some((code) => NOT_CONNECTED_CODES.has(code) || REFUSED_BY_PROXY.test(code));
  return neverConnected
    ? { kind: 'transient', detail, retryAfterMs: RETRY_AFTER_CONNECTION_MS }
    : { kind: 'unknown', detail };
}

/** The SDK wraps fetch's error, which wraps the socket's: the code is a few causes down. */
function codesOf(error: unknown): readonly string[] {
  const codes: string[] = [];
  let current: unknown = error;
  for (let depth = 0; depth < CAUSES_MAX; depth += 1) {
    const { code, cause } = faultOf(current);
    if (code !== null) codes.push(code);
    current = cause;
  }
  return codes;
}

/** The SDK's and undici's errors, as far as they count: classes and messages do not (other realms, other versions). */
function faultOf(error: unknown): Fault {
  const given = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>;
  const headers = given.headers as Fault['headers'] | undefined;
  return {
    status: typeof given.status === 'number' ? given.status : null,
    code: identifierOf(given.code),
    requestId: identifierOf(given.requestID),
    headers: typeof headers?.get === 'function' ? headers : null,
    cause: given.cause,
  };
}

function identifierOf(value: unknown): string | null {
  return typeof value === 'string' && IDENTIFIER.test(value) ? value : null;
}

/** OpenAI sends milliseconds or seconds; a date, which would need a clock, counts as nothing said. */
function retryAfterMs(headers: Pick<Headers, 'get'> | null): number {
  const said = [
    Number.parseFloat(headers?.get('retry-after-ms') ?? ''),
    Number.parseFloat(headers?.get('retry-after') ?? '') * 1000,
  ].find((ms) => Number.isFinite(ms) && ms >= 0);
  return Math.min(Math.ceil(said ?? RETRY_AFTER_RATE_LIMIT_MS), RETRY_AFTER_MAX_MS);
}
