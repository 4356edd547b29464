import { afterPeopleChanged } from '../approvals/reroute.ts';
import type { AppContext } from '../context.ts';
import type { ChangeInput, ChangeResult } from '../inputs.ts';
import { submitChange } from '../submit-change.ts';
import { syncOtherOwners } from './owners.ts';

/** Nothing new until they are resumed; what is being made comes to its end. */
export async function setSuspended(
  context: AppContext,
  { deliveryId, by, memberId, isSuspended }: ChangeInput<{ memberId: string; isSuspended: boolean }>,
): Promise<ChangeResult> {
  const wish = isSuspended
    ? ({ kind: 'suspend_member', memberId, reason: '' } as const)
    : ({ kind: 'resume_member', memberId } as const);
  if (isSuspended) await syncOtherOwners(context, memberId);
  const changed = await submitChange(context, { deliveryId, by, wish });
  if (changed.ok) await afterPeopleChanged(context, memberId);
  return changed;
}
