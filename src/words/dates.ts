/** Dates such as `2026-11-26`, as people of the agency live them: without a time zone. */

const inWords = (date: string, how: Intl.DateTimeFormatOptions) =>
  new Date(Date.parse(date)).toLocaleDateString('en-US', { timeZone: 'UTC', ...how });

/** `Thursday, November 26`. */
export const dayWords = (date: string): string => inWords(date, { weekday: 'long', month: 'long', day: 'numeric' });

/** `November 26`. */
export const dateWords = (date: string): string => inWords(date, { month: 'long', day: 'numeric' });

/** `November`. */
export const monthWords = (date: string): string => inWords(date, { month: 'long' });

/** `Nov 26`, below a chart. */
export const shortDate = (date: string): string => inWords(date, { month: 'short', day: 'numeric' });

/** `November 16–22`, or `November 30–December 6`. */
export function spanWords({ fromDate, toDate }: { fromDate: string; toDate: string }): string {
  const isOneMonth = fromDate.slice(0, 7) === toDate.slice(0, 7);
  return `${dateWords(fromDate)}–${isOneMonth ? inWords(toDate, { day: 'numeric' }) : dateWords(toDate)}`;
}
