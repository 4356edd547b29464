import { clientAccount } from '../ledger/accounts.ts';
import type { State } from '../ledger/state.ts';
import { usageOf } from '../ledger/usage/standings.ts';
import { windowKeysAt } from '../ledger/usage/windows.ts';
import { type Budget, budgetOf, type Moment } from './budgets/budget.ts';
import { type DaysUsed, daysOf } from './budgets/days-used.ts';

/** One client against its budget. */
export type ClientPace = {
  clientId: string;
  name: string;
  usedThisMonthCredits: number;
  budget: Budget | null;
};

type Given = { clientIds: readonly string[]; used: DaysUsed; moment: Moment };

/**
 * Orders open clients: first those that will have used most of their budget by its end, at this pace. Those without a budget
 * come last, the largest first.
 */
export function clientsByPace(state: State, { clientIds, used, moment }: Given): ClientPace[] {
  const { settings } = state;
  if (!settings) return [];
  const { month } = windowKeysAt(moment.at, settings);
  return clientIds
    .flatMap((clientId): (ClientPace & { share: number })[] => {
      const client = state.clients.get(clientId);
      if (!client || client.closedAt !== null) return [];
      const account = clientAccount(clientId);
      const budget = budgetOf(state, account, daysOf(used, account), moment);
      const { usedCredits } = usageOf(state, account, month);
      return [{ clientId, name: client.name, usedThisMonthCredits: usedCredits, budget, share: shareAtEnd(budget) }];
    })
    .sort(
      (a, b) =>
        (a.share === b.share ? 0 : b.share - a.share) ||
        b.usedThisMonthCredits - a.usedThisMonthCredits ||
        byText(a.name, b.name),
    )
    .map(({ share: _, ...pace }) => pace);
}

/** Which part of a budget will have been used by its end; where that is not forecast, as if all days were alike. */
function shareAtEnd(budget: Budget | null): number {
  if (!budget) return -1;
  const { wholeCredits, usedCredits, expectedCredits, forecast } = budget;
  if (wholeCredits <= 0) return usedCredits > 0 ? Number.POSITIVE_INFINITY : 0;
  const straight = expectedCredits ? (usedCredits / expectedCredits) * wholeCredits : usedCredits;
  return Math.max(usedCredits, forecast?.credits ?? straight) / wholeCredits;
}

const byText = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
