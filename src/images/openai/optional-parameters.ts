import { faultOf, isJudged } from './faults.ts';

/** What a request goes well without: it changes neither the picture's size and quality nor its price. */
export const OPTIONAL = ['safety_identifier', 'partial_images', 'stream', 'output_format'] as const;
export type Optional = (typeof OPTIONAL)[number];

/** OpenAI takes no previews without a stream. */
const NEEDED_BY: Partial<Record<Optional, Optional>> = { stream: 'partial_images' };

/** Answers of a server that looked at a request and did not begin. */
const NOT_BEGUN = new Set([400, 422]);
/** Longer answers are pages, and not about a parameter. */
const ANSWER_CHARACTERS_MAX = 20_000;

/**
 * The optional parameters that a server's refusal is about, among those that were sent; none where it is about something
 * else. Servers name them in `param`, or somewhere in what they say: a prompt that is quoted there may name one too, and
 * then it is left out of one request for nothing.
 */
export function refusedParameters(error: unknown, sent: readonly Optional[]): readonly Optional[] {
  const { status, code, param } = faultOf(error);
  if (status === null || !NOT_BEGUN.has(status) || isJudged(code)) return [];
  const words = param !== null && !OPTIONAL.some((name) => name === param) ? param : wordsOf(error);
  const named = sent.find((name) => param === name) ?? sent.find((name) => new RegExp(`\\b${name}\\b`).test(words));
  if (named === undefined) return [];
  const needed = NEEDED_BY[named];
  return needed && sent.includes(needed) ? [named, needed] : [named];
}

function wordsOf(error: unknown): string {
  const { error: body, message } = error as { error?: unknown; message?: unknown };
  const words = `${JSON.stringify(body ?? '')} ${typeof message === 'string' ? message : ''}`;
  return words.length > ANSWER_CHARACTERS_MAX ? '' : words;
}
