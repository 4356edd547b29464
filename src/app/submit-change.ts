import type { Wish } from '../ledger/commands/commands.ts';
import type { World } from './context.ts';
import type { Changed } from './inputs.ts';
import { isNews } from './limits/budget-news.ts';
import { tellOwnersSoon } from './limits/tell-owners.ts';
import { meet } from './people/sync-member.ts';

type Asked = { deliveryId: string; by: string; wish: Wish };

/** Somebody's change of the ledger: whether they may is decided there, at the moment it is answered. Owners may hear of it. */
export async function change(world: World, asked: Asked): Promise<Changed> {
  const { tellOwners, ...changed } = await changeFirst(world, asked);
  await tellOwners();
  return changed;
}

/** As above, for whoever has something more urgent to do than to tell the owners. */
export async function changeFirst(
  world: World,
  { deliveryId, by, wish }: Asked,
): Promise<Changed & { tellOwners: () => Promise<void> }> {
  await meet(world, by);
  const answer = await world.book.submit({ commandId: deliveryId, by, ...wish });
  if (!answer.ok) return { ok: false, refusal: answer.refusal, tellOwners: async () => {} };
  // The person is told that nothing changes.
  const { line } = answer;
  if (line.kind === 'refused') return { ok: false, refusal: line.refusal, tellOwners: async () => {} };
  const isTold = isNews(world.book.now(), line);
  return { ok: true, tellOwners: async () => (isTold ? await tellOwnersSoon(world) : undefined) };
}
