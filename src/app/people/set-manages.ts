import { afterPeopleChanged } from '../approvals/reroute.ts';
import type { World } from '../context.ts';
import type { Change, Changed } from '../inputs.ts';
import { change } from '../submit-change.ts';

export type Manages = { clientIds: readonly string[]; teamIds: readonly string[] };

/** What a manager looks after: two whole lists. */
export async function setManages(
  world: World,
  { deliveryId, by, memberId, manages }: Change<{ memberId: string; manages: Manages }>,
): Promise<Changed> {
  const changed = await change(world, { deliveryId, by, wish: { kind: 'set_manages', memberId, ...manages } });
  if (changed.ok) await afterPeopleChanged(world, memberId);
  return changed;
}
