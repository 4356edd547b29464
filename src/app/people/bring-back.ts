import { may } from '../../ledger/rights/rights.ts';
import type { Role } from '../../ledger/state.ts';
import { afterPeopleChanged } from '../approvals/reroute.ts';
import type { AppContext } from '../context.ts';
import type { ChangeInput, ChangeResult } from '../inputs.ts';
import { submitChange } from '../submit-change.ts';
import { unfitFor } from './invite.ts';
import { redrawReceipts } from './off-board.ts';

/**
 * Somebody who was removed is a member again, with a role chosen now, and without teams or anything to look after. Whoever
 * is deactivated in Slack has to be activated there first.
 */
export async function bringBackPerson(
  context: AppContext,
  { deliveryId, by, memberId, role }: ChangeInput<{ memberId: string; role: Role }>,
): Promise<ChangeResult> {
  const state = await context.book.read();
  const unfit = may(state, by, 'bring_back_member') ? await unfitFor(context, { memberId, role }) : null;
  if (unfit) return { ok: false, refusal: unfit };
  const removed = state.members.get(memberId);
  const changed = await submitChange(context, { deliveryId, by, wish: { kind: 'bring_back_member', memberId, role } });
  if (!changed.ok) return changed;
  await afterPeopleChanged(context, memberId);
  if (removed?.status === 'removed') await redrawReceipts(context, { memberId, removedAt: removed.statusAt });
  return changed;
}
