import type { AccountId } from '../../ledger/accounts.ts';
import { type Refusal, refuse } from '../../ledger/refusals.ts';
import { type Action, rolesFor } from '../../ledger/rights/actions.ts';
import { checkRight } from '../../ledger/rights/rights.ts';
import type { State } from '../../ledger/state.ts';
import type { AppContext } from '../context.ts';

export type AuthorizedView = { ok: true; state: State; at: number } | { ok: false; refusal: Refusal };

/**
 * The agency's figures for a person who may see them now: by the ledger's rights, and only for people of the agency. One who has
 * become a guest since they were appointed sees none of them.
 */
export async function authorizeView(
  context: AppContext,
  { by, action, account = null }: { by: string; action: Action; account?: AccountId | null },
): Promise<AuthorizedView> {
  const audience = await context.channels.audience(null, by);
  const state = await context.book.read();
  const at = Math.max(context.clock.now(), state.lastAt);
  const refused = checkRight(state, by, action, { account, at });
  if (refused) return refused;
  if (audience === 'internal') return { ok: true, state, at };
  const role = state.members.get(by)?.role ?? null;
  return refuse({ reason: 'not_allowed', action, role, roles: rolesFor(action), account });
}
