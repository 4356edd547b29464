import type { Channel, Json, Workspace } from '../workspace.ts';

/** A conversation object, as the bot sees it. */
export function channelOnWire(channel: Channel, workspace: Workspace): Json {
  return channel.kind === 'im' ? directMessage(channel, workspace) : room(channel, workspace);
}

function room(channel: Channel, { teamId, bot }: Workspace): Json {
  const created = Math.floor(channel.createdAt / 1000);
  const said = (value: string) => ({ value, creator: '', last_set: value === '' ? 0 : created });
  return {
    id: channel.channelId,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: true,
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: channel.kind === 'private',
    is_archived: channel.isArchived,
    is_general: channel.name === 'general',
    is_shared: channel.isShared,
    is_ext_shared: channel.isShared,
    is_org_shared: false,
    is_pending_ext_shared: false,
    pending_shared: [],
    is_member: channel.memberIds.includes(bot.userId),
    context_team_id: teamId,
    shared_team_ids: [teamId],
    created,
    updated: channel.createdAt,
    unlinked: 0,
    topic: said(channel.topic),
    purpose: said(''),
    previous_names: [],
  };
}

function directMessage(channel: Channel, { teamId, bot }: Workspace): Json {
  return {
    id: channel.channelId,
    created: Math.floor(channel.createdAt / 1000),
    is_archived: channel.isArchived,
    is_im: true,
    is_org_shared: false,
    context_team_id: teamId,
    user: channel.memberIds.find((userId) => userId !== bot.userId) ?? bot.userId,
    is_user_deleted: false,
    priority: 0,
  };
}
