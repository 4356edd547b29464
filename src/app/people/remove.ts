import type { World } from '../context.ts';
import type { Change, Changed } from '../inputs.ts';
import { change } from '../submit-change.ts';
import { offBoardOrLater } from './off-board.ts';
import { meetOtherOwners } from './owners.ts';
import { meet } from './sync-member.ts';

/** Off-boarding in one act: the line stops everything, and what follows from it is done now, or by the sweeper. */
export async function removePerson(
  world: World,
  { deliveryId, by, memberId, reason }: Change<{ memberId: string; reason: string }>,
): Promise<Changed> {
  await meetOtherOwners(world, memberId);
  const changed = await change(world, { deliveryId, by, wish: { kind: 'remove_member', memberId, reason } });
  if (changed.ok) await offBoardOrLater(world, memberId);
  return changed;
}

/** Slack says that somebody was deactivated; whether they are is asked of Slack, for events come late, or twice. */
export async function removeDeactivated(world: World, { memberId }: { memberId: string }): Promise<void> {
  if (!world.book.now().members.has(memberId)) return;
  await meet(world, memberId);
  await offBoardOrLater(world, memberId);
}
