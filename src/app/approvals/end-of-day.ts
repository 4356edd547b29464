import { dateEndsAt } from '../../ledger/usage/civil-dates.ts';
import type { Calendar } from '../../ledger/usage/windows.ts';

/** When a date, as `2026-11-27`, is over in a calendar; null for what is no date. */
export function endOfDay(date: string, calendar: Calendar): number | null {
  const lastMs = dateEndsAt(date, calendar);
  return lastMs === null ? null : lastMs + 1;
}
