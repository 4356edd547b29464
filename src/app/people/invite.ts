import type { Refusal } from '../../ledger/refusals.ts';
import type { Role } from '../../ledger/state.ts';
import type { World } from '../context.ts';
import type { Change, Changed } from '../inputs.ts';
import { change } from '../submit-change.ts';

/**
 * Somebody is written down before they have ever used Inkwell, with a role and, by an owner, in teams. Whoever is known
 * already stays what they are; whoever was removed is brought back by an owner, and not invited.
 */
export async function invitePerson(
  world: World,
  { deliveryId, by, memberId, role, teamIds }: Change<{ memberId: string; role: Role; teamIds: readonly string[] }>,
): Promise<Changed & { known?: boolean }> {
  const known = (await world.book.read()).members.get(memberId);
  if (known?.status === 'removed') return refused({ reason: 'member_not_active', memberId, status: 'removed' });
  const unfit = await unfitFor(world, { memberId, role });
  if (unfit) return refused(unfit);
  const added = await change(world, { deliveryId, by, wish: { kind: 'add_member', memberId, role } });
  if (!added.ok && added.refusal.reason === 'nothing_changed') return { ok: true, known: true };
  if (!added.ok || teamIds.length === 0) return added;
  return await change(world, { deliveryId: `${deliveryId}/teams`, by, wish: { kind: 'set_teams', memberId, teamIds } });
}

const refused = (refusal: Refusal): Changed => ({ ok: false, refusal });

/** Only people of the workspace look after the agency; bots and the gone are nobody. */
export async function unfitFor(
  world: World,
  { memberId, role }: { memberId: string; role: Role },
): Promise<Refusal | null> {
  const kind = (await world.people.look(memberId))?.kind;
  if (kind === undefined || kind === 'bot' || kind === 'deactivated') return { reason: 'not_a_member', memberId };
  const looksAfter = role === 'owner' || role === 'manager';
  return looksAfter && kind !== 'member' ? { reason: 'not_one_of_us', memberId, role } : null;
}
