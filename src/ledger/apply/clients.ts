import { channelNow, placeKey, placeOfKey } from '../lists/channel-ids.ts';
import { channelLists, clientLists, placeLists, projectLists } from '../lists/client-lists.ts';
import type { Client, Project, State } from '../state.ts';
import type { Change, EntryOf } from './apply.ts';

type ClientsEntry = EntryOf<
  | 'client_created'
  | 'client_renamed'
  | 'client_closed'
  | 'client_reopened'
  | 'approvals_channel_set'
  | 'channel_bound'
  | 'channel_id_changed'
  | 'project_created'
  | 'project_changed'
  | 'project_closed'
  | 'project_reopened'
  | 'project_bound'
>;

/** What lines about clients, channels and projects change. */
export function applyClients(state: State, line: ClientsEntry): Change {
  const { at } = line;
  switch (line.kind) {
    case 'client_created':
      return createdClient(state, line);
    case 'client_renamed':
      return changedClient(state, line.clientId, { name: line.name });
    case 'client_closed':
      return changedClient(state, line.clientId, { closedAt: at });
    case 'client_reopened':
      return changedClient(state, line.clientId, { closedAt: null });
    case 'approvals_channel_set':
      return changedClient(state, line.clientId, {
        approvalsChannelId: line.channelId === null ? null : channelNow(state, line.channelId),
      });
    case 'channel_bound':
      return { channels: channelLists.set(state.channels, channelNow(state, line.channelId), line.clientId) };
    case 'channel_id_changed':
      return changedChannelId(state, line);
    case 'project_created': {
      const { projectId, clientId, name, dueAt, stage } = line;
      const project = { projectId, clientId, name, dueAt, stage, createdAt: at, closedAt: null };
      return { projects: projectLists.set(state.projects, projectId, project) };
    }
    case 'project_changed': {
      const { projectId, name, dueAt, stage } = line;
      return changedProject(state, projectId, { name, dueAt, stage });
    }
    case 'project_closed':
      return changedProject(state, line.projectId, { closedAt: at });
    case 'project_reopened':
      return changedProject(state, line.projectId, { closedAt: null });
    case 'project_bound': {
      const key = placeKey({ ...line, channelId: channelNow(state, line.channelId) });
      const { projectId } = line;
      return {
        places:
          projectId === null ? placeLists.remove(state.places, key) : placeLists.set(state.places, key, projectId),
      };
    }
  }
}

/** A manager looks after the client that they created. */
function createdClient(state: State, { clientId, name, by, at }: EntryOf<'client_created'>): Change {
  const client: Client = { clientId, name, createdAt: at, closedAt: null, approvalsChannelId: null };
  const creator = state.members.get(by);
  const clients = clientLists.set(state.clients, clientId, client);
  if (creator?.role !== 'manager') return { clients };
  const manages = { ...creator.manages, clientIds: [...creator.manages.clientIds, clientId] };
  return { clients, members: state.members.set(by, { ...creator, manages }) };
}

/** All that the old id is known by follows. What the new id was bound to before the event arrived was decided later. */
function changedChannelId(state: State, { channelId, toChannelId }: EntryOf<'channel_id_changed'>): Change {
  const from = channelNow(state, channelId);
  // Two changes of one channel may arrive the wrong way round.
  const to = channelNow(state, toChannelId);
  const isFrom = (each: { channelId: string }) => each.channelId === from;
  const ids = state.channelIds
    .map((now) => (now === from ? to : now))
    .set(from, to)
    .delete(to);
  const bound = state.channels.get(from);
  const channels = channelLists.remove(state.channels, from);
  return {
    channelIds: ids,
    channels: bound === undefined || channels.has(to) ? channels : channelLists.set(channels, to, bound),
    places: movedPlaces(state, { from, to }),
    clients: state.clients.map((each) =>
      each.approvalsChannelId === from ? { ...each, approvalsChannelId: to } : each,
    ),
    requests: state.requests.map((each) => (isFrom(each) ? { ...each, channelId: to } : each)),
    holds: state.holds.map((each) => (isFrom(each) ? { ...each, channelId: to } : each)),
  };
}

function movedPlaces({ places }: State, { from, to }: { from: string; to: string }): State['places'] {
  let moved = places;
  for (const [key, projectId] of places) {
    const { channelId, threadTs } = placeOfKey(key);
    if (channelId !== from) continue;
    const next = placeKey({ channelId: to, threadTs });
    moved = placeLists.remove(moved, key);
    if (!moved.has(next)) moved = placeLists.set(moved, next, projectId);
  }
  return moved;
}

function changedClient(state: State, clientId: string, to: Partial<Client>): Change {
  const client = state.clients.get(clientId);
  if (!client) throw new Error(`client ${clientId} is not known`);
  return { clients: clientLists.set(state.clients, clientId, { ...client, ...to }) };
}

function changedProject(state: State, projectId: string, to: Partial<Project>): Change {
  const project = state.projects.get(projectId);
  if (!project) throw new Error(`project ${projectId} is not known`);
  return { projects: projectLists.set(state.projects, projectId, { ...project, ...to }) };
}
