import type { ProjectBound } from '../../app/clients/bind-project.ts';
import type { ProjectView } from '../../app/clients/projects-view.ts';
import type { ChangeResult } from '../../app/inputs.ts';
import type { SetupView } from '../../app/messenger.ts';
import type { Undoable } from '../kit/home-metadata.ts';
import { mergedFields } from '../kit/merge-shown.ts';
import type { NotSpending } from '../kit/once.ts';
import { bold, channelMention, dateToken, type Inline, name } from '../kit/parts.ts';
import { dateWords } from '../kit/project-words.ts';

/** Changes of projects, and of whether a client is open: asked of the ledger, compared with what stands, and said. */
export type ProjectChange = Extract<Undoable, { kind: 'closed' | 'project' | 'place' }>;

export async function makeProjectChange(
  app: NotSpending,
  change: ProjectChange,
  who: { by: string; deliveryId: string },
): Promise<ChangeResult> {
  switch (change.kind) {
    case 'closed': {
      const { id, of, after: isClosed } = change;
      if (of === 'client') return await app.setClientClosed({ ...who, clientId: id, isClosed });
      return await app.setProjectClosed({ ...who, projectId: id, isClosed });
    }
    case 'project':
      return await app.changeProject({ ...who, projectId: change.projectId, ...change.after });
    case 'place': {
      const { channelId, threadTs, after: project } = change;
      return changedBy(await app.bindProject({ ...who, channelId, threadTs, project }), project ?? '');
    }
  }
}

/** Named by its id, a project is either closed or not there. */
function changedBy(bound: ProjectBound, projectId: string): ChangeResult {
  if (bound.ok || 'refusal' in bound) return bound;
  const reason = bound.problem.reason === 'closed' ? 'project_closed' : 'project_unknown';
  return { ok: false, refusal: { reason, projectId } };
}

/** Null: what it is about is not known. */
export function projectAsOfNow(setup: SetupView, change: ProjectChange): ProjectChange | null {
  switch (change.kind) {
    case 'closed': {
      const { of, id } = change;
      const found = of === 'client' ? setup.clients.find(({ clientId }) => clientId === id) : projectIn(setup, id);
      return found ? { ...change, before: found.isClosed } : null;
    }
    case 'project': {
      const found = projectIn(setup, change.projectId);
      return found ? { ...change, before: { name: found.name, dueOn: found.dueOn, stage: found.stage } } : null;
    }
    case 'place': {
      const bound = allProjects(setup).find((project) => isBound(project, change));
      return { ...change, before: bound?.projectId ?? null };
    }
  }
}

/** A project's name, date and stage are one command: what the form did not touch of them is as it stands now. */
export function withoutUntouched(setup: SetupView | null, change: Undoable): Undoable {
  const now = change.kind === 'project' && projectIn(setup, change.projectId);
  if (!now) return change;
  const { name: called, dueOn, stage } = now;
  const { before: shown, after: typed } = change;
  return { ...change, after: mergedFields({ shown, typed, now: { name: called, dueOn, stage } }) };
}

const isBound = (
  { channelIds, threads }: ProjectView,
  { channelId, threadTs }: ProjectChange & { kind: 'place' },
): boolean =>
  threadTs === null
    ? channelIds.includes(channelId)
    : threads.some((each) => each.channelId === channelId && each.threadTs === threadTs);

export const projectIn = (setup: SetupView | null, id: string): ProjectView | undefined =>
  setup ? allProjects(setup).find(({ projectId }) => projectId === id) : undefined;

const allProjects = ({ clients }: SetupView) => clients.flatMap(({ projects }) => projects);

/** `The project Spring launch is due 1 Dec 2026 now`. */
export function sayProjectChange(setup: SetupView | null, change: ProjectChange): Inline[] {
  const projectName = (id: string) => name(projectIn(setup, id)?.name ?? 'the project');
  switch (change.kind) {
    case 'closed': {
      const { of, id, after } = change;
      const clientName = setup?.clients.find(({ clientId }) => clientId === id)?.name ?? 'the client';
      return [of === 'client' ? name(clientName) : projectName(id), ' is ', bold(after ? 'closed' : 'open'), ' now'];
    }
    case 'project':
      return saySaid(change);
    case 'place': {
      const { channelId, threadTs, after } = change;
      const which: Inline[] = threadTs === null ? [] : ['The thread of ', dateToken(Number(threadTs) * 1000), ' in '];
      return [...which, channelMention(channelId), ' counts for ', after === null ? 'no project' : projectName(after)];
    }
  }
}

function saySaid({ before, after }: ProjectChange & { kind: 'project' }): Inline[] {
  if (before.name === '') return ['The project ', name(after.name), ' is there'];
  const parts: Inline[][] = [
    ...(before.name === after.name ? [] : [['is called ', name(after.name), ' now']]),
    ...(before.dueOn === after.dueOn
      ? []
      : [[after.dueOn === null ? 'has no due date now' : `is due ${dateWords(after.dueOn)} now`]]),
    ...(before.stage === after.stage ? [] : [['is at the stage ', bold(after.stage), ' now']]),
  ];
  return [name(before.name), ' ', ...parts.flatMap((part, at) => (at === 0 ? part : [', ', ...part]))];
}
