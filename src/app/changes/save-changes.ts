import type { CommandBody } from '../../ledger/commands/commands.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import { bindChannel } from '../clients/bind-channel.ts';
import { bindProject } from '../clients/bind-project.ts';
import { renameClient, setClientClosed, setClientDigest } from '../clients/clients.ts';
import { changeProject, setProjectClosed } from '../clients/projects.ts';
import type { AppContext } from '../context.ts';
import { showSetup } from '../home/show-home.ts';
import type { ChangeInput, ChangeResult } from '../inputs.ts';
import { setLimit } from '../limits/set-limit.ts';
import { setRole, setSuspended, setTeamDeleted, setTeams } from '../people/commands.ts';
import { commandOf } from './command-of-change.ts';
import { withCurrent } from './present-value.ts';
import { rehearseCommands } from './rehearse-commands.ts';
import { isSame, membersIn, readIds, type SetUpChange } from './reversible-change.ts';

/** A change that was made, and whether it is known how to take it back. */
export type SavedChange = { change: SetUpChange; mayUndo: boolean };
export type SavedChanges = { saved: readonly SavedChange[]; refusals: readonly Refusal[] };

/** `ifUnbound`: a channel that was decided about meanwhile keeps its client. `also`: what is made after these. */
export type Saving = ChangeInput<{
  changes: readonly SetUpChange[];
  ifUnbound?: boolean;
  also?: readonly CommandBody[];
}>;

/**
 * Makes one change after the other: all of them, or none where one would be refused. Where another person was quicker, it
 * stops at the first that is refused.
 */
export async function saveChanges(
  context: AppContext,
  { deliveryId, by, changes, ifUnbound = false, also = [] }: Saving,
): Promise<SavedChanges> {
  const setup = await showSetup(context, { by, about: membersIn(changes) });
  const state = await context.book.read();
  const commands = [...changes.map((change) => commandOf(state, change, { ifUnbound })), ...also];
  const inTheWay = commands.length > 1 ? rehearseCommands(context, { state, by, commands }) : [];
  if (inTheWay.length > 0) return { saved: [], refusals: inTheWay };
  const saved: SavedChange[] = [];
  const refusals: Refusal[] = [];
  for (const [index, wanted] of changes.entries()) {
    const now = setup && withCurrent(setup, wanted);
    const changed = await makeChange(context, wanted, { by, ifUnbound, deliveryId: `${deliveryId}/${index + 1}` });
    if (changed.ok) saved.push({ change: now ?? wanted, mayUndo: now !== null && !isSame(now.before, now.after) });
    else refusals.push(changed.refusal);
    if (!changed.ok && changed.refusal.reason !== 'nothing_changed') break;
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
    case 'closed':
      return await setClosed(context, { ...who, ...change });
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

async function setClosed(
  context: AppContext,
  { of, id, after, deliveryId, by }: ChangeInput<SetUpChange & { kind: 'closed' }>,
): Promise<ChangeResult> {
  switch (of) {
    case 'client':
      return await setClientClosed(context, { deliveryId, by, clientId: id, isClosed: after });
    case 'project':
      return await setProjectClosed(context, { deliveryId, by, projectId: id, isClosed: after });
    case 'team':
      return await setTeamDeleted(context, { deliveryId, by, teamId: id, isDeleted: after });
  }
}
