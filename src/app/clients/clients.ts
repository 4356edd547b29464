import { contentHash } from '../../ports/content-hash.ts';
import type { World } from '../context.ts';
import type { Change, Changed } from '../inputs.ts';
import { change } from '../submit-change.ts';

/** A new client. Its id comes from the delivery, so that the same click twice names the same client. */
export async function createClient(
  world: World,
  { deliveryId, by, name }: Change<{ name: string }>,
): Promise<Changed & { clientId?: string }> {
  const clientId = `c-${contentHash(deliveryId)
    .replace(/[^a-zA-Z0-9]/g, '')
    .slice(0, 10)
    .toLowerCase()}`;
  const changed = await change(world, { deliveryId, by, wish: { kind: 'create_client', clientId, name } });
  return changed.ok ? { ...changed, clientId } : changed;
}

export async function renameClient(
  world: World,
  { deliveryId, by, clientId, name }: Change<{ clientId: string; name: string }>,
): Promise<Changed> {
  return await change(world, { deliveryId, by, wish: { kind: 'rename_client', clientId, name } });
}

/** Closed, nothing new is held for it or any of its projects; what is being made comes to its end. */
export async function setClientClosed(
  world: World,
  { deliveryId, by, clientId, isClosed }: Change<{ clientId: string; isClosed: boolean }>,
): Promise<Changed> {
  return await change(world, { deliveryId, by, wish: { kind: isClosed ? 'close_client' : 'reopen_client', clientId } });
}
