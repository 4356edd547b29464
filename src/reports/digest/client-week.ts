import { clientAccount } from '../../ledger/accounts.ts';
import type { State } from '../../ledger/state.ts';
import type { Cell } from '../../ledger/tally/tally.ts';
import { type Budget, budgetOf, type Moment } from '../budgets/budget.ts';
import { type DaysUsed, daysOf, meanOf, usedIn } from '../budgets/days-used.ts';
import { datesOf, type Period, sumOfCells, type Usage } from '../usage.ts';
import type { Weeks } from './weeks.ts';

/** One client's line in a digest. */
export type ClientWeek = {
  clientId: string;
  name: string;
  week: Usage;
  /** Credits of the four weeks before, oldest first. */
  earlierCredits: readonly number[];
  usualCredits: number;
  budget: Budget | null;
};

export function clientWeek(
  state: State,
  clientId: string,
  { weeks, used, cells, moment }: { weeks: Weeks; used: DaysUsed; cells: CellsByClient; moment: Moment },
): ClientWeek {
  const account = clientAccount(clientId);
  const days = daysOf(used, account);
  const earlierCredits = weeks.earlier.map((period) => usedIn(days, period));
  return {
    clientId,
    name: state.clients.get(clientId)?.name ?? '',
    week: sumOfCells(cells.get(clientId) ?? []),
    earlierCredits,
    usualCredits: Math.round(meanOf(earlierCredits)),
    budget: budgetOf(state, account, days, moment),
  };
}

export type CellsByClient = ReadonlyMap<string, readonly Cell[]>;

export function cellsByClient({ tally }: Pick<State, 'tally'>, period: Period): CellsByClient {
  const cells = new Map<string, Cell[]>();
  for (const date of datesOf(period)) {
    for (const cell of tally.get(date) ?? []) {
      const ofClient = cells.get(cell.clientId);
      if (ofClient) ofClient.push(cell);
      else cells.set(cell.clientId, [cell]);
    }
  }
  return cells;
}
