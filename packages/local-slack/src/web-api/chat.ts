import type { LocalSlackContext } from '../context.ts';
import { addMessage, changeMessage, removeMessage } from '../posting.ts';
import { messageOnWire } from '../serializers/message.ts';
import type { Channel, Json, Message } from '../workspace.ts';
import { ApiError } from './api-error.ts';
import type { Arguments } from './arguments.ts';
import { readContent } from './content.ts';
import { holdBack } from './rate-limits.ts';
import { destination, knownChannel, reachableMessage, threadParent, writableChannel } from './targets.ts';

/** An update takes less text than a post. */
const UPDATE_TEXT_MAX = 4_000;

export function postMessage(context: LocalSlackContext, args: Arguments): Json {
  const channel = destination(context, args);
  const { text, blocks, notice } = readContent(context, args);
  const threadTs = threadParent(context, channel.channelId, args);
  const id = args.text('client_msg_id');
  const standing = id === '' ? null : context.state.messages.sentAs(channel.channelId, id);
  if (standing)
    return { channel: channel.channelId, ts: standing.ts, message: messageOnWire(context, standing), ...notice };
  limitPosts(context, channel);
  const message = addMessage(context, {
    ...(id === '' ? {} : { clientMessageId: id }),
    channelId: channel.channelId,
    userId: context.workspace.bot.userId,
    text: text ?? '',
    blocks: blocks ?? [],
    threadTs,
  });
  return { channel: channel.channelId, ts: message.ts, message: messageOnWire(context, message), ...notice };
}

export function postEphemeral(context: LocalSlackContext, args: Arguments): Json {
  const channel = writableChannel(context, args.text('channel'));
  const onlyFor = args.text('user');
  if (!channel.memberIds.includes(onlyFor)) throw new ApiError('user_not_in_channel');
  const { text, blocks, notice } = readContent(context, args);
  const message = addMessage(context, {
    channelId: channel.channelId,
    userId: context.workspace.bot.userId,
    text: text ?? '',
    blocks: blocks ?? [],
    threadTs: threadParent(context, channel.channelId, args),
    onlyFor,
  });
  return { message_ts: message.ts, ...notice };
}

export function update(context: LocalSlackContext, args: Arguments): Json {
  const { channel, message } = ownMessage(context, args, 'cant_update_message');
  if (channel.isArchived) throw new ApiError('is_inactive');
  if (args.text('text').length > UPDATE_TEXT_MAX) throw new ApiError('msg_too_long');
  const { text, blocks, notice } = readContent(context, args);
  const changed: Message = {
    ...message,
    text: text ?? message.text,
    // Text alone takes the blocks away; blocks alone leave the text.
    blocks: blocks ?? (text === null ? message.blocks : []),
    edited: blocks === null ? { userId: message.userId, ts: context.state.nextTs() } : message.edited,
  };
  changeMessage(context, changed);
  const { channelId, ts } = changed;
  return { channel: channelId, ts, text: changed.text, message: messageOnWire(context, changed), ...notice };
}

export function deleteMessage(context: LocalSlackContext, args: Arguments): Json {
  const { channel, message } = ownMessage(context, args, 'cant_delete_message');
  removeMessage(context, message);
  return { channel: channel.channelId, ts: message.ts };
}

export function getPermalink(context: LocalSlackContext, args: Arguments): Json {
  const { channelId } = knownChannel(context, args.text('channel'));
  const { ts, threadTs } = reachableMessage(context, channelId, args.text('message_ts'));
  const address = `https://${context.workspace.domain}.slack.com/archives/${channelId}/p${ts.replace('.', '')}`;
  const permalink = threadTs === null ? address : `${address}?thread_ts=${threadTs}&cid=${channelId}`;
  return { channel: channelId, permalink };
}

function ownMessage(
  context: LocalSlackContext,
  args: Arguments,
  otherwise: string,
): { channel: Channel; message: Message } {
  const channel = knownChannel(context, args.text('channel'));
  const message = reachableMessage(context, channel.channelId, args.text('ts'));
  if (message.userId !== context.workspace.bot.userId) throw new ApiError(otherwise);
  return { channel, message };
}

function limitPosts(context: LocalSlackContext, { channelId, name }: Channel) {
  const where = name === '' ? 'a direct message' : `#${name}`;
  holdBack(context, context.limits.forChannel(channelId), `More than a message a second in ${where}`);
}
