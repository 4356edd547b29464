import type { LocalSlackContext } from '../context.ts';
import { directMessageWithBot } from '../membership.ts';
import type { Channel, Message } from '../workspace.ts';
import { ApiError } from './api-error.ts';
import type { Arguments } from './arguments.ts';

/** A conversation that the bot may know of. Private ones it is not in do not exist for it. Ids only, never names. */
export function knownChannel({ state, workspace }: LocalSlackContext, channelId: string): Channel {
  const channel = state.channels.get(channelId);
  const isMember = channel?.memberIds.includes(workspace.bot.userId) ?? false;
  if (!channel || (channel.kind !== 'public' && !isMember)) throw new ApiError('channel_not_found');
  return channel;
}

/** Where the bot may write: it is a member, and the channel is not archived. */
export function writableChannel(context: LocalSlackContext, channelId: string): Channel {
  const channel = knownChannel(context, channelId);
  if (!channel.memberIds.includes(context.workspace.bot.userId)) throw new ApiError('not_in_channel');
  if (channel.isArchived) throw new ApiError('is_archived');
  return channel;
}

/** As `writableChannel`; a person's id stands for their direct message with the bot. */
export function destination(context: LocalSlackContext, args: Arguments): Channel {
  const target = args.text('channel');
  if (!/^[UW]/.test(target)) return writableChannel(context, target);
  const person = context.state.people.get(target);
  if (!person || person.deactivated || person.kind === 'bot') throw new ApiError('channel_not_found');
  return writableChannel(context, directMessageWithBot(context, target).channel.channelId);
}

/** A message that the API can touch: ephemerals and deleted ones are out of its reach. */
export function reachableMessage({ state }: LocalSlackContext, channelId: string, ts: string): Message {
  const message = state.messages.get(channelId, ts);
  if (!message || message.onlyFor !== null || message.isTombstone) throw new ApiError('message_not_found');
  return message;
}

/** The parent of a thread; a reply's timestamp leads to its parent. Stricter than Slack, which threads under nothing. */
export function threadParent(context: LocalSlackContext, channelId: string, args: Arguments): string | null {
  const ts = args.text('thread_ts');
  if (ts === '') return null;
  const message = context.state.messages.get(channelId, ts);
  if (!message || message.onlyFor !== null) throw new ApiError('thread_not_found');
  return message.threadTs ?? message.ts;
}
