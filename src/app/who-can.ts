import type { AccountId } from '../ledger/accounts.ts';
import { RIGHTS } from '../ledger/rights.ts';
import type { State } from '../ledger/state.ts';

/** More names than this do not help anybody. */
const HELPERS_MAX = 3;

/** Who can do something about an account's limit: for now whoever may set limits, wherever the account is. */
export function helpersFor(state: State, _account: AccountId): string[] {
  return withRight(state, 'set_limit').slice(0, HELPERS_MAX);
}

/** The members whose role gives them a right, longest-standing first. */
export function withRight(state: State, action: keyof typeof RIGHTS): string[] {
  return [...state.members.values()]
    .filter(({ role }) => RIGHTS[action].includes(role))
    .sort((a, b) => a.since - b.since || a.memberId.localeCompare(b.memberId))
    .map(({ memberId }) => memberId);
}
