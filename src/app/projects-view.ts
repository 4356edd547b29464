import { projectAccount } from '../ledger/accounts.ts';
import { placeOfKey } from '../ledger/channel-ids.ts';
import type { Stage } from '../ledger/commands.ts';
import { useOf } from '../ledger/limits.ts';
import type { Project, State } from '../ledger/state.ts';
import { dateAt } from '../ledger/windows.ts';
import type { Part } from './messenger.ts';

/** A project as it is listed: what it may use altogether, what it has used, until when. */
export type ProjectView = {
  projectId: string;
  name: string;
  stage: Stage;
  /** A date of the workspace's calendar, such as `2026-12-01`. */
  dueOn: string | null;
  /** Open, and its day is over. */
  isOverdue: boolean;
  isClosed: boolean;
  /** Its limit in total; null where it has none. */
  budgetCredits: number | null;
  usedCredits: number;
  heldCredits: number;
  /** The channels and the threads that are bound to it. */
  channelIds: readonly string[];
  threads: readonly { channelId: string; threadTs: string }[];
};

/** A project's balance, for whoever asks where it is bound. `of`: what it is bound to there. */
export type ProjectPart = Part & { projectId: string; name: string; of: 'thread' | 'channel' };

/** The projects of every client that has some, by its id: open ones first, each by name. */
export function projectsByClient(state: State, at: number): ReadonlyMap<string, readonly ProjectView[]> {
  const places = placesByProject(state);
  const all = new Map<string, ProjectView[]>();
  for (const project of state.projects.values()) {
    const view = projectView(state, project, { at, places: places.get(project.projectId) ?? [] });
    const ofClient = all.get(project.clientId);
    if (ofClient) ofClient.push(view);
    else all.set(project.clientId, [view]);
  }
  for (const ofClient of all.values()) ofClient.sort(inOrder);
  return all;
}

const inOrder = (one: ProjectView, other: ProjectView) =>
  Number(one.isClosed) - Number(other.isClosed) || one.name.localeCompare(other.name);

/** A channel, or one thread of it. */
type Place = { channelId: string; threadTs: string | null };

function placesByProject({ places }: State): ReadonlyMap<string, Place[]> {
  const all = new Map<string, Place[]>();
  for (const [key, projectId] of places) {
    const place = placeOfKey(key);
    const ofProject = all.get(projectId);
    if (ofProject) ofProject.push(place);
    else all.set(projectId, [place]);
  }
  return all;
}

function projectView(
  state: State,
  { projectId, clientId, name, stage, dueAt, closedAt }: Project,
  { at, places }: { at: number; places: readonly Place[] },
): ProjectView {
  const account = projectAccount(projectId);
  const { usedCredits, heldCredits } = useOf(state, account, 'total');
  // A channel that went to another client leaves its old bindings behind.
  const present = places.filter(({ channelId }) => state.channels.get(channelId) === clientId);
  return {
    projectId,
    name,
    stage,
    dueOn: dueAt === null || !state.settings ? null : dateAt(dueAt, state.settings),
    isOverdue: closedAt === null && dueAt !== null && at > dueAt,
    isClosed: closedAt !== null,
    budgetCredits: state.limits.get(account)?.find(({ window }) => window === 'total')?.limitCredits ?? null,
    usedCredits,
    heldCredits,
    channelIds: present.flatMap(({ channelId, threadTs }) => (threadTs === null ? [channelId] : [])),
    threads: present.flatMap(({ channelId, threadTs }) => (threadTs === null ? [] : [{ channelId, threadTs }])),
  };
}
