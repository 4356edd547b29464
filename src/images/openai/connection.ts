import { OpenAI } from 'openai';
import { type Agent, type Dispatcher, fetch as undiciFetch } from 'undici';

export const OPENAI_URL = 'https://api.openai.com/v1';
const CONNECT_TIMEOUT_MS = 10_000;

export type ConnectionOptions = {
  apiKey: string;
  /** Of any server that speaks OpenAI's images API; ends in `/v1` as a rule. */
  baseUrl?: string | null;
  /** For a proxy, say; made with `PATIENT`. */
  dispatcher?: Dispatcher;
  /** The way to pictures that an answer names by address, where a proxy stands between. */
  proxied?: Dispatcher;
};

/** The SDK takes most of its settings from the environment unless each is given; Inkwell's come from its own config. */
export function openAiClient({ apiKey, baseUrl }: ConnectionOptions): OpenAI {
  return new OpenAI({
    apiKey,
    baseURL: baseUrl ?? OPENAI_URL,
    organization: null,
    project: null,
    adminAPIKey: null,
    webhookSecret: null,
    // One image would otherwise be paid up to three times: it retries after resets, timeouts and 5xx.
    maxRetries: 0,
    // Its log quotes request and answer.
    logLevel: 'off',
    // undici's own fetch, because Node's takes only the dispatchers of the undici it was built with.
    fetch: undiciFetch as unknown as typeof fetch,
  });
}

/**
 * Images may take minutes in silence, which fetch cuts off at 300 s of its own: the signal alone is the deadline. No
 * connection is used twice (`pipelining: 0`): a reset of a stale one looks like an image lost, and would count as one.
 */
export const PATIENT = {
  headersTimeout: 0,
  bodyTimeout: 0,
  pipelining: 0,
  connect: { timeout: CONNECT_TIMEOUT_MS },
} as const satisfies Agent.Options;

/**
 * Lets one request through. A layer that would send again by itself, the SDK or fetch (which repeats a POST on 421 and on
 * redirects), finds the way closed: a paid request goes out at most once.
 */
export function oneRequest(dispatcher: Dispatcher): Dispatcher {
  let sent = false;
  return dispatcher.compose((dispatch) => (options, handler) => {
    if (sent) throw Object.assign(new Error('A second request was stopped'), { code: 'INKWELL_SECOND_REQUEST' });
    sent = true;
    return dispatch(options, handler);
  });
}
