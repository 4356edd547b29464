import { sameName } from '../../ledger/decide/checks.ts';
import { projectsOf } from '../../ledger/lists/client-lists.ts';
import type { Project, State } from '../../ledger/state.ts';

/** A project's name as typed, and the client among whose projects it is looked for. */
type Named = { clientId: string; typed: string };

export type ProjectFound = { ok: true; projectId: string } | { ok: false; problem: ProjectProblem };

/** Why it is not clear which project was meant. `openNames`: those that there are, to find the nearest among. */
export type ProjectProblem =
  | { reason: 'unknown'; typed: string; openNames: readonly string[] }
  | { reason: 'closed'; typed: string; projectId: string; name: string };

/** By its id, or by its name as people see it; only among the projects of one client, and open ones before closed ones. */
export function findProject(state: State, { clientId, typed }: Named): ProjectFound {
  const all = projectsOf(state, clientId);
  const named = all.filter(({ projectId, name }) => projectId === typed || sameName(name, typed));
  const open = named.filter(isOpen);
  // No two open projects of a client have one name; but one may be called as another's id is.
  const found = open.find(({ projectId }) => projectId === typed) ?? open[0];
  if (found) return { ok: true, projectId: found.projectId };
  const [closed] = named;
  if (closed)
    return { ok: false, problem: { reason: 'closed', typed, projectId: closed.projectId, name: closed.name } };
  const openNames = all.filter(isOpen).map(({ name }) => name);
  return { ok: false, problem: { reason: 'unknown', typed, openNames: openNames.toSorted(byName) } };
}

const isOpen = ({ closedAt }: Project) => closedAt === null;
const byName = (one: string, other: string) => one.localeCompare(other);
