import { afterPeopleChanged } from '../approvals/reroute.ts';
import type { World } from '../context.ts';
import type { Change, Changed } from '../inputs.ts';
import { change } from '../submit-change.ts';
import { meetOtherOwners } from './owners.ts';

/** Nothing new until they are resumed; what is being made comes to its end. */
export async function setSuspended(
  world: World,
  { deliveryId, by, memberId, isSuspended }: Change<{ memberId: string; isSuspended: boolean }>,
): Promise<Changed> {
  const wish = isSuspended
    ? ({ kind: 'suspend_member', memberId, reason: '' } as const)
    : ({ kind: 'resume_member', memberId } as const);
  if (isSuspended) await meetOtherOwners(world, memberId);
  const changed = await change(world, { deliveryId, by, wish });
  if (changed.ok) await afterPeopleChanged(world, memberId);
  return changed;
}
