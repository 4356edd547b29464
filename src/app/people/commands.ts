import type { Refusal } from '../../ledger/refusals.ts';
import { may } from '../../ledger/rights/rights.ts';
import type { Role } from '../../ledger/roles.ts';

import { afterPeopleChanged } from '../approvals/reroute.ts';
import type { AppContext } from '../context.ts';
import type { ChangeInput, ChangeResult } from '../inputs.ts';
import { submitChange } from '../submit-change.ts';
import { tellOfRolesSoon } from './ask-for-role.ts';
import { offBoardOrLater, redrawReceipts } from './off-board.ts';
import { syncOtherOwners } from './owners.ts';
import { peopleOfTeam } from './show-team.ts';
import { syncMember } from './sync-member.ts';

/** Everything that people may change about people. */

/**
 * Writes a person down before they have ever used Inkwell, with a role and, by an owner, in teams. A person who is known
 * already keeps their role. One who was removed is brought back by an owner, and not invited.
 */
export async function invitePerson(
  context: AppContext,
  {
    deliveryId,
    by,
    memberId,
    role,
    teamIds,
  }: ChangeInput<{ memberId: string; role: Role; teamIds: readonly string[] }>,
): Promise<ChangeResult & { known?: boolean }> {
  const known = (await context.book.read()).members.get(memberId);
  if (known?.status === 'removed') return refused({ reason: 'member_not_active', memberId, status: 'removed' });
  const unfit = await unfitFor(context, { memberId, role });
  if (unfit) return refused(unfit);
  const added = await submitChange(context, { deliveryId, by, command: { kind: 'add_member', memberId, role } });
  if (!added.ok && added.refusal.reason === 'nothing_changed') return { ok: true, known: true };
  if (!added.ok || teamIds.length === 0) return added;
  return await submitChange(context, {
    deliveryId: `${deliveryId}/teams`,
    by,
    command: { kind: 'set_teams', memberId, teamIds },
  });
}

export async function setRole(
  context: AppContext,
  { deliveryId, by, memberId, role }: ChangeInput<{ memberId: string; role: Role }>,
): Promise<ChangeResult> {
  const person = await syncMember(context, memberId);
  if (!person) return refused((await unfitFor(context, { memberId, role })) ?? { reason: 'not_a_member', memberId });
  // The ledger tells people who may not give roles at all.
  const isAsked = looksAfter(role) && may(context.book.now(), by, 'set_role');
  if (isAsked && (await context.people.look(memberId))?.kind !== 'member') {
    return refused({ reason: 'not_one_of_us', memberId, role });
  }
  if (role !== 'owner') await syncOtherOwners(context, memberId);
  const changed = await submitChange(context, { deliveryId, by, command: { kind: 'set_role', memberId, role } });
  if (changed.ok) await tellOfRolesSoon(context);
  return await rerouted(context, memberId, changed);
}

/** Which teams a person is in: a whole list. */
export async function setTeams(
  context: AppContext,
  { deliveryId, by, memberId, teamIds }: ChangeInput<{ memberId: string; teamIds: readonly string[] }>,
): Promise<ChangeResult> {
  const changed = await submitChange(context, { deliveryId, by, command: { kind: 'set_teams', memberId, teamIds } });
  return await rerouted(context, memberId, changed);
}

export type Manages = { clientIds: readonly string[]; teamIds: readonly string[] };

/** What a manager looks after: two whole lists. */
export async function setManages(
  context: AppContext,
  { deliveryId, by, memberId, manages }: ChangeInput<{ memberId: string; manages: Manages }>,
): Promise<ChangeResult> {
  const { clientIds, teamIds } = manages;
  const changed = await submitChange(context, {
    deliveryId,
    by,
    command: { kind: 'set_manages', memberId, clientIds, teamIds },
  });
  return await rerouted(context, memberId, changed);
}

