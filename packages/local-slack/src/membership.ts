import type { Core } from './core.ts';
import { deliverEvent } from './deliveries/events.ts';
import type { Channel, Json, Person } from './workspace.ts';

export function isMember({ state }: Core, userId: string, channelId: string): boolean {
  return state.channels.get(channelId)?.memberIds.includes(userId) ?? false;
}

/** The direct message of a person with the bot; made when it is first needed. */
export function directMessageWithBot(core: Core, userId: string): { channel: Channel; isNew: boolean } {
  const { state, workspace, ids, clock, changes } = core;
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
export async function join(core: Core, channelId: string, userId: string) {
  const channel = changeChannel(core, channelId, ({ memberIds }) => ({
    memberIds: [...new Set([...memberIds, userId])],
  }));
  await tellOfMember(core, channel, { type: 'member_joined_channel', userId });
}

/** Takes a member out. An app hears of channels that it is in: of its own leaving it is not told. */
export async function leave(core: Core, channelId: string, userId: string) {
  const channel = changeChannel(core, channelId, ({ memberIds }) => ({
    memberIds: memberIds.filter((one) => one !== userId),
  }));
  core.changes.tell('state', [userId]);
  await tellOfMember(core, channel, { type: 'member_left_channel', userId });
}

type MemberEvent = { type: 'member_joined_channel' | 'member_left_channel'; userId: string };

async function tellOfMember(core: Core, channel: Channel, { type, userId }: MemberEvent) {
  if (!isMember(core, core.workspace.bot.userId, channel.channelId)) return;
  await deliverEvent(core, {
    type,
    user: userId,
    channel: channel.channelId,
    channel_type: channel.kind === 'private' ? 'G' : 'C',
    team: core.state.people.get(userId)?.teamId ?? core.workspace.teamId,
    event_ts: core.state.nextTs(),
  });
}

/** Connects a channel with another organisation, or ends that; who of theirs is in it is a matter of its own. */
export async function share(
  core: Core,
  channelId: string,
  { isShared, teamId }: { isShared: boolean; teamId: string },
) {
  changeChannel(core, channelId, () => ({ isShared }));
  if (!isMember(core, core.workspace.bot.userId, channelId)) return;
  const what = isShared
    ? { type: 'channel_shared', connected_team_id: teamId }
    : { type: 'channel_unshared', previously_connected_team_id: teamId, is_ext_shared: false };
  await deliverEvent(core, { ...what, channel: channelId, event_ts: core.state.nextTs() });
}

/** Nobody writes in an archived channel; it may come back. */
export async function archive(core: Core, channelId: string, isArchived: boolean) {
  const channel = changeChannel(core, channelId, () => ({ isArchived }));
  await tellOfChannel(core, channel, isArchived ? 'archive' : 'unarchive', {});
}

export async function rename(core: Core, channelId: string, name: string) {
  const channel = changeChannel(core, channelId, () => ({ name }));
  await tellOfChannel(core, channel, 'rename', { channel: { id: channelId, name, created: channel.createdAt } });
}

/** For good, with its messages. */
export async function deleteChannel(core: Core, channelId: string) {
  const channel = changeChannel(core, channelId, () => ({ isArchived: true }));
  core.state.channels.remove(channelId);
  core.state.messages.removeAll(channelId);
  core.changes.tell('state', channel.memberIds);
  await tellOfChannel(core, channel, 'deleted', {});
}

/**
 * Gives a channel another id, for good: Slack does it when a private channel is shared with another organisation. From then
 * on nothing is known by the old one. Answers the new id.
 */
export async function changeChannelId(core: Core, channelId: string): Promise<string> {
  const { state, ids } = core;
  const toChannelId = ids.next('C');
  const channel = changeChannel(core, channelId, () => ({}));
  state.moveChannel(channelId, toChannelId);
  core.changes.tell('state', channel.memberIds);
  if (!isMember(core, core.workspace.bot.userId, toChannelId)) return toChannelId;
  await deliverEvent(core, {
    type: 'channel_id_changed',
    old_channel_id: channelId,
    new_channel_id: toChannelId,
    event_ts: state.nextTs(),
  });
  return toChannelId;
}

type ChannelEvent = 'archive' | 'unarchive' | 'rename' | 'deleted';

/** Slack calls a private channel a group in these. The app hears of channels that it is in. */
async function tellOfChannel(core: Core, { kind, channelId, memberIds }: Channel, what: ChannelEvent, more: Json) {
  if (!memberIds.includes(core.workspace.bot.userId)) return;
  const type = `${kind === 'private' ? 'group' : 'channel'}_${what}`;
  await deliverEvent(core, { type, channel: channelId, event_ts: core.state.nextTs(), ...more });
}

function changeChannel({ state, changes }: Core, channelId: string, change: (channel: Channel) => Partial<Channel>) {
  const channel = state.channels.get(channelId);
  if (!channel) throw new Error(`There is no channel ${channelId} here.`);
  const changed = { ...channel, ...change(channel) };
  state.channels.put(channelId, changed);
  changes.tell('state', changed.memberIds);
  return changed;
}

/** Changes what is known of a person, as an administrator would, and tells the app if it subscribed. */
export async function changePerson(core: Core, userId: string, change: Partial<Omit<Person, 'userId'>>) {
  const person = core.state.people.get(userId);
  if (!person) throw new Error(`There is nobody called ${userId} here.`);
  const changed = { ...person, ...change, updatedAt: core.clock() };
  core.state.people.put(userId, changed);
  core.changes.tell('state', null);
  await deliverEvent(core, {
    type: 'user_change',
    user: core.personOnWire(changed),
    cache_ts: Math.floor(core.clock() / 1000),
    event_ts: core.state.nextTs(),
  });
}
