import { plainPng } from './png.ts';

/** What the scripted provider can do to a request; the names are what tests and `boom:<name>` in a prompt say. */
export const BEHAVIOUR_NAMES = [
  // An image.
  'ok',
  'no_usage',
  'wrong_usage',
  'dear_usage',
  // An answer that says no.
  'moderation_blocked',
  'content_policy_violation',
  'billing_hard_limit_reached',
  'insufficient_quota',
  'rate_limit_exceeded',
  'unauthorized',
  'forbidden',
  'not_found',
  'bad_request',
  'talkative',
  'server_error',
  'muddled_error',
  'bad_gateway',
  'unavailable',
  'conflict',
  'misdirected',
  'redirect',
  // The same inside a stream that began with 200.
  'stream_moderation_blocked',
  'stream_server_error',
  // A connection that does not hold.
  'hang',
  'drip',
  'reset_before_headers',
  'reset_after_headers',
  'truncated',
  'cut_stream',
  // 200, and no image.
  'empty_data',
  'malformed_json',
  'bad_base64',
  'not_an_image',
] as const;

export type BehaviourName = (typeof BEHAVIOUR_NAMES)[number];

/** `delayMs` passes before anything is answered; `usage` and `image` replace those of an image. */
export type Play = { name: BehaviourName; delayMs?: number; usage?: unknown; image?: Uint8Array; retryAfterS?: number };

export type Behaviour = BehaviourName | Play;

export type ErrorAnswer = { status: number; code: string | null };

export const ERROR_ANSWERS: Partial<Record<BehaviourName, ErrorAnswer>> = {
  moderation_blocked: { status: 400, code: 'moderation_blocked' },
  content_policy_violation: { status: 400, code: 'content_policy_violation' },
  billing_hard_limit_reached: { status: 400, code: 'billing_hard_limit_reached' },
  insufficient_quota: { status: 429, code: 'insufficient_quota' },
  rate_limit_exceeded: { status: 429, code: 'rate_limit_exceeded' },
  unauthorized: { status: 401, code: 'invalid_api_key' },
  forbidden: { status: 403, code: 'unsupported_country_region_territory' },
  not_found: { status: 404, code: 'model_not_found' },
  bad_request: { status: 400, code: 'invalid_value' },
  server_error: { status: 500, code: 'server_error' },
  muddled_error: { status: 500, code: 'moderation_blocked' },
  unavailable: { status: 503, code: null },
  conflict: { status: 409, code: null },
  misdirected: { status: 421, code: null },
};

export const STREAM_ERROR_CODES: Partial<Record<BehaviourName, string>> = {
  stream_moderation_blocked: 'moderation_blocked',
  stream_server_error: 'server_error',
};

/** Fewer tokens than the cheapest image of the rate card, so that the cost stays within every bound. */
const LEGAL_USAGE = usage({ textTokens: 20, outputTokens: 150 });

export function usage({ textTokens, outputTokens }: { textTokens: number; outputTokens: number }) {
  return {
    input_tokens: textTokens,
    input_tokens_details: { text_tokens: textTokens, image_tokens: 0 },
    output_tokens: outputTokens,
    total_tokens: textTokens + outputTokens,
  };
}

type ImageAnswer = { b64_json: string; usage?: unknown };

/** What is wrong with the answer of a behaviour that comes with 200. */
const SPOILED: Partial<Record<BehaviourName, (answer: ImageAnswer) => ImageAnswer>> = {
  no_usage: ({ b64_json }) => ({ b64_json }),
  wrong_usage: ({ b64_json }) => ({ b64_json, usage: { input_tokens: -3, output_tokens: 'many', total_tokens: null } }),
  dear_usage: ({ b64_json }) => ({ b64_json, usage: usage({ textTokens: 20, outputTokens: 500_000 }) }),
  empty_data: (answer) => ({ ...answer, b64_json: '' }),
  bad_base64: (answer) => ({ ...answer, b64_json: `${answer.b64_json.slice(0, -8)}<!>` }),
  not_an_image: (answer) => ({ ...answer, b64_json: Buffer.from('<html>no image</html>').toString('base64') }),
};

/** The image part of an answer: base64 and usage, as the behaviour wants them. */
export function imageAnswer({ name, image, usage: given }: Play): ImageAnswer {
  const answer = { b64_json: Buffer.from(image ?? plainPng(64, 64)).toString('base64'), usage: given ?? LEGAL_USAGE };
  return SPOILED[name]?.(answer) ?? answer;
}
