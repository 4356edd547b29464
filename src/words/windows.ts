import type { Window } from '../ledger/usage/windows.ts';

type WindowForms = {
  /** `Northwind Coffee’s monthly budget`. */
  adjective: string;
  /** `This month ends on Monday`. */
  noun: string;
  /** `500 credits a month`. */
  per: string;
  /** `Credits per month`, on a label. */
  each: string;
  /** `76 credits left this month`. */
  now: string;
  /** `until next month`; null for what has no end. */
  next: string | null;
};

/** All windows that end, where a sentence speaks of the calendar. */
export const PERIODS = 'Days, weeks, months, quarters and years';

/** What the windows are called, wherever people read of them. */
export const WINDOW_WORDS: Readonly<Record<Window, WindowForms>> = {
  day: { adjective: 'daily', noun: 'day', per: 'a day', each: 'per day', now: 'today', next: 'tomorrow' },
  week: { adjective: 'weekly', noun: 'week', per: 'a week', each: 'per week', now: 'this week', next: 'next week' },
  month: {
    adjective: 'monthly',
    noun: 'month',
    per: 'a month',
    each: 'per month',
    now: 'this month',
    next: 'next month',
  },
  quarter: {
    adjective: 'quarterly',
    noun: 'quarter',
    per: 'a quarter',
    each: 'per quarter',
    now: 'this quarter',
    next: 'next quarter',
  },
  year: { adjective: 'yearly', noun: 'year', per: 'a year', each: 'per year', now: 'this year', next: 'next year' },
  total: { adjective: 'total', noun: 'total', per: 'in total', each: 'in total', now: 'in total', next: null },
};
