import type { Change, EntryOf } from '../apply.ts';
import { type Client, type Project, placeKey, type State } from '../state.ts';

type ClientsEntry = EntryOf<
  | 'client_created'
  | 'client_renamed'
  | 'client_closed'
  | 'client_reopened'
  | 'approvals_channel_set'
  | 'channel_bound'
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
      return changedClient(state, line.clientId, { approvalsChannelId: line.channelId });
    case 'channel_bound':
      return { channels: state.channels.set(line.channelId, line.clientId) };
    case 'project_created': {
      const { projectId, clientId, name, dueAt, stage } = line;
      const project = { projectId, clientId, name, dueAt, stage, createdAt: at, closedAt: null };
      return { projects: state.projects.set(projectId, project) };
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
      const key = placeKey(line);
      const { projectId } = line;
      return { places: projectId === null ? state.places.delete(key) : state.places.set(key, projectId) };
    }
  }
}

/** A manager looks after the client that they created. */
function createdClient(state: State, { clientId, name, by, at }: EntryOf<'client_created'>): Change {
  const client: Client = { clientId, name, createdAt: at, closedAt: null, approvalsChannelId: null };
  const creator = state.members.get(by);
  const clients = state.clients.set(clientId, client);
  if (creator?.role !== 'manager') return { clients };
  const manages = { ...creator.manages, clientIds: [...creator.manages.clientIds, clientId] };
  return { clients, members: state.members.set(by, { ...creator, manages }) };
}

function changedClient(state: State, clientId: string, to: Partial<Client>): Change {
  const client = state.clients.get(clientId);
  if (!client) throw new Error(`client ${clientId} is not known`);
  return { clients: state.clients.set(clientId, { ...client, ...to }) };
}

function changedProject(state: State, projectId: string, to: Partial<Project>): Change {
  const project = state.projects.get(projectId);
  if (!project) throw new Error(`project ${projectId} is not known`);
  return { projects: state.projects.set(projectId, { ...project, ...to }) };
}
