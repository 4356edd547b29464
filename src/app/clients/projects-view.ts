import { projectAccount } from '../../ledger/accounts.ts';
import { placeOfKey } from '../../ledger/lists/channel-ids.ts';
import { byName, placeLists, projectsOf } from '../../ledger/lists/client-lists.ts';
import type { Project, State } from '../../ledger/state.ts';
import { leastLeftOf } from '../../ledger/usage/less.ts';
import { standings, usageOf } from '../../ledger/usage/standings.ts';
import { dateAt } from '../../ledger/usage/windows.ts';
import type { Stage } from '../../ledger/work.ts';
import { type LessSaid, lessSaid } from '../limits/less-said.ts';

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
  /** All that can be used of its budget: the limit, what was moved here or away, and extra credits; null without one. */
  wholeCredits?: number | null;
  /** The least that its own limits leave; null where none stops it. */
  leftCredits?: number | null;
  less?: LessSaid | null;
  /** The channels and the threads that are bound to it. */
  channelIds: readonly string[];
  threads: readonly { channelId: string; threadId: string }[];
};

type Reader = { by: string; at: number };

/** A client's projects: open ones first, each by name. */
export const projectsShown = (state: State, clientId: string, reader: Reader): readonly ProjectView[] =>
  projectsOf(state, clientId)
    .map((project) => projectView(state, project, reader))
    .sort(inOrder);

const inOrder = (one: ProjectView, other: ProjectView) =>
  Number(one.isClosed) - Number(other.isClosed) || byName(one, other);

function projectView(
  state: State,
  { projectId, clientId, name, stage, dueAt, closedAt }: Project,
  { by, at }: Reader,
): ProjectView {
  const account = projectAccount(projectId);
  const all = standings(state, account, at);
  const total = all.find(({ window }) => window === 'total');
  const { usedCredits, heldCredits } = usageOf(state, account, 'total');
  // A channel that went to another client leaves its old bindings behind.
  const places = placeLists.ids(state.places, ['of', projectId]).toArray().map(placeOfKey);
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
    wholeCredits: total ? total.balanceCredits + total.usedCredits : null,
    leftCredits: leastLeftOf(all)?.availableCredits ?? null,
    less: lessSaid(state, { by, account, at }),
    channelIds: present.flatMap(({ channelId, threadId }) => (threadId === null ? [channelId] : [])),
    threads: present.flatMap(({ channelId, threadId }) => (threadId === null ? [] : [{ channelId, threadId }])),
  };
}
