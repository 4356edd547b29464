import { afterPeopleChanged } from '../approvals/reroute.ts';
import type { World } from '../context.ts';
import type { Change, Changed } from '../inputs.ts';
import { change } from '../submit-change.ts';

/** Which teams somebody is in: a whole list. */
export async function setTeams(
  world: World,
  { deliveryId, by, memberId, teamIds }: Change<{ memberId: string; teamIds: readonly string[] }>,
): Promise<Changed> {
  const changed = await change(world, { deliveryId, by, wish: { kind: 'set_teams', memberId, teamIds } });
  if (changed.ok) await afterPeopleChanged(world, memberId);
  return changed;
}
