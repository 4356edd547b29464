import type { LocalSlackContext } from '../context.ts';
import { addMessage, changeMessage, removeMessage } from '../posting.ts';
import { ApiError } from '../web-api/api-error.ts';
import { argumentsFrom } from '../web-api/arguments.ts';
import { readContent } from '../web-api/content.ts';
import { threadParent } from '../web-api/targets.ts';
import type { Json, Message } from '../workspace.ts';

/** Says which command or click an app may answer. `originalTs`: the message with the clicked button; null for a command. */
export type Grant = { channelId: string; userId: string; originalTs: string | null };

/**
 * What an app says in an ack or at a response URL: to the person alone unless `response_type` is `in_channel`, or in
 * place of the message that was clicked. Works in channels the bot is not in. Throws `ApiError`.
 */
export function respond(context: LocalSlackContext, grant: Grant, body: Json) {
  const args = argumentsFrom(body);
  const original = originalOf(context, grant);
  if (args.flag('delete_original')) {
    if (original) removeMessage(context, original);
    return;
  }
  const { text, blocks } = readContent(context, args);
  if (args.flag('replace_original') && original) {
    changeMessage(context, { ...original, text: text ?? '', blocks: blocks ?? [] });
    return;
  }
  const type = args.text('response_type');
  if (!['', 'ephemeral', 'in_channel'].includes(type)) throw new ApiError('invalid_response_type');
  addMessage(context, {
    channelId: grant.channelId,
    userId: context.workspace.bot.userId,
    text: text ?? '',
    blocks: blocks ?? [],
    threadTs: threadParent(context, grant.channelId, args),
    onlyFor: type === 'in_channel' ? null : grant.userId,
  });
}

function originalOf({ state, workspace }: LocalSlackContext, { channelId, originalTs }: Grant): Message | null {
  const message = originalTs === null ? null : state.messages.get(channelId, originalTs);
  return message?.userId === workspace.bot.userId && !message.isTombstone ? message : null;
}
