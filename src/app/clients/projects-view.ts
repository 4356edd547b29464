import { projectAccount } from '../../ledger/accounts.ts';
import { placeOfKey } from '../../ledger/lists/channel-ids.ts';
import { byName, placeLists, projectsOf } from '../../ledger/lists/client-lists.ts';
import type { Project, State } from '../../ledger/state.ts';
import { usageOf } from '../../ledger/usage/standings.ts';
import { dateAt } from '../../ledger/usage/windows.ts';
import type { Stage } from '../../ledger/work.ts';

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
  threads: readonly { channelId: string; threadId: string }[];
};

/** A client's projects: open ones first, each by name. */
export const projectsShown = (state: State, clientId: string, at: number): readonly ProjectView[] =>
  projectsOf(state, clientId)
    .map((project) => projectView(state, project, at))
    .sort(inOrder);

const inOrder = (one: ProjectView, other: ProjectView) =>
  Number(one.isClosed) - Number(other.isClosed) || byName(one, other);

function projectView(
  state: State,
  { projectId, clientId, name, stage, dueAt, closedAt }: Project,
  at: number,
): ProjectView {
  const account = projectAccount(projectId);
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
    channelIds: present.flatMap(({ channelId, threadId }) => (threadId === null ? [channelId] : [])),
    threads: present.flatMap(({ channelId, threadId }) => (threadId === null ? [] : [{ channelId, threadId }])),
  };
}
