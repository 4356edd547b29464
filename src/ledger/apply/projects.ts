import type { Change } from '../kinds/kind.ts';
import type { EntryOf } from '../lines.ts';
import { channelNow, placeKey } from '../lists/channel-ids.ts';
import { placeLists, projectLists } from '../lists/client-lists.ts';
import { renamed } from '../lists/former-names.ts';
import type { Project, State } from '../state.ts';

export function createProject(state: State, line: EntryOf<'project_created'>): Change {
  const { projectId, clientId, name, dueAt, stage, at } = line;
  const project = { projectId, clientId, name, dueAt, stage, createdAt: at, closedAt: null };
  return { projects: projectLists.set(state.projects, projectId, project) };
}

export function setProject(state: State, line: EntryOf<'project_changed'>): Change {
  const { projectId, dueAt, stage } = line;
  const project = state.projects.get(projectId);
  return changeProject(state, projectId, { ...(project ? renamed(project, line) : {}), dueAt, stage });
}

export function changeProject(state: State, projectId: string, to: Partial<Project>): Change {
  const project = state.projects.get(projectId);
  if (!project) throw new Error(`project ${projectId} is not known`);
  return { projects: projectLists.set(state.projects, projectId, { ...project, ...to }) };
}

export function bindProject(
  state: State,
  { projectId, channelId, threadTs: threadId }: EntryOf<'project_bound'>,
): Change {
  const key = placeKey({ channelId: channelNow(state, channelId), threadId });
  return {
    places: projectId === null ? placeLists.remove(state.places, key) : placeLists.set(state.places, key, projectId),
  };
}
