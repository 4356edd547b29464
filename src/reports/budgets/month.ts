import { type Forecast, forecastMonth, type MonthUse } from '../forecast.ts';
import { addDays, datesOf, type Period } from '../usage.ts';
import type { Days } from './days-used.ts';

/** As many earlier months as a forecast looks at. */
export const EARLIER_MONTHS = 12;

/** The month of a date. */
export function monthOf(date: string): Period {
  const fromDate = `${date.slice(0, 7)}-01`;
  const [year = 0, month = 0] = date.split('-').map(Number);
  return { fromDate, toDate: new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10) };
}

type Known = { today: string; forecast: Forecast | null };
/** Kept as long as the days are: a forecast looks at a year, and many readers ask for the same one. */
const known = new WeakMap<Days, Known>();

/**
 * Forecasts the month of a date from its days before that date. Months before the first use are no months of rest: they are
 * left out, and so is the month that use began in.
 */
export function forecastOf(days: Days, today: string): Forecast | null {
  const before = known.get(days);
  if (before?.today === today) return before.forecast;
  const month = monthOf(today);
  const over = datesOf({ fromDate: month.fromDate, toDate: addDays(today, -1) });
  const open = { ...useOf(days, over, month.fromDate), daysCount: datesOf(month).length };
  const forecast = forecastMonth(open, earlierMonths(days, month));
  known.set(days, { today, forecast });
  return forecast;
}

function earlierMonths(days: Days, month: Period): MonthUse[] {
  const firstDate = [...days].reduce((first, [date, credits]) => (credits > 0 && date < first ? date : first), '9999');
  const months: MonthUse[] = [];
  let { fromDate } = month;
  for (let count = 0; count < EARLIER_MONTHS; count += 1) {
    const earlier = monthOf(addDays(fromDate, -1));
    if (earlier.fromDate < firstDate) break;
    months.unshift(useOf(days, datesOf(earlier), earlier.fromDate));
    fromDate = earlier.fromDate;
  }
  return months;
}

const useOf = (days: Days, dates: readonly string[], fromDate: string): MonthUse => ({
  firstWeekday: new Date(Date.parse(fromDate)).getUTCDay(),
  dailyCredits: dates.map((date) => days.get(date) ?? 0),
});
