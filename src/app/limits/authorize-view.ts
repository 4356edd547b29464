import type { AccountId } from '../../ledger/accounts.ts';
import { type Refusal, refuse } from '../../ledger/refusals.ts';
import { type Action, checkRight, rolesFor } from '../../ledger/rights/rights.ts';
import type { State } from '../../ledger/state.ts';
import type { World } from '../context.ts';
import { meet } from '../people/sync-member.ts';

export type Inside = { ok: true; state: State; at: number } | { ok: false; refusal: Refusal };

/**
 * The agency's figures for whoever may, now: by the ledger's rights, and only for people of the agency itself. Whoever has
 * become a guest since they were appointed sees none of them.
 */
export async function lookInside(
  world: World,
  { by, action, account = null }: { by: string; action: Action; account?: AccountId | null },
): Promise<Inside> {
  await meet(world, by);
  const face = await world.channels.face(null, by);
  const state = await world.book.read();
  const at = Math.max(world.clock.now(), state.lastAt);
  const refused = checkRight(state, by, action, { account, at });
  if (refused) return refused;
  if (face === 'internal') return { ok: true, state, at };
  const role = state.members.get(by)?.role ?? null;
  return refuse({ reason: 'not_allowed', action, role, roles: rolesFor(action), account });
}
