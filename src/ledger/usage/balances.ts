import type { AccountId } from '../accounts.ts';
import type { Balance } from '../lines.ts';
import type { State } from '../state.ts';
import { standings, usageOf } from './standings.ts';

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
  const { usedCredits, heldCredits } = usageOf(state, account, 'total');
  return { account, window: 'total', usedCredits, heldCredits, availableCredits: null };
}
