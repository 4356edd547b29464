import type { Core } from '../core.ts';
import { directMessageWithBot } from '../membership.ts';
import type { Channel, Message } from '../workspace.ts';
import { ApiError } from './api-error.ts';
import type { Arguments } from './arguments.ts';

/** A conversation that the bot may know of. Private ones it is not in do not exist for it. Ids only, never names. */
export function knownChannel({ state, workspace }: Core, channelId: string): Channel {
  const channel = state.channels.get(channelId);
  const isMember = channel?.memberIds.includes(workspace.bot.userId) ?? false;
  if (!channel || (channel.kind !== 'public' && !isMember)) throw new ApiError('channel_not_found');
  return channel;
}

/** Where the bot may write: it is a member, and the channel is not archived. */
export function writableChannel(core: Core, channelId: string): Channel {
  const channel = knownChannel(core, channelId);
  if (!channel.memberIds.includes(core.workspace.bot.userId)) throw new ApiError('not_in_channel');
  if (channel.isArchived) throw new ApiError('is_archived');
  return channel;
}

/** As `writableChannel`; a person's id stands for their direct message with the bot. */
export function destination(core: Core, args: Arguments): Channel {
  const target = args.text('channel');
  if (!/^[UW]/.test(target)) return writableChannel(core, target);
  const person = core.state.people.get(target);
  if (!person || person.deactivated || person.kind === 'bot') throw new ApiError('channel_not_found');
  return writableChannel(core, directMessageWithBot(core, target).channel.channelId);
}

/** A message that the API can touch: ephemerals and deleted ones are out of its reach. */
export function reachableMessage({ state }: Core, channelId: string, ts: string): Message {
  const message = state.messages.get(channelId, ts);
  if (!message || message.onlyFor !== null || message.isTombstone) throw new ApiError('message_not_found');
  return message;
}

/** The parent of a thread; a reply's timestamp leads to its parent. Stricter than Slack, which threads under nothing. */
export function threadParent(core: Core, channelId: string, args: Arguments): string | null {
  const ts = args.text('thread_ts');
  if (ts === '') return null;
  const message = core.state.messages.get(channelId, ts);
  if (!message || message.onlyFor !== null) throw new ApiError('thread_not_found');
  return message.threadTs ?? message.ts;
}
