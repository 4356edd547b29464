import type { BudgetChange } from '../app/limits/recent-changes.ts';
import { accountParts } from './accounts.ts';
import { forRequest, raisedFrom, toApprove } from './describe-limits.ts';
import { credits, extraCredits } from './figures.ts';
import { limitWords } from './limits.ts';
import { because, type Part, until } from './parts.ts';
import { WINDOW_WORDS } from './windows.ts';

/** Says what changed of one account's budget, where the account is named above. */
export function describeBudgetChange(change: BudgetChange): Part[] {
  switch (change.kind) {
    case 'limit_set':
      return [limitWords(change)];
    case 'granted':
      return [extraCredits(change.amountCredits), ...until(change.expiresAt), ...because(change.reason)];
    case 'raised': {
      const { window, fromCredits, toCredits, memberId } = change;
      const limit = limitWords({ window, limitCredits: toCredits, from: raisedFrom(fromCredits) });
      return [limit, ...toApprove(memberId)];
    }
    case 'granted_to_request': {
      const { how, amountCredits, expiresAt, memberId } = change;
      return [extraCredits(amountCredits), ...forRequest(how === 'once' ? null : expiresAt, memberId)];
    }
    case 'budget_moved': {
      const { isAway, amountCredits, other, window } = change;
      const where = other ? accountParts(other, 'Inside') : ['an account you don’t manage'];
      return [
        `${credits(amountCredits)} moved ${isAway ? 'away to' : 'here from'} `,
        ...where,
        `, ${WINDOW_WORDS[window].now}`,
      ];
    }
  }
}
