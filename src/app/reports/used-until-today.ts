import type { State } from '../../ledger/state.ts';
import { dateOf } from '../../ledger/tally/blocked.ts';
import { windowKeysAt } from '../../ledger/usage/windows.ts';
import { type DaysUsed, daysUsed } from '../../reports/budgets/days-used.ts';
import { addDays } from '../../reports/usage.ts';

/** A forecast looks at thirteen months. */
const HISTORY_DAYS = 31 * 13;

/** By what is of one workspace and one process. */
const known = new WeakMap<object, { date: string; days: DaysUsed }>();

/** Credits by day and account. Added up once a day: a pace is that of the days that are over. */
export function usedUntilToday(of: object, state: State, at: number): DaysUsed {
  if (!state.settings) return new Map();
  const date = dateOf(windowKeysAt(at, state.settings));
  const before = known.get(of);
  if (before?.date === date) return before.days;
  const days = daysUsed(state, { fromDate: addDays(date, -HISTORY_DAYS), toDate: addDays(date, -1) });
  known.set(of, { date, days });
  return days;
}
