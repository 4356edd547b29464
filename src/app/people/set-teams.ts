import { afterPeopleChanged } from '../approvals/reroute.ts';
import type { AppContext } from '../context.ts';
import type { ChangeInput, ChangeResult } from '../inputs.ts';
import { submitChange } from '../submit-change.ts';

/** Which teams somebody is in: a whole list. */
export async function setTeams(
  context: AppContext,
  { deliveryId, by, memberId, teamIds }: ChangeInput<{ memberId: string; teamIds: readonly string[] }>,
): Promise<ChangeResult> {
  const changed = await submitChange(context, { deliveryId, by, wish: { kind: 'set_teams', memberId, teamIds } });
  if (changed.ok) await afterPeopleChanged(context, memberId);
  return changed;
}
