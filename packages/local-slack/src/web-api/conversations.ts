import type { LocalSlackContext } from '../context.ts';
import { directMessageWithBot, isMember } from '../membership.ts';
import { channelOnWire } from '../serializers/channel.ts';
import type { Channel, Json } from '../workspace.ts';
import { ApiError } from './api-error.ts';
import type { Arguments } from './arguments.ts';
import { page } from './pages.ts';
import { requireReading, requireScope } from './scopes.ts';
import { knownChannel } from './targets.ts';

const PAGE = { fallback: 100, max: 1_000 };
const TYPES: Record<string, Channel['kind']> = { public_channel: 'public', private_channel: 'private', im: 'im' };

export function conversationInfo(context: LocalSlackContext, args: Arguments): Json {
  const channel = readableChannel(context, args);
  const count = args.flag('include_num_members') ? { num_members: channel.memberIds.length } : {};
  return { channel: { ...channelOnWire(channel, context.workspace), ...count } };
}

export function conversationMembers(context: LocalSlackContext, args: Arguments): Json {
  const { memberIds } = readableChannel(context, args);
  const { items, next } = page(memberIds, args, PAGE);
  return { members: items, response_metadata: { next_cursor: next } };
}

/** Public channels, and private ones the bot is in. */
export function conversationList(context: LocalSlackContext, args: Arguments): Json {
  return listed(
    context,
    args,
    ({ kind, memberIds }) => kind === 'public' || memberIds.includes(context.workspace.bot.userId),
  );
}

/** Channels that the bot shares with a person; its own when none is named. */
export function userConversations(context: LocalSlackContext, args: Arguments): Json {
  const bot = context.workspace.bot.userId;
  const userId = args.has('user') ? args.text('user') : bot;
  if (!context.state.people.get(userId)) throw new ApiError('user_not_found');
  return listed(context, args, ({ memberIds }) => memberIds.includes(bot) && memberIds.includes(userId));
}

export function conversationOpen(context: LocalSlackContext, args: Arguments): Json {
  const channel = args.has('channel') ? knownDirectMessage(context, args) : openedWith(context, args.list('users'));
  if (args.flag('return_im')) return { ...channel.opened, channel: channelOnWire(channel.channel, context.workspace) };
  return { ...channel.opened, channel: { id: channel.channel.channelId } };
}

type Opened = { channel: Channel; opened: Json };
const ALREADY_OPEN = { no_op: true, already_open: true };

function openedWith(context: LocalSlackContext, userIds: readonly string[]): Opened {
  const [userId, ...others] = userIds;
  if (userId === undefined) throw new ApiError('users_list_not_supplied');
  if (others.length > 0) requireScope(context, 'mpim:write');
  const person = context.state.people.get(userId);
  if (!person || others.length > 0) throw new ApiError('user_not_found');
  if (person.deactivated) throw new ApiError('user_disabled');
  if (person.kind === 'bot') throw new ApiError('cannot_dm_bot');
  if (person.kind === 'outsider' && !sharesChannel(context, userId)) throw new ApiError('invalid_user_combination');
  const { channel, isNew } = directMessageWithBot(context, userId);
  return { channel, opened: isNew ? {} : ALREADY_OPEN };
}

function knownDirectMessage(context: LocalSlackContext, args: Arguments): Opened {
  const channel = knownChannel(context, args.text('channel'));
  if (channel.kind !== 'im') throw new ApiError('method_not_supported_for_channel_type');
  return { channel, opened: ALREADY_OPEN };
}

function sharesChannel(context: LocalSlackContext, userId: string): boolean {
  const bot = context.workspace.bot.userId;
  return context.state.channels
    .all()
    .some(
      ({ kind, channelId }) =>
        kind !== 'im' && isMember(context, userId, channelId) && isMember(context, bot, channelId),
    );
}

/** The scope depends on the kind of conversation; a direct message takes `im:read`. */
function readableChannel(context: LocalSlackContext, args: Arguments): Channel {
  const channel = knownChannel(context, args.text('channel'));
  requireReading(context, channel.kind);
  return channel;
}

function listed(context: LocalSlackContext, args: Arguments, isListed: (channel: Channel) => boolean): Json {
  const kinds: Channel['kind'][] = args.has('types') ? args.list('types').map(kindOf) : ['public'];
  for (const kind of kinds) requireReading(context, kind);
  const channels = context.state.channels
    .all()
    .filter((channel) => kinds.includes(channel.kind) && isListed(channel))
    .filter(({ isArchived }) => !(isArchived && args.flag('exclude_archived')));
  const { items, next } = page(channels, args, PAGE);
  return {
    channels: items.map((channel) => channelOnWire(channel, context.workspace)),
    response_metadata: { next_cursor: next },
  };
}

function kindOf(type: string): Channel['kind'] {
  const kind = TYPES[type];
  if (!kind) throw new ApiError('invalid_types');
  return kind;
}
