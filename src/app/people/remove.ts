import type { AppContext } from '../context.ts';
import type { ChangeInput, ChangeResult } from '../inputs.ts';
import { submitChange } from '../submit-change.ts';
import { offBoardOrLater } from './off-board.ts';
import { syncOtherOwners } from './owners.ts';
import { syncMember } from './sync-member.ts';

/** Off-boarding in one act: the line stops everything, and what follows from it is done now, or by the sweeper. */
export async function removePerson(
  context: AppContext,
  { deliveryId, by, memberId, reason }: ChangeInput<{ memberId: string; reason: string }>,
): Promise<ChangeResult> {
  await syncOtherOwners(context, memberId);
  const changed = await submitChange(context, { deliveryId, by, wish: { kind: 'remove_member', memberId, reason } });
  if (changed.ok) await offBoardOrLater(context, memberId);
  return changed;
}

/** Slack says that somebody was deactivated; whether they are is asked of Slack, for events come late, or twice. */
export async function removeDeactivated(context: AppContext, { memberId }: { memberId: string }): Promise<void> {
  if (!context.book.now().members.has(memberId)) return;
  await syncMember(context, memberId);
  await offBoardOrLater(context, memberId);
}
