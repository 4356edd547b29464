import { type AccountId, projectAccount } from '../accounts.ts';
import type { Of } from '../commands/commands.ts';
import type { Facts, FactsOf } from '../lines.ts';
import { channelNow, placeKey } from '../lists/channel-ids.ts';
import { projectsNamed } from '../lists/client-lists.ts';
import { accept, type Decision, invalid, refuse } from '../refusals.ts';
import type { State } from '../state.ts';
import { checkId, checkName } from './checks.ts';

export function createProject(state: State, command: Of<'create_project'>): Decision<Facts> {
  const { projectId, clientId, name, dueAt, stage } = command;
  const client = state.clients.get(clientId);
  if (state.projects.has(projectId)) return refuse({ reason: 'project_exists', projectId });
  if (!client) return refuse({ reason: 'client_unknown', clientId });
  if (client.closedAt !== null) return refuse({ reason: 'client_closed', clientId });
  return (
    checkId('projectId', projectId) ??
    checkName('name', name) ??
    checkDue(dueAt) ??
    checkFree(state, { projectId, clientId, name }) ??
    accept({ kind: 'project_created', projectId, clientId, name, dueAt, stage })
  );
}

export function changeProject(state: State, command: Of<'change_project'>): Decision<Facts> {
  const { projectId, name, dueAt, stage } = command;
  const project = state.projects.get(projectId);
  if (!project) return refuse({ reason: 'project_unknown', projectId });
  return (
    checkName('name', name) ??
    checkDue(dueAt) ??
    checkFree(state, { ...project, name }) ??
    accept({ kind: 'project_changed', projectId, name, dueAt, stage })
  );
}

export function setProjectClosed(
  state: State,
  { kind, projectId }: Of<'close_project'> | Of<'reopen_project'>,
): Decision<Facts> {
  const project = state.projects.get(projectId);
  if (!project) return refuse({ reason: 'project_unknown', projectId });
  if (kind === 'reopen_project') return checkFree(state, project) ?? accept({ kind: 'project_reopened', projectId });
  if (project.closedAt !== null) return refuse({ reason: 'project_closed', projectId });
  return accept({ kind: 'project_closed', projectId });
}

/** Takes only places of the project's own client, so that a tag never moves credits to another client's budget. */
export function bindProject(state: State, command: Of<'bind_project'>): Decision<Facts> {
  const { channelId, threadTs, projectId } = command;
  const wrong = checkId('channelId', channelId) ?? checkThread(threadTs);
  if (wrong) return wrong;
  if (projectId === null) return accept({ kind: 'project_bound', channelId, threadTs, projectId });
  const project = state.projects.get(projectId);
  if (!project) return refuse({ reason: 'project_unknown', projectId });
  if (project.closedAt !== null) return refuse({ reason: 'project_closed', projectId });
  if (state.channels.get(channelNow(state, channelId)) !== project.clientId) {
    return refuse({ reason: 'project_of_other_client', projectId, channelId });
  }
  return accept({ kind: 'project_bound', channelId, threadTs, projectId });
}

const checkThread = (threadTs: string | null) =>
  threadTs === null || /^\d{1,12}\.\d{1,9}$/.test(threadTs) ? null : invalid('threadTs', 'is not a thread');

const checkDue = (dueAt: number | null) =>
  dueAt === null || (Number.isSafeInteger(dueAt) && dueAt > 0) ? null : invalid('dueAt', 'is not a date');

/** Two open projects of one client cannot share a name: people type it. */
function checkFree(state: State, of: { projectId: string; clientId: string; name: string }) {
  const taken = projectsNamed(state, of.clientId, of.name).some(
    (each) => each.projectId !== of.projectId && each.closedAt === null,
  );
  return taken ? refuse({ reason: 'name_in_use', name: of.name, of: 'project' }) : null;
}

export function isSameProject({ projects }: State, facts: FactsOf<'project_changed'>): boolean {
  const { name, dueAt, stage } = projects.get(facts.projectId) ?? {};
  return name === facts.name && dueAt === facts.dueAt && stage === facts.stage;
}

/** A binding that a channel's earlier client left behind has no effect. */
export function projectsOfBinding(command: Of<'bind_project'>, state: State): readonly AccountId[] {
  const channelId = channelNow(state, command.channelId);
  const left = state.places.get(placeKey({ channelId, threadId: command.threadTs })) ?? null;
  const isOfClient = state.projects.get(left ?? '')?.clientId === state.channels.get(channelId);
  const present = isOfClient ? left : null;
  return [...new Set([command.projectId, present])].flatMap((each) => (each === null ? [] : [projectAccount(each)]));
}
