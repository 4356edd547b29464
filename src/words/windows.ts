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
  total: { adjective: 'total', noun: 'total', per: 'in total', each: 'in total', now: 'in total', next: null },
};
