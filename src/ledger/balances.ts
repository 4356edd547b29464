import { type AccountId, AGENCY, accountsOf } from './accounts.ts';
import { standings, useOf } from './limits.ts';
import type { Balance, Facts } from './lines.ts';
import type { State } from './state.ts';

/** Every account that a line's facts touch: those it is found by, and whose balances it carries. */
export function touchedBy(facts: Facts): readonly AccountId[] {
  switch (facts.kind) {
    case 'held':
    case 'captured':
    case 'voided':
    case 'slipped':
      return accountsOf(facts);
    case 'limit_set':
    case 'granted':
      return [facts.account];
    case 'client_created':
    case 'client_renamed':
      return [`client:${facts.clientId}`];
    case 'channel_bound':
      return facts.clientId === null ? [] : [`client:${facts.clientId}`];
    case 'member_added':
    case 'role_set':
      return [`member:${facts.memberId}`];
    case 'workspace_opened':
      return [AGENCY, `member:${facts.ownerId}`];
    case 'refused':
      return facts.accounts;
  }
}

/** What the accounts have after a line, one entry a limit; `total` where an account has none. */
export function balancesAfter(state: State, accounts: readonly AccountId[], at: number): Balance[] {
  const balances: Balance[] = [];
  for (const account of accounts) {
    const limited = standings(state, account, at);
    for (const { key, usedCredits, heldCredits, availableCredits } of limited) {
      balances.push({ account, window: key, usedCredits, heldCredits, availableCredits });
    }
    if (limited.length === 0) balances.push(unlimited(state, account));
  }
  return balances;
}

function unlimited(state: State, account: AccountId): Balance {
  const { usedCredits, heldCredits } = useOf(state, account, 'total');
  return { account, window: 'total', usedCredits, heldCredits, availableCredits: null };
}
