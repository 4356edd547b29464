import type { Refusal } from '../../ledger/refusals.ts';
import { bindChannel } from '../clients/bind-channel.ts';
import { bindProject } from '../clients/bind-project.ts';
import { renameClient, setClientClosed, setClientDigest } from '../clients/clients.ts';
import { changeProject, setProjectClosed } from '../clients/projects.ts';
import type { AppContext } from '../context.ts';
import { showSetup } from '../home/show-home.ts';
import type { ChangeInput, ChangeResult } from '../inputs.ts';
import { setLimit } from '../limits/set-limit.ts';
import { setRole, setSuspended, setTeams } from '../people/commands.ts';
import { withCurrent } from './present-value.ts';
import { isSame, membersIn, readIds, type SetUpChange } from './reversible-change.ts';

/** A change that was made, and whether it is known how to take it back. */
export type SavedChange = { change: SetUpChange; mayUndo: boolean };
export type SavedChanges = { saved: readonly SavedChange[]; refusals: readonly Refusal[] };

/** `ifUnbound`: a channel that was decided about meanwhile keeps its client. */
export type Saving = ChangeInput<{ changes: readonly SetUpChange[]; ifUnbound?: boolean }>;

/** Makes one change after the other. A name that is taken is no reason to forget the budget. */
export async function saveChanges(
  context: AppContext,
  { deliveryId, by, changes, ifUnbound = false }: Saving,
): Promise<SavedChanges> {
  const setup = await showSetup(context, { by, about: membersIn(changes) });
  const saved: SavedChange[] = [];
  const refusals: Refusal[] = [];
  for (const [index, wanted] of changes.entries()) {
    const now = setup && withCurrent(setup, wanted);
    const changed = await makeChange(context, wanted, { by, ifUnbound, deliveryId: `${deliveryId}/${index + 1}` });
    if (changed.ok) saved.push({ change: now ?? wanted, mayUndo: now !== null && !isSame(now.before, now.after) });
    else refusals.push(changed.refusal);
  }
  return { saved, refusals };
}

/** Asks the ledger for a change. */
export async function makeChange(
  context: AppContext,
  change: SetUpChange,
  { ifUnbound = false, ...who }: ChangeInput<{ ifUnbound?: boolean }>,
): Promise<ChangeResult> {
  switch (change.kind) {
    case 'limit': {
      const { account, window, after: limitCredits } = change;
      return await setLimit(context, { ...who, account, window, limitCredits });
    }
    case 'name':
      return await renameClient(context, { ...who, clientId: change.clientId, name: change.after });
    case 'client_digest':
      return await setClientDigest(context, { ...who, clientId: change.clientId, isOn: change.after });
    case 'role':
      return await setRole(context, { ...who, memberId: change.memberId, role: change.after });
    case 'teams':
      return await setTeams(context, { ...who, memberId: change.memberId, teamIds: readIds(change.after) });
    case 'suspended':
      return await setSuspended(context, { ...who, memberId: change.memberId, isSuspended: change.after });
    case 'channel': {
      const { channelId, after } = change;
      const decision = after === null ? ({ kind: 'none' } as const) : ({ kind: 'client', clientId: after } as const);
      return await bindChannel(context, { ...who, channelId, decision, ifUnbound });
    }
    case 'closed': {
      const { id, of, after: isClosed } = change;
      if (of === 'client') return await setClientClosed(context, { ...who, clientId: id, isClosed });
      return await setProjectClosed(context, { ...who, projectId: id, isClosed });
    }
    case 'project':
      return await changeProject(context, { ...who, projectId: change.projectId, ...change.after });
    case 'place': {
      const { channelId, threadTs, after: project } = change;
      const bound = await bindProject(context, { ...who, place: { channelId, threadId: threadTs }, project });
      if (bound.ok || 'refusal' in bound) return bound;
      // Named by its id, a project is either closed or not there.
      const reason = bound.problem.reason === 'closed' ? 'project_closed' : 'project_unknown';
      return { ok: false, refusal: { reason, projectId: project ?? '' } };
    }
  }
}
