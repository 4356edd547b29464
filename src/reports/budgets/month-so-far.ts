import { type AccountId, AGENCY, clientAccount } from '../../ledger/accounts.ts';
import type { State } from '../../ledger/state.ts';
import { standings } from '../../ledger/usage/standings.ts';
import type { Forecast } from '../forecast.ts';
import { datesOf } from '../usage.ts';
import type { Days } from './days-used.ts';
import { monthOf } from './month.ts';

/** A month by day: `used` of its days so far. */
export type MonthSoFar = {
  dates: readonly string[];
  used: readonly number[];
  /** Null where the month is over, or nothing can be said yet. */
  forecast: Forecast | null;
  budgetCredits: number | null;
};

type Given = { lastDate: string; forecast(): Forecast | null; budgetCredits: number | null };

/** The month of the last date whose use counts. Null where nothing was used in it. */
export function monthSoFar(days: Days, { lastDate, forecast, budgetCredits }: Given): MonthSoFar | null {
  const month = monthOf(lastDate);
  const used = datesOf({ fromDate: month.fromDate, toDate: lastDate }).map((date) => days.get(date) ?? 0);
  if (used.every((credits) => credits === 0)) return null;
  const isOver = month.toDate === lastDate;
  return { dates: datesOf(month), used, forecast: isOver ? null : forecast(), budgetCredits };
}

/** The agency's month, else what all clients have together; null where one of them has no end. */
export function budgetOfMonth(
  state: State,
  clientIds: readonly string[],
  { at, isAll }: { at: number; isAll: boolean },
): number | null {
  const wholeOf = (account: AccountId) => {
    const month = standings(state, account, at).find(({ window }) => window === 'month');
    return month ? month.balanceCredits + month.usedCredits : null;
  };
  const agency = isAll ? wholeOf(AGENCY) : null;
  if (agency !== null || clientIds.length === 0) return agency;
  return clientIds.map(clientAccount).reduce<number | null>((sum, account) => {
    const whole = wholeOf(account);
    return sum === null || whole === null ? null : sum + whole;
  }, 0);
}
