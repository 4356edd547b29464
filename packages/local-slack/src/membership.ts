import type { LocalSlackContext } from './context.ts';
import { deliverEvent } from './deliveries/events.ts';
import type { Channel, Json, Person } from './workspace.ts';

export function isMember({ state }: LocalSlackContext, userId: string, channelId: string): boolean {
  return state.channels.get(channelId)?.memberIds.includes(userId) ?? false;
}

/** The direct message of a person with the bot; made when it is first needed. */
export function directMessageWithBot(context: LocalSlackContext, userId: string): { channel: Channel; isNew: boolean } {
  const { state, workspace, ids, clock, changes } = context;
  const members = [userId, workspace.bot.userId];
  const found = state.channels
    .all()
    .find(({ kind, memberIds }) => kind === 'im' && members.every((member) => memberIds.includes(member)));
  if (found) return { channel: found, isNew: false };
  const channel: Channel = {
    channelId: ids.next('D'),
    name: '',
    kind: 'im',
    topic: '',
    isShared: false,
    isArchived: false,
    memberIds: members,
    createdAt: clock(),
  };
  state.channels.put(channel.channelId, channel);
  changes.tell('state', members);
  return { channel, isNew: true };
}

/** Adds a member, a person or the bot, and tells the app if it subscribed. */
export async function join(context: LocalSlackContext, channelId: string, userId: string) {
  const channel = changeChannel(context, channelId, ({ memberIds }) => ({
    memberIds: [...new Set([...memberIds, userId])],
  }));
  await tellOfMember(context, channel, { type: 'member_joined_channel', userId });
}

/** Takes a member out. An app hears of channels that it is in: of its own leaving it is not told. */
export async function leave(context: LocalSlackContext, channelId: string, userId: string) {
  const channel = changeChannel(context, channelId, ({ memberIds }) => ({
    memberIds: memberIds.filter((one) => one !== userId),
  }));
  context.changes.tell('state', [userId]);
  await tellOfMember(context, channel, { type: 'member_left_channel', userId });
}

type MemberEvent = { type: 'member_joined_channel' | 'member_left_channel'; userId: string };

async function tellOfMember(context: LocalSlackContext, channel: Channel, { type, userId }: MemberEvent) {
  if (!isMember(context, context.workspace.bot.userId, channel.channelId)) return;
  await deliverEvent(context, {
    type,
    user: userId,
    channel: channel.channelId,
    channel_type: channel.kind === 'private' ? 'G' : 'C',
    team: context.state.people.get(userId)?.teamId ?? context.workspace.teamId,
    event_ts: context.state.nextTs(),
  });
}

/** Connects a channel with another organisation, or ends that; who of theirs is in it is a matter of its own. */
export async function share(
  context: LocalSlackContext,
  channelId: string,
  { isShared, teamId }: { isShared: boolean; teamId: string },
) {
  changeChannel(context, channelId, () => ({ isShared }));
  if (!isMember(context, context.workspace.bot.userId, channelId)) return;
  const what = isShared
    ? { type: 'channel_shared', connected_team_id: teamId }
    : { type: 'channel_unshared', previously_connected_team_id: teamId, is_ext_shared: false };
  await deliverEvent(context, { ...what, channel: channelId, event_ts: context.state.nextTs() });
}

/** An archived channel takes no messages; it may come back. */
export async function archive(context: LocalSlackContext, channelId: string, isArchived: boolean) {
  const channel = changeChannel(context, channelId, () => ({ isArchived }));
  await tellOfChannel(context, channel, isArchived ? 'archive' : 'unarchive', {});
}

export async function rename(context: LocalSlackContext, channelId: string, name: string) {
  const channel = changeChannel(context, channelId, () => ({ name }));
  await tellOfChannel(context, channel, 'rename', { channel: { id: channelId, name, created: channel.createdAt } });
}

/** For good, with its messages. */
export async function deleteChannel(context: LocalSlackContext, channelId: string) {
  const channel = changeChannel(context, channelId, () => ({ isArchived: true }));
  context.state.channels.remove(channelId);
  context.state.messages.removeAll(channelId);
  context.changes.tell('state', channel.memberIds);
  await tellOfChannel(context, channel, 'deleted', {});
}

/**
 * Gives a channel another id, for good: Slack does it when a private channel is shared with another organisation. From then
 * on nothing is known by the old one. Answers the new id.
 */
export async function changeChannelId(context: LocalSlackContext, channelId: string): Promise<string> {
  const { state, ids } = context;
  const toChannelId = ids.next('C');
  const channel = changeChannel(context, channelId, () => ({}));
  state.moveChannel(channelId, toChannelId);
  context.changes.tell('state', channel.memberIds);
  if (!isMember(context, context.workspace.bot.userId, toChannelId)) return toChannelId;
  await deliverEvent(context, {
    type: 'channel_id_changed',
    old_channel_id: channelId,
    new_channel_id: toChannelId,
    event_ts: state.nextTs(),
  });
  return toChannelId;
}

type ChannelEvent = 'archive' | 'unarchive' | 'rename' | 'deleted';

/** Slack calls a private channel a group in these. The app hears of channels that it is in. */
async function tellOfChannel(
  context: LocalSlackContext,
  { kind, channelId, memberIds }: Channel,
  what: ChannelEvent,
  more: Json,
) {
  if (!memberIds.includes(context.workspace.bot.userId)) return;
  const type = `${kind === 'private' ? 'group' : 'channel'}_${what}`;
  await deliverEvent(context, { type, channel: channelId, event_ts: context.state.nextTs(), ...more });
}

function changeChannel(
  { state, changes }: LocalSlackContext,
  channelId: string,
  change: (channel: Channel) => Partial<Channel>,
) {
  const channel = state.channels.get(channelId);
  if (!channel) throw new Error(`There is no channel ${channelId} here.`);
  const changed = { ...channel, ...change(channel) };
  state.channels.put(channelId, changed);
  changes.tell('state', changed.memberIds);
  return changed;
}

/** Changes what is known of a person, as an administrator would, and tells the app if it subscribed. */
export async function changePerson(
  context: LocalSlackContext,
  userId: string,
  change: Partial<Omit<Person, 'userId'>>,
) {
  const person = context.state.people.get(userId);
  if (!person) throw new Error(`There is nobody called ${userId} here.`);
  const changed = { ...person, ...change, updatedAt: context.clock() };
  context.state.people.put(userId, changed);
  context.changes.tell('state', null);
  await deliverEvent(context, {
    type: 'user_change',
    user: context.personOnWire(changed),
    cache_ts: Math.floor(context.clock() / 1000),
    event_ts: context.state.nextTs(),
  });
}
