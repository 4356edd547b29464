import { shortHash } from '../../ports/content-hash.ts';
import type { AppContext } from '../context.ts';
import type { ChangeInput, ChangeResult } from '../inputs.ts';
import { submitChange } from '../submit-change.ts';
import { redrawDecidedSoon } from './redraw-decided.ts';

/** A new client. Its id comes from the delivery, so that the same click twice names the same client. */
export async function createClient(
  context: AppContext,
  { deliveryId, by, name }: ChangeInput<{ name: string }>,
): Promise<ChangeResult & { clientId?: string }> {
  const clientId = clientIdFor(deliveryId);
  const changed = await submitChange(context, { deliveryId, by, command: { kind: 'create_client', clientId, name } });
  return changed.ok ? { ...changed, clientId } : changed;
}

export const clientIdFor = (deliveryId: string): string => `c-${shortHash(deliveryId)}`;

export async function renameClient(
  context: AppContext,
  { deliveryId, by, clientId, name }: ChangeInput<{ clientId: string; name: string }>,
): Promise<ChangeResult> {
  const command = { kind: 'rename_client' as const, clientId, name };
  return await andRedraw(context, await submitChange(context, { deliveryId, by, command }));
}

/** Closed, nothing new is held for it or any of its projects; what is being made comes to its end. */
export async function setClientClosed(
  context: AppContext,
  { deliveryId, by, clientId, isClosed }: ChangeInput<{ clientId: string; isClosed: boolean }>,
): Promise<ChangeResult> {
  const command = { kind: isClosed ? ('close_client' as const) : ('reopen_client' as const), clientId };
  return await andRedraw(context, await submitChange(context, { deliveryId, by, command }));
}

/** Draws the greetings and cards in the client's channels again: they name the client and say whether it is open. */
async function andRedraw(context: AppContext, changed: ChangeResult): Promise<ChangeResult> {
  if (changed.ok) await redrawDecidedSoon(context);
  return changed;
}

/** Whether each of its channels gets a digest once a week. */
export async function setClientDigest(
  context: AppContext,
  { deliveryId, by, clientId, isOn }: ChangeInput<{ clientId: string; isOn: boolean }>,
): Promise<ChangeResult> {
  return await submitChange(context, { deliveryId, by, command: { kind: 'set_client_digest', clientId, isOn } });
}