/** A suspended person starts nothing new. Images in progress finish. */
export async function setSuspended(
  context: AppContext,
  { deliveryId, by, memberId, isSuspended }: ChangeInput<{ memberId: string; isSuspended: boolean }>,
): Promise<ChangeResult> {
  const command = isSuspended
    ? ({ kind: 'suspend_member', memberId, reason: '' } as const)
    : ({ kind: 'resume_member', memberId } as const);
  if (isSuspended) await syncOtherOwners(context, memberId);
  return await rerouted(context, memberId, await submitChange(context, { deliveryId, by, command }));
}

/** Off-boards in one act: the line stops everything. What follows from it is done now, or by the sweeper. */
export async function removePerson(
  context: AppContext,
  { deliveryId, by, memberId, reason }: ChangeInput<{ memberId: string; reason: string }>,
): Promise<ChangeResult> {
  await syncOtherOwners(context, memberId);
  const changed = await submitChange(context, { deliveryId, by, command: { kind: 'remove_member', memberId, reason } });
  if (changed.ok) await offBoardOrLater(context, memberId);
  return changed;
}

/** Slack says that a person was deactivated. It is asked again, because events come late, or twice. */
export async function removeDeactivated(context: AppContext, { memberId }: { memberId: string }): Promise<void> {
  if (!context.book.now().members.has(memberId)) return;
  await syncMember(context, memberId);
  await offBoardOrLater(context, memberId);
}

/**
 * Makes a removed person a member again, with a role chosen now, and without teams or anything to look after. A person who
 * is deactivated in Slack has to be activated there first.
 */
export async function bringBackPerson(
  context: AppContext,
  { deliveryId, by, memberId, role }: ChangeInput<{ memberId: string; role: Role }>,
): Promise<ChangeResult> {
  const state = await context.book.read();
  const unfit = may(state, by, 'bring_back_member') ? await unfitFor(context, { memberId, role }) : null;
  if (unfit) return refused(unfit);
  const removed = state.members.get(memberId);
  const changed = await submitChange(context, {
    deliveryId,
    by,
    command: { kind: 'bring_back_member', memberId, role },
  });
  if (!changed.ok) return changed;
  await afterPeopleChanged(context, memberId);
  if (removed?.status === 'removed') await redrawReceipts(context, { memberId, removedAt: removed.statusAt });
  return changed;
}

/** Requests go to other approvers once a team's managers and limits have gone, or are back. */
export async function setTeamDeleted(
  context: AppContext,
  { deliveryId, by, teamId, isDeleted }: ChangeInput<{ teamId: string; isDeleted: boolean }>,
): Promise<ChangeResult> {
  const concerned = peopleOfTeam(await context.book.read(), teamId);
  const command = { kind: isDeleted ? 'delete_team' : 'restore_team', teamId } as const;
  const changed = await submitChange(context, { deliveryId, by, command });
  if (changed.ok) await afterPeopleChanged(context, ...concerned.memberIds, ...concerned.managerIds);
  return changed;
}

/** Requests go to other approvers once people have changed. */
async function rerouted(context: AppContext, memberId: string, changed: ChangeResult): Promise<ChangeResult> {
  if (changed.ok) await afterPeopleChanged(context, memberId);
  return changed;
}

const refused = (refusal: Refusal): ChangeResult => ({ ok: false, refusal });

const looksAfter = (role: Role) => role === 'owner' || role === 'manager';

/** Only people of the workspace look after the agency. Bots and deactivated people get no role. */
async function unfitFor(
  context: AppContext,
  { memberId, role }: { memberId: string; role: Role },
): Promise<Refusal | null> {
  const kind = (await context.people.look(memberId))?.kind;
  if (kind === undefined || kind === 'bot' || kind === 'deactivated') {
    return { reason: 'not_a_member', memberId, inSlack: kind ?? 'unknown' };
  }
  return looksAfter(role) && kind !== 'member' ? { reason: 'not_one_of_us', memberId, role } : null;
}
