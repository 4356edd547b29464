import type { ImageDone, ImageOutcome, Said, Trouble } from '../image-provider.ts';
import { namedWaitMs } from '../retry-after.ts';

/** Policy refusals and the account's stops are told by code alone: in a stream they come without a status. */
const REFUSED_CODES = new Set(['moderation_blocked', 'content_policy_violation']);
const ACCOUNT_CODES = new Set(['billing_hard_limit_reached', 'insufficient_quota']);

/** Answers of a server that did not take the request in. Any other status may come from behind work already begun. */
const REJECTED_STATUSES = new Set([301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 413, 415, 421, 422]);

/** Raised before a connection exists, hence before a byte of the request was sent. */
const NOT_CONNECTED_CODES = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/** From `network.ts`: a proxy that let nothing through. */
const REFUSED_BY_PROXY = /^PROXY_\d{3}$/;

const CAUSES_MAX = 5;
const RETRY_AFTER_CONNECTION_MS = 5_000;
const RETRY_AFTER_RATE_LIMIT_MS = 20_000;

/** Foreign text gets into a detail only if it looks like an identifier: elsewhere a provider may quote the prompt. */
const IDENTIFIER = /^[\w.:-]{1,80}$/;

type Fault = Said & { headers: Pick<Headers, 'get'> | null; cause: unknown };

type Failed = Exclude<ImageOutcome, ImageDone>;

/** What an error thrown during the call proves. In doubt: unknown. */
export function outcomeOfFault(error: unknown, nowMs: number): Failed {
  const { headers, cause: _, ...said } = faultOf(error);
  const { status, code, requestId } = said;
  const detail = detailOf(['openai', status === null ? null : `http ${status}`, code, requestId]);
  if (status === null && !isJudged(code)) return outcomeOfLostConnection(error);
  if (status !== null && status >= 500) return { kind: 'unknown', detail, said };
  const judged = outcomeOfCode(code, { detail, said });
  if (judged) return judged;
  if (status === 429) return busy(headers, { detail, said, nowMs });
  if (status === null || !REJECTED_STATUSES.has(status)) return { kind: 'unknown', detail, said };
  return { kind: 'rejected', detail, said, ...troubleOf(said) };
}

/** A policy's refusal, or the end of the account's money: about no parameter. */
export const isJudged = (code: string | null) => code !== null && (REFUSED_CODES.has(code) || ACCOUNT_CODES.has(code));

/** What a code says, with whatever status it comes, or with none. */
export function outcomeOfCode(code: string | null, of: { detail: string; said: Said }): Failed | null {
  if (code && REFUSED_CODES.has(code)) return { kind: 'refused', ...of };
  return code && ACCOUNT_CODES.has(code) ? { kind: 'account_stop', ...of } : null;
}

function busy(
  headers: Fault['headers'],
  { detail, said, nowMs }: { detail: string; said: Said; nowMs: number },
): Failed {
  const namedMs = namedWaitMs(headers, nowMs);
  return namedMs === null
    ? { kind: 'transient', detail, retryAfterMs: RETRY_AFTER_RATE_LIMIT_MS, said }
    : { kind: 'transient', detail, retryAfterMs: namedMs, isNamed: true, said };
}

/** A redirect or a wrong method is a wrong address. Only the author of a prompt can fix what is wrong with it. */
function troubleOf({ status, code, param }: Said): { trouble?: Trouble } {
  if (param === 'prompt' || status === 413) return {};
  if (status === 401 || code === 'invalid_api_key') return { trouble: 'key' };
  if (status === 403) return { trouble: 'forbidden' };
  return { trouble: status === 404 || code === 'model_not_found' ? 'model' : 'parameter' };
}

/** Joins what is known about a call; the parts are the adapter's own words or passed the identifier's test. */
export function detailOf(parts: readonly (string | null | undefined)[]): string {
  return parts.filter((part) => part).join(' ');
}

function outcomeOfLostConnection(error: unknown): Failed {
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
export function faultOf(error: unknown): Fault {
  const given = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>;
  const headers = given.headers as Fault['headers'] | undefined;
  return {
    status: typeof given.status === 'number' ? given.status : null,
    code: identifierOf(given.code),
    param: identifierOf(given.param),
    requestId: identifierOf(given.requestID),
    headers: typeof headers?.get === 'function' ? headers : null,
    cause: given.cause,
  };
}

function identifierOf(value: unknown): string | null {
  return typeof value === 'string' && IDENTIFIER.test(value) ? value : null;
}
