import type { AccountId } from '../ledger/accounts.ts';
import { type Action, limitAction, may, RIGHTS } from '../ledger/rights.ts';
import type { Member, State } from '../ledger/state.ts';

/** More names than this do not help anybody. */
const HELPERS_MAX = 3;

/** Who can do something about an account's limit, or what else is said: its managers where they may, and the owners. */
export function helpersFor(state: State, account: AccountId, action: Action = limitAction(account)): string[] {
  const able = inOrder(state).filter(({ memberId }) => may(state, memberId, action, { account }));
  const [managers, owners] = [able.filter(isManager), able.filter((member) => !isManager(member))];
  return [...managers, ...owners].slice(0, HELPERS_MAX).map(({ memberId }) => memberId);
}

/** For each of several accounts: what one person can raise, another may not. */
export const helpersByAccount = (state: State, accounts: readonly AccountId[]): HelpersByAccount =>
  Object.fromEntries(accounts.map((account) => [account, helpersFor(state, account)]));

export type HelpersByAccount = Readonly<Record<string, readonly string[]>>;

/** The members whose role gives them a right, some of them only for what they look after; longest-standing first. */
export function withRight(state: State, action: Action): string[] {
  const of = RIGHTS[action];
  return inOrder(state)
    .filter((member) => of.includes(member.role) || (of.includes('manager_of') && isManager(member)))
    .map(({ memberId }) => memberId);
}

const isManager = ({ role }: Member) => role === 'manager';

const inOrder = ({ members }: State): Member[] =>
  [...members.values()]
    .filter(({ status }) => status === 'active')
    .sort((a, b) => a.since - b.since || a.memberId.localeCompare(b.memberId));
