import { type AccountId, parseAccount } from '../accounts.ts';
import { giverShunnedBy } from '../rights/ceilings.ts';
import type { State } from '../state.ts';
import { type Standing, standings } from './standings.ts';

/**
 * How an account stands for the people who use it, by what a request is held against: extra credits that a person gave
 * themselves are nothing that they can use. Lines state the account itself.
 */
export function usableStandings(state: State, accountId: AccountId, at: number): Standing[] {
  const account = parseAccount(accountId);
  const isOnePersons = account?.kind === 'member' || account?.kind === 'member_in_client';
  return standings(state, accountId, at, isOnePersons ? giverShunnedBy(state, account.memberId) : null);
}
