import type { Wish } from '../ledger/commands.ts';
import type { Changed } from './inputs.ts';
import { meet } from './meet.ts';
import type { World } from './world.ts';

/** Somebody's change of the ledger: whether they may is decided there, at the moment it is answered. */
export async function change(
  world: World,
  { deliveryId, by, wish }: { deliveryId: string; by: string; wish: Wish },
): Promise<Changed> {
  await meet(world, by);
  const answer = await world.book.submit({ commandId: deliveryId, by, ...wish });
  return answer.ok ? { ok: true } : { ok: false, refusal: answer.refusal };
}
