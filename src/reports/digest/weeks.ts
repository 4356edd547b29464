import { addDays, type Period } from '../usage.ts';

/** A week that is over, and the four before it, oldest first. */
export type Weeks = { week: Period; earlier: readonly Period[] };

export const EARLIER_WEEKS = 4;

/** The last whole week of the workspace before a date. */
export function weeksBefore(today: string, weekStartsOn: number): Weeks {
  const weekday = new Date(Date.parse(today)).getUTCDay();
  const thisWeek = addDays(today, -((weekday - weekStartsOn + 7) % 7));
  const weekFrom = (weeksAgo: number): Period => {
    const fromDate = addDays(thisWeek, -7 * weeksAgo);
    return { fromDate, toDate: addDays(fromDate, 6) };
  };
  return {
    week: weekFrom(1),
    earlier: Array.from({ length: EARLIER_WEEKS }, (_, index) => weekFrom(EARLIER_WEEKS + 1 - index)),
  };
}
