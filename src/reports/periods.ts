import { addDays, type Period } from './usage.ts';

/** A period, as people call it: `last month`, `2026-10`, `1 October to 7 October`. */
export type NamedPeriod = Period & { label: string };

/** `today`: the date that the workspace's calendar shows. `weekStartsOn`: 0 is Sunday. */
export type Today = { today: string; weekStartsOn: number };

type Unit = 'week' | 'month' | 'quarter' | 'year';

const DATE = String.raw`\d{4}-\d{2}-\d{2}`;
const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
] as const;

/** The forms that a period is typed in, the longest first. */
const FORMS: readonly { pattern: RegExp; period(found: readonly string[], now: Today): Period | null }[] = [
  {
    pattern: new RegExp(String.raw`(${DATE})\s*(?:\.\.+|…|to|until|[-–—])\s*(${DATE})`),
    period: ([, fromDate = '', toDate = '']) =>
      isDate(fromDate) && isDate(toDate) && fromDate <= toDate ? { fromDate, toDate } : null,
  },
  { pattern: new RegExp(DATE), period: ([date = '']) => (isDate(date) ? { fromDate: date, toDate: date } : null) },
  { pattern: /(\d{4})-(\d{2})/, period: ([month = '']) => (isDate(`${month}-01`) ? monthOf(`${month}-01`) : null) },
  { pattern: /(\d{4})-?q([1-4])/, period: ([, year = '', quarter = '']) => quarterOf(year, Number(quarter)) },
  { pattern: /20\d{2}/, period: ([year = '']) => ({ fromDate: `${year}-01-01`, toDate: `${year}-12-31` }) },
  {
    pattern: /(this|last|previous) (week|month|quarter|year)/,
    period: ([, which, unit], now) => unitPeriod(unit as Unit, which === 'this' ? 0 : -1, now),
  },
  {
    pattern: new RegExp(
      `(${MONTHS.map((month) => `${month.slice(0, 3)}(?:${month.slice(3)})?`).join('|')})\\.?(?: (\\d{4}))?`,
    ),
    period: ([, month = '', year], now) => namedMonth(month, year || null, now),
  },
  {
    pattern: /(?:last|past) (\d{1,3}) days?/,
    period: ([, days = ''], { today }) =>
      Number(days) > 0 ? { fromDate: addDays(today, 1 - Number(days)), toDate: today } : null,
  },
  { pattern: /today/, period: (_, { today }) => ({ fromDate: today, toDate: today }) },
  {
    pattern: /yesterday/,
    period: (_, { today }) => ({ fromDate: addDays(today, -1), toDate: addDays(today, -1) }),
  },
];

/**
 * Cuts a period out of what was typed: at its end, or else at its beginning, so that a client's name may hold a year. Null
 * where there is none. `rest` is what is left.
 */
export function cutPeriod(typed: string, now: Today): { period: NamedPeriod; rest: string } | null {
  const text = typed.trim();
  return cutAt(text, now, 'end') ?? cutAt(text, now, 'beginning');
}

function cutAt(text: string, now: Today, where: 'end' | 'beginning') {
  for (const { pattern, period } of FORMS) {
    const { source } = pattern;
    const found = new RegExp(where === 'end' ? `(?:^|\\s)${source}$` : `^${source}(?=\\s|$)`, 'i').exec(text);
    const named = found && period([found[0].trim(), ...found.slice(1)].map(lower), now);
    if (!found || !named) continue;
    const rest = where === 'end' ? text.slice(0, found.index) : text.slice(found[0].length);
    return { period: { ...named, label: periodWords(named, now) }, rest: rest.trim() };
  }
  return null;
}

export const thisMonth = (now: Today): NamedPeriod => {
  const period = monthOf(now.today);
  return { ...period, label: periodWords(period, now) };
};

/** The days just before a period, as many as it has so far: what it is compared with. */
export function periodBefore({ fromDate, toDate }: Period, { today }: Today): Period {
  const lastDate = toDate > today && fromDate <= today ? today : toDate;
  const days = Math.round((Date.parse(lastDate) - Date.parse(fromDate)) / DAY_MS) + 1;
  return { fromDate: addDays(fromDate, -days), toDate: addDays(fromDate, -1) };
}

/** `today`, `November 2026`, `2026`, or `Nov 2 – Nov 8, 2026`. */
export function periodWords({ fromDate, toDate }: Period, { today }: Today): string {
  if (fromDate === toDate) return fromDate === today ? 'today' : dateWords(fromDate, { month: 'long', year: true });
  if (isSame({ fromDate, toDate }, monthOf(fromDate))) return format(fromDate, { month: 'long', year: 'numeric' });
  if (fromDate.endsWith('-01-01') && toDate === `${fromDate.slice(0, 4)}-12-31`) return fromDate.slice(0, 4);
  const sameYear = fromDate.slice(0, 4) === toDate.slice(0, 4);
  return `${dateWords(fromDate, { month: 'short', year: !sameYear })} – ${dateWords(toDate, { month: 'short', year: true })}`;
}

const DAY_MS = 86_400_000;
const lower = (text: string | undefined) => (text ?? '').toLowerCase();
const isSame = (one: Period, other: Period) => one.fromDate === other.fromDate && one.toDate === other.toDate;

function isDate(date: string): boolean {
  const at = Date.parse(date);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === date;
}

function unitPeriod(unit: Unit, offset: 0 | -1, { today, weekStartsOn }: Today): Period {
  const [year = 0, month = 1] = today.split('-').map(Number);
  switch (unit) {
    case 'week': {
      const weekday = new Date(today).getUTCDay();
      const fromDate = addDays(today, offset * 7 - ((weekday - weekStartsOn + 7) % 7));
      return { fromDate, toDate: addDays(fromDate, 6) };
    }
    case 'month':
      return monthOf(iso(year, month + offset));
    case 'quarter': {
      const quarter = Math.ceil(month / 3) + offset;
      return quarter === 0 ? quarterOf(String(year - 1), 4) : quarterOf(String(year), quarter);
    }
    case 'year':
      return { fromDate: `${year + offset}-01-01`, toDate: `${year + offset}-12-31` };
  }
}

/** Without a year it is the latest that has begun. */
function namedMonth(named: string, year: string | null, { today }: Today): Period {
  const month = MONTHS.findIndex((each) => each.startsWith(named.slice(0, 3))) + 1;
  const [thisYear = 0, thisMonth = 1] = today.split('-').map(Number);
  return monthOf(iso(year === null ? thisYear - (month > thisMonth ? 1 : 0) : Number(year), month));
}

function monthOf(date: string): Period {
  const [year = 0, month = 1] = date.split('-').map(Number);
  return { fromDate: iso(year, month), toDate: addDays(iso(year, month + 1), -1) };
}

const quarterOf = (year: string, quarter: number): Period => ({
  fromDate: iso(Number(year), quarter * 3 - 2),
  toDate: addDays(iso(Number(year), quarter * 3 + 1), -1),
});

/** The first day of a month, which may be counted on into other years. */
const iso = (year: number, month: number) => new Date(Date.UTC(year, month - 1, 1)).toISOString().slice(0, 10);

const format = (date: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', ...options }).format(Date.parse(date));

const dateWords = (date: string, { month, year }: { month: 'short' | 'long'; year: boolean }) =>
  format(date, { month, day: 'numeric', ...(year ? { year: 'numeric' } : {}) });
