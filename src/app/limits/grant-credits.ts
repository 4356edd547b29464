import type { AccountId } from '../../ledger/accounts.ts';
import { change } from '../change.ts';
import type { Change, Changed } from '../inputs.ts';
import type { World } from '../world.ts';

export type GrantInput = { account: AccountId; amountCredits: number; expiresAt: number | null; reason: string };

/** Credits on top of an account's limits. The delivery names the grant, so that one click is one grant. */
export const grantCredits = (world: World, { deliveryId, by, ...grant }: Change<GrantInput>): Promise<Changed> =>
  change(world, { deliveryId, by, wish: { kind: 'grant', grantId: `g-${deliveryId}`, ...grant } });
