import type { KnownBlock } from '@slack/types';
import { checkMessageBlocks } from '../blocks/check.ts';
import { withIds } from '../blocks/parts.ts';
import type { LocalSlackContext } from '../context.ts';
import { fileRule } from '../files.ts';
import { storedText } from '../slack-text.ts';
import type { Json } from '../workspace.ts';
import { ApiError, InjectedError, invalidBlocks } from './api-error.ts';
import type { Arguments } from './arguments.ts';

/** Slack cuts a longer text off and says so. */
const TEXT_MAX = 40_000;

/** `null` where the caller said nothing, which an update treats differently from "nothing". */
export type Content = { text: string | null; blocks: KnownBlock[] | null; notice: Json };

/** What an app wants to say: text and blocks, checked and in the form in which Slack keeps them. */
export function readContent(context: LocalSlackContext, args: Arguments): Content {
  if (args.has('attachments')) throw new ApiError('invalid_attachments');
  if (args.has('markdown_text')) throw new ApiError('markdown_text_conflict');
  const blocks = readBlocks(context, args);
  const text = args.raw.text === undefined || args.raw.text === null ? null : args.text('text');
  if ((text ?? '') === '' && (blocks ?? []).length === 0) throw new ApiError('no_text');
  const stored = text === null ? null : storedText(text);
  return stored === null || stored.length <= TEXT_MAX
    ? { text: stored, blocks, notice: {} }
    : { text: stored.slice(0, TEXT_MAX), blocks, notice: truncated() };
}

export function readBlocks(context: LocalSlackContext, args: Arguments): KnownBlock[] | null {
  const given = args.json('blocks');
  if (given === undefined || given === null) return null;
  if (!Array.isArray(given)) throw new ApiError('invalid_blocks_format');
  const unknown = context.faults.unknownBlocks(given, '/blocks');
  if (unknown.length > 0) throw invalidBlocks(unknown, InjectedError);
  const checked = checkMessageBlocks(given, fileRule(context));
  if (!checked.ok) throw invalidBlocks(checked.problems);
  return withIds(checked.value, () => context.ids.secret().slice(0, 5));
}

function truncated(): Json {
  const message = `[WARN] A message was truncated because it has more than ${TEXT_MAX} characters`;
  return {
    warning: 'message_truncated',
    response_metadata: { warnings: ['message_truncated'], messages: [message] },
  };
}
