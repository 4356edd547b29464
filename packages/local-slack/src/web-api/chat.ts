import type { Core } from '../core.ts';
import { addMessage, changeMessage, removeMessage } from '../posting.ts';
import { messageOnWire } from '../wire/message.ts';
import type { Channel, Json, Message } from '../workspace.ts';
import { ApiError } from './api-error.ts';
import type { Arguments } from './arguments.ts';
import { readContent } from './content.ts';
import { holdBack } from './rate-limits.ts';
import { destination, knownChannel, reachableMessage, threadParent, writableChannel } from './targets.ts';

/** An update takes less text than a post. */
const UPDATE_TEXT_MAX = 4_000;

export function postMessage(core: Core, args: Arguments): Json {
  const channel = destination(core, args);
  const { text, blocks, notice } = readContent(core, args);
  const threadTs = threadParent(core, channel.channelId, args);
  limitPosts(core, channel);
  const message = addMessage(core, {
    channelId: channel.channelId,
    userId: core.workspace.bot.userId,
    text: text ?? '',
    blocks: blocks ?? [],
    threadTs,
  });
  return { channel: channel.channelId, ts: message.ts, message: messageOnWire(core, message), ...notice };
}

export function postEphemeral(core: Core, args: Arguments): Json {
  const channel = writableChannel(core, args.text('channel'));
  const onlyFor = args.text('user');
  if (!channel.memberIds.includes(onlyFor)) throw new ApiError('user_not_in_channel');
  const { text, blocks, notice } = readContent(core, args);
  const message = addMessage(core, {
    channelId: channel.channelId,
    userId: core.workspace.bot.userId,
    text: text ?? '',
    blocks: blocks ?? [],
    threadTs: threadParent(core, channel.channelId, args),
    onlyFor,
  });
  return { message_ts: message.ts, ...notice };
}

export function update(core: Core, args: Arguments): Json {
  const { channel, message } = ownMessage(core, args, 'cant_update_message');
  if (channel.isArchived) throw new ApiError('is_inactive');
  if (args.text('text').length > UPDATE_TEXT_MAX) throw new ApiError('msg_too_long');
  const { text, blocks, notice } = readContent(core, args);
  const changed: Message = {
    ...message,
    text: text ?? message.text,
    // Text alone takes the blocks away; blocks alone leave the text.
    blocks: blocks ?? (text === null ? message.blocks : []),
    edited: blocks === null ? { userId: message.userId, ts: core.state.nextTs() } : message.edited,
  };
  changeMessage(core, changed);
  const { channelId, ts } = changed;
  return { channel: channelId, ts, text: changed.text, message: messageOnWire(core, changed), ...notice };
}

export function deleteMessage(core: Core, args: Arguments): Json {
  const { channel, message } = ownMessage(core, args, 'cant_delete_message');
  removeMessage(core, message);
  return { channel: channel.channelId, ts: message.ts };
}

export function getPermalink(core: Core, args: Arguments): Json {
  const { channelId } = knownChannel(core, args.text('channel'));
  const { ts, threadTs } = reachableMessage(core, channelId, args.text('message_ts'));
  const address = `https://${core.workspace.domain}.slack.com/archives/${channelId}/p${ts.replace('.', '')}`;
  const permalink = threadTs === null ? address : `${address}?thread_ts=${threadTs}&cid=${channelId}`;
  return { channel: channelId, permalink };
}

function ownMessage(core: Core, args: Arguments, otherwise: string): { channel: Channel; message: Message } {
  const channel = knownChannel(core, args.text('channel'));
  const message = reachableMessage(core, channel.channelId, args.text('ts'));
  if (message.userId !== core.workspace.bot.userId) throw new ApiError(otherwise);
  return { channel, message };
}

function limitPosts(core: Core, { channelId, name }: Channel) {
  const where = name === '' ? 'a direct message' : `#${name}`;
  holdBack(core, core.limits.forChannel(channelId), `More than a message a second in ${where}`);
}
