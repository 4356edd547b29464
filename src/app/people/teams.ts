import { contentHash } from '../../ports/content-hash.ts';
import type { AppContext } from '../context.ts';
import type { ChangeInput, ChangeResult } from '../inputs.ts';
import { submitChange } from '../submit-change.ts';

/** A new team. Its id comes from the delivery, so that the same click twice names the same team. */
export async function createTeam(
  context: AppContext,
  { deliveryId, by, name }: ChangeInput<{ name: string }>,
): Promise<ChangeResult & { teamId?: string }> {
  const letters = contentHash(deliveryId).replace(/[^a-zA-Z0-9]/g, '');
  const teamId = `t-${letters.slice(0, 10).toLowerCase()}`;
  const changed = await submitChange(context, { deliveryId, by, wish: { kind: 'create_team', teamId, name } });
  return changed.ok ? { ...changed, teamId } : changed;
}

export async function renameTeam(
  context: AppContext,
  { deliveryId, by, teamId, name }: ChangeInput<{ teamId: string; name: string }>,
): Promise<ChangeResult> {
  return await submitChange(context, { deliveryId, by, wish: { kind: 'rename_team', teamId, name } });
}
