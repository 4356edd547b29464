import { may } from '../../ledger/rights/rights.ts';
import type { Role } from '../../ledger/state.ts';
import { afterPeopleChanged } from '../approvals/reroute.ts';
import type { World } from '../context.ts';
import type { Change, Changed } from '../inputs.ts';
import { change } from '../submit-change.ts';
import { unfitFor } from './invite.ts';
import { redrawReceipts } from './off-board.ts';

/**
 * Somebody who was removed is a member again, with a role chosen now, and without teams or anything to look after. Whoever
 * is deactivated in Slack has to be activated there first.
 */
export async function bringBackPerson(
  world: World,
  { deliveryId, by, memberId, role }: Change<{ memberId: string; role: Role }>,
): Promise<Changed> {
  const state = await world.book.read();
  const unfit = may(state, by, 'bring_back_member') ? await unfitFor(world, { memberId, role }) : null;
  if (unfit) return { ok: false, refusal: unfit };
  const removed = state.members.get(memberId);
  const changed = await change(world, { deliveryId, by, wish: { kind: 'bring_back_member', memberId, role } });
  if (!changed.ok) return changed;
  await afterPeopleChanged(world, memberId);
  if (removed?.status === 'removed') await redrawReceipts(world, { memberId, removedAt: removed.statusAt });
  return changed;
}
