import type { Refusal } from '../../ledger/refusals.ts';
import type { Role } from '../../ledger/state.ts';
import type { AppContext } from '../context.ts';
import type { ChangeInput, ChangeResult } from '../inputs.ts';
import { submitChange } from '../submit-change.ts';

/**
 * Somebody is written down before they have ever used Inkwell, with a role and, by an owner, in teams. Whoever is known
 * already stays what they are; whoever was removed is brought back by an owner, and not invited.
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
  const added = await submitChange(context, { deliveryId, by, wish: { kind: 'add_member', memberId, role } });
  if (!added.ok && added.refusal.reason === 'nothing_changed') return { ok: true, known: true };
  if (!added.ok || teamIds.length === 0) return added;
  return await submitChange(context, {
    deliveryId: `${deliveryId}/teams`,
    by,
    wish: { kind: 'set_teams', memberId, teamIds },
  });
}

const refused = (refusal: Refusal): ChangeResult => ({ ok: false, refusal });

/** Only people of the workspace look after the agency; bots and the gone are nobody. */
export async function unfitFor(
  context: AppContext,
  { memberId, role }: { memberId: string; role: Role },
): Promise<Refusal | null> {
  const kind = (await context.people.look(memberId))?.kind;
  if (kind === undefined || kind === 'bot' || kind === 'deactivated') return { reason: 'not_a_member', memberId };
  const looksAfter = role === 'owner' || role === 'manager';
  return looksAfter && kind !== 'member' ? { reason: 'not_one_of_us', memberId, role } : null;
}
