import { contentHash } from '../../ports/content-hash.ts';
import type { World } from '../context.ts';
import type { Change, Changed } from '../inputs.ts';
import { change } from '../submit-change.ts';

/** A new team. Its id comes from the delivery, so that the same click twice names the same team. */
export async function createTeam(
  world: World,
  { deliveryId, by, name }: Change<{ name: string }>,
): Promise<Changed & { teamId?: string }> {
  const letters = contentHash(deliveryId).replace(/[^a-zA-Z0-9]/g, '');
  const teamId = `t-${letters.slice(0, 10).toLowerCase()}`;
  const changed = await change(world, { deliveryId, by, wish: { kind: 'create_team', teamId, name } });
  return changed.ok ? { ...changed, teamId } : changed;
}

export async function renameTeam(
  world: World,
  { deliveryId, by, teamId, name }: Change<{ teamId: string; name: string }>,
): Promise<Changed> {
  return await change(world, { deliveryId, by, wish: { kind: 'rename_team', teamId, name } });
}
