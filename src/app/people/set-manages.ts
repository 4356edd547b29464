import { afterPeopleChanged } from '../approvals/reroute.ts';
import type { AppContext } from '../context.ts';
import type { ChangeInput, ChangeResult } from '../inputs.ts';
import { submitChange } from '../submit-change.ts';

export type Manages = { clientIds: readonly string[]; teamIds: readonly string[] };

/** What a manager looks after: two whole lists. */
export async function setManages(
  context: AppContext,
  { deliveryId, by, memberId, manages }: ChangeInput<{ memberId: string; manages: Manages }>,
): Promise<ChangeResult> {
  const changed = await submitChange(context, { deliveryId, by, wish: { kind: 'set_manages', memberId, ...manages } });
  if (changed.ok) await afterPeopleChanged(context, memberId);
  return changed;
}
