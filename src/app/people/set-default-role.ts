import type { Role } from '../../ledger/state.ts';
import { change } from '../change.ts';
import type { Change, Changed } from '../inputs.ts';
import type { World } from '../world.ts';

/** The role that full members of the workspace get at first sight, from now on. */
export async function setDefaultRole(world: World, { deliveryId, by, role }: Change<{ role: Role }>): Promise<Changed> {
  return await change(world, {
    deliveryId,
    by,
    wish: { kind: 'set_policy', policy: { name: 'defaultRole', value: role } },
  });
}
