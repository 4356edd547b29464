/** A date on the calendar of the wall. */
export type CivilDate = { year: number; month: number; day: number };

const DAY_MS = 86_400_000;
/** Every offset in use since 1972, and every change of one since 2012, is a multiple of this: no date changes in a slot. */
export const SLOT_MS = 15 * 60_000;

const formatters = new Map<string, Intl.DateTimeFormat>();
const clocks = new Map<string, Intl.DateTimeFormat>();

/** The first instant of a civil date in a time zone, right also where clocks jump at midnight. */
export function dateStartsAt(date: CivilDate, timeZone: string): number {
  const midnightUtc = Date.UTC(date.year, date.month - 1, date.day);
  const wanted = midnightUtc / DAY_MS;
  let before = midnightUtc - DAY_MS;
  let from = midnightUtc + DAY_MS;
  while (from - before > SLOT_MS) {
    const middle = before + Math.ceil((from - before) / 2 / SLOT_MS) * SLOT_MS;
    if (dayNumber(civilDateAt(middle, timeZone)) >= wanted) from = middle;
    else before = middle;
  }
  return from;
}

/** The last millisecond of a date such as `2026-12-01`, as people of that calendar live it; null for what is no date. */
export function dateEndsAt(date: string, { timeZone }: { timeZone: string }): number | null {
  const [, year, month, day] = (/^(\d{4})-(\d\d)-(\d\d)$/.exec(date) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return null;
  const isReal = new Date(Date.UTC(year, month - 1, day)).toISOString().startsWith(date);
  return isReal ? dateStartsAt({ year, month, day: day + 1 }, timeZone) - 1 : null;
}

export function civilDateAt(atMs: number, timeZone: string): CivilDate {
  const parts = formatter(timeZone).formatToParts(atMs);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  return { year: part('year'), month: part('month'), day: part('day') };
}

/** What the clock on the wall shows, such as `08:05`. */
export function timeOfDayAt(atMs: number, timeZone: string): string {
  let found = clocks.get(timeZone);
  if (!found) {
    found = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    clocks.set(timeZone, found);
  }
  return found.format(atMs);
}

function formatter(timeZone: string): Intl.DateTimeFormat {
  let found = formatters.get(timeZone);
  if (!found) {
    found = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
    });
    formatters.set(timeZone, found);
  }
  return found;
}

export function weekStart(date: CivilDate, weekStartsOn: number): CivilDate {
  const days = dayNumber(date);
  const weekday = new Date(days * DAY_MS).getUTCDay();
  const start = new Date((days - ((weekday - weekStartsOn + 7) % 7)) * DAY_MS);
  return { year: start.getUTCFullYear(), month: start.getUTCMonth() + 1, day: start.getUTCDate() };
}

const dayNumber = (date: CivilDate) => Date.UTC(date.year, date.month - 1, date.day) / DAY_MS;

export const isoDate = ({ year, month, day }: CivilDate) =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

/** Whether this machine's calendar data knows the zone. */
export function isTimeZone(timeZone: string): boolean {
  try {
    formatter(timeZone);
    return true;
  } catch {
    return false;
  }
}
