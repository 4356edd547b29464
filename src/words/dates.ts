/** Dates such as `2026-11-26`, as people of the agency live them: without a time zone. */

type Form = 'day' | 'date' | 'month' | 'short' | 'number';

/** Made once: to make one takes twenty times as long as to use it. */
const FORMS: Readonly<Record<Form, Intl.DateTimeFormat>> = {
  day: form({ weekday: 'long', month: 'long', day: 'numeric' }),
  date: form({ month: 'long', day: 'numeric' }),
  month: form({ month: 'long' }),
  short: form({ month: 'short', day: 'numeric' }),
  number: form({ day: 'numeric' }),
};

function form(parts: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', ...parts });
}

const inWords = (date: string, how: Form): string => FORMS[how].format(Date.parse(date));

/** `Thursday, November 26`. */
export const dayWords = (date: string): string => inWords(date, 'day');

/** `November 26`. */
export const dateWords = (date: string): string => inWords(date, 'date');

/** `November`. */
export const monthWords = (date: string): string => inWords(date, 'month');

/** `Nov 26`, below a chart. */
export const shortDate = (date: string): string => inWords(date, 'short');

/** `November 16–22`, or `November 30–December 6`. */
export function spanWords({ fromDate, toDate }: { fromDate: string; toDate: string }): string {
  const isOneMonth = fromDate.slice(0, 7) === toDate.slice(0, 7);
  return `${dateWords(fromDate)}–${isOneMonth ? inWords(toDate, 'number') : dateWords(toDate)}`;
}
