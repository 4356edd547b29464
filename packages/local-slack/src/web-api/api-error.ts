import type { Json } from '../workspace.ts';

/** A call that Slack answers with `ok: false`; `more` goes into the answer. With `retryAfterS` it is a 429. */
export class ApiError extends Error {
  override name = 'ApiError';
  constructor(
    readonly code: string,
    readonly more: Json = {},
    readonly retryAfterS: number | null = null,
  ) {
    super(code);
  }
}

/** An answer that a test asked for: no mistake of the app. */
export class InjectedError extends ApiError {
  override name = 'InjectedError';
}

/** Blocks that break Block Kit's rules: each problem says what and where, as Slack words it. */
export function invalidBlocks(problems: readonly string[], Kind = ApiError): ApiError {
  return new Kind('invalid_blocks', { errors: problems, response_metadata: { messages: asErrors(problems) } });
}

export function invalidArguments(problems: readonly string[], Kind = ApiError): ApiError {
  return new Kind('invalid_arguments', { response_metadata: { messages: asErrors(problems) } });
}

function asErrors(problems: readonly string[]): string[] {
  return problems.map((problem) => `[ERROR] ${problem}`);
}

/** Answers that a sound app meets in daily life; all others are mistakes of the app and are complained about. */
const EVERYDAY = new Set([
  'channel_not_found',
  'not_in_channel',
  'is_archived',
  'is_inactive',
  'message_not_found',
  'user_not_found',
  'user_not_in_channel',
  'user_disabled',
  'cant_update_message',
  'cant_delete_message',
  'hash_conflict',
  'not_found',
  'file_not_found',
  'file_deleted',
]);

export function isMistake(error: ApiError): boolean {
  return !EVERYDAY.has(error.code) && !(error instanceof InjectedError);
}
