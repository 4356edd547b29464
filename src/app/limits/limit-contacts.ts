import { type AccountId, clientAccount } from '../../ledger/accounts.ts';
import { byName, clientsByName } from '../../ledger/lists/client-lists.ts';
import { activeWith, byStanding } from '../../ledger/lists/member-lists.ts';
import { type Action, rolesFor } from '../../ledger/rights/actions.ts';
import { limitAction, may } from '../../ledger/rights/rights.ts';
import type { Role } from '../../ledger/roles.ts';
import type { State } from '../../ledger/state.ts';

/** More names than this do not help anybody. */
const HELPERS_MAX = 3;

/** Who can do something about an account's limit, or what else is said: its managers where they may, and the owners. */
export function limitContacts(state: State, account: AccountId, action: Action = limitAction(account)): string[] {
  const helperIds: string[] = [];
  for (const { memberId } of HELPERS.flatMap((role) => activeWith(state, role))) {
    if (helperIds.length === HELPERS_MAX) break;
    if (may(state, memberId, action, { account })) helperIds.push(memberId);
  }
  return helperIds;
}

/** Other people may do nothing about what others use. */
const HELPERS: readonly Role[] = ['manager', 'owner'];

/** For each of several accounts: what one person can raise, another may not. */
export const limitContactsByAccount = (state: State, accounts: readonly AccountId[]): LimitContactsByAccount =>
  Object.fromEntries(accounts.map((account) => [account, limitContacts(state, account)]));

export type LimitContactsByAccount = Readonly<Record<string, readonly string[]>>;

/** The members whose role gives them a right, some of them only for what they look after; longest-standing first. */
export function withRight(state: State, action: Action): string[] {
  return rolesFor(action)
    .flatMap((role) => activeWith(state, role))
    .sort(byStanding)
    .map(({ memberId }) => memberId);
}

/** The clients whose figures a person may see, by name: all for owners; for managers those that they look after. */
export function clientIdsSeenBy(state: State, by: string): readonly string[] {
  if (may(state, by, 'see_agency')) return clientsByName(state.clients);
  const { clientIds = [] } = state.members.get(by)?.manages ?? {};
  return clientIds
    .filter((clientId) => may(state, by, 'see_figures', { account: clientAccount(clientId) }))
    .flatMap((clientId) => state.clients.get(clientId) ?? [])
    .sort(byName)
    .map(({ clientId }) => clientId);
}
