import { type ChangedCalendar, changedEndsAt, changedKeysAt } from './calendar-changes.ts';

/**
 * A window is a stretch of the workspace's own calendar; its key is computed from the time, so nothing has to run at
 * midnight for a new day's allowance to begin.
 */
export type Window = 'day' | 'week' | 'month' | 'total';

export const WINDOWS: readonly Window[] = ['day', 'week', 'month', 'total'];

export type Calendar = {
  /** IANA name, such as `Europe/Berlin`. */
  timeZone: string;
  /** 0 is Sunday, 1 Monday … 6 Saturday. */
  weekStartsOn: number;
};

/** One key for each window: `day:2026-11-23`, `week:2026-11-23` (its first day), `month:2026-11`, `total`. */
export type WindowKeys = Readonly<Record<Window, string>>;

type CivilDate = { year: number; month: number; day: number };

const DAY_MS = 86_400_000;
/** Every offset in use since 1972, and every change of one since 2012, is a multiple of this: no date changes in a slot. */
const SLOT_MS = 15 * 60_000;
const KEYS_REMEMBERED_MAX = 4_096;

const formatters = new Map<string, Intl.DateTimeFormat>();
const calendars = new Map<string, Remembered[]>();

/** What was found of one calendar: keys by slot, ends by key. */
type Remembered = { keys: Map<number, WindowKeys>; ends: Map<string, number> };

function rememberedOf({ timeZone, weekStartsOn }: Calendar): Remembered {
  let ofZone = calendars.get(timeZone);
  if (!ofZone) {
    ofZone = [];
    calendars.set(timeZone, ofZone);
  }
  ofZone[weekStartsOn] ??= { keys: new Map(), ends: new Map() };
  return ofZone[weekStartsOn];
}

/** Remembers what it found, once a slot: to ask the calendar costs more than all the rest of a decision. */
export function windowKeysAt(atMs: number, calendar: ChangedCalendar): WindowKeys {
  if (calendar.turns) return changedKeysAt(calendar.turns, atMs, windowKeysAt);
  const ofSlots = rememberedOf(calendar).keys;
  const slot = Math.floor(atMs / SLOT_MS);
  const known = ofSlots.get(slot);
  if (known) return known;
  const keys = computeKeys(atMs, calendar, ofSlots);
  if (ofSlots.size >= KEYS_REMEMBERED_MAX) ofSlots.clear();
  ofSlots.set(slot, keys);
  return keys;
}

/** The same object all day, so that to compare two keys is mostly to compare two addresses. */
function computeKeys(atMs: number, calendar: Calendar, ofSlots: ReadonlyMap<number, WindowKeys>): WindowKeys {
  const date = civilDateAt(atMs, calendar.timeZone);
  const day = `day:${isoDate(date)}`;
  const before = ofSlots.get(Math.floor(atMs / SLOT_MS) - 1);
  if (before?.day === day) return before;
  return {
    day,
    week: `week:${isoDate(weekStart(date, calendar.weekStartsOn))}`,
    month: `month:${isoDate(date).slice(0, -3)}`,
    total: 'total',
  };
}

/** Whether a window begins after another one of its kind. */
export function isLaterKey(key: string, than: string): boolean {
  const [[date, count], [otherDate, otherCount]] = [parted(key), parted(than)];
  if (date === otherDate) return count > otherCount;
  return date.length === otherDate.length ? date > otherDate : date.length > otherDate.length;
}

/** After a change of the calendar a second window may have the date of the first: `day:2026-11-23/2`. */
function parted(key: string): [date: string, count: number] {
  const [date = '', count = '1'] = key.split('/');
  return [date, Number(count)];
}

/** Of each kind of window the earlier one. */
export const earlierOf = (keys: WindowKeys, others: WindowKeys): WindowKeys => {
  const earlier = (window: Window) => (isLaterKey(keys[window], others[window]) ? others[window] : keys[window]);
  return { day: earlier('day'), week: earlier('week'), month: earlier('month'), total: 'total' };
};

/** The key of the month before a month's; null for any other window's key. */
export function previousMonth(key: string): string | null {
  const [, year, month] = /^month:(\d{4,})-(\d\d)$/.exec(key) ?? [];
  if (!year || !month) return null;
  const [beforeYear, beforeMonth] = month === '01' ? [Number(year) - 1, 12] : [Number(year), Number(month) - 1];
  return `month:${String(beforeYear).padStart(4, '0')}-${String(beforeMonth).padStart(2, '0')}`;
}

/**
 * When the window that contains `atMs` ends and the next one begins; null for `total`, which never does. Remembered for
 * as long as the window lasts: a flood of refusals asks for the same few again and again.
 */
export function windowEndsAt(window: Window, atMs: number, calendar: ChangedCalendar): number | null {
  if (window === 'total') return null;
  const { turns } = calendar;
  return turns
    ? changedEndsAt(turns, { window, atMs }, (unturned) => endIn(window, atMs, unturned))
    : endIn(window, atMs, calendar);
}

function endIn(window: Exclude<Window, 'total'>, atMs: number, calendar: Calendar): number {
  const { ends } = rememberedOf(calendar);
  const key = windowKeysAt(atMs, calendar)[window];
  const known = ends.get(key);
  if (known !== undefined) return known;
  const endsAt = computeEnd(window, atMs, calendar);
  if (ends.size >= KEYS_REMEMBERED_MAX) ends.clear();
  ends.set(key, endsAt);
  return endsAt;
}

function computeEnd(window: Exclude<Window, 'total'>, atMs: number, calendar: Calendar): number {
  const date = civilDateAt(atMs, calendar.timeZone);
  const first =
    window === 'day' ? date : window === 'week' ? weekStart(date, calendar.weekStartsOn) : { ...date, day: 1 };
  const next =
    window === 'month'
      ? { year: first.year, month: first.month + 1, day: 1 }
      : { ...first, day: first.day + (window === 'day' ? 1 : 7) };
  return dateStartsAt(next, calendar.timeZone);
}

/** The last millisecond of a date such as `2026-12-01`, as people of that calendar live it; null for what is no date. */
export function dateEndsAt(date: string, { timeZone }: Calendar): number | null {
  const [, year, month, day] = (/^(\d{4})-(\d\d)-(\d\d)$/.exec(date) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return null;
  const isReal = new Date(Date.UTC(year, month - 1, day)).toISOString().startsWith(date);
  return isReal ? dateStartsAt({ year, month, day: day + 1 }, timeZone) - 1 : null;
}

/** The date of a moment, such as `2026-12-01`: of the calendar on the wall, whatever windows still run from before. */
export const dateAt = (atMs: number, { timeZone, weekStartsOn }: Calendar): string =>
  windowKeysAt(atMs, { timeZone, weekStartsOn }).day.slice('day:'.length);

/** The first instant of a civil date in a time zone, right also where clocks jump at midnight. */
function dateStartsAt(date: CivilDate, timeZone: string): number {
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

function civilDateAt(atMs: number, timeZone: string): CivilDate {
  const parts = formatter(timeZone).formatToParts(atMs);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  return { year: part('year'), month: part('month'), day: part('day') };
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

function weekStart(date: CivilDate, weekStartsOn: number): CivilDate {
  const days = dayNumber(date);
  const weekday = new Date(days * DAY_MS).getUTCDay();
  const start = new Date((days - ((weekday - weekStartsOn + 7) % 7)) * DAY_MS);
  return { year: start.getUTCFullYear(), month: start.getUTCMonth() + 1, day: start.getUTCDate() };
}

const dayNumber = (date: CivilDate) => Date.UTC(date.year, date.month - 1, date.day) / DAY_MS;

const isoDate = ({ year, month, day }: CivilDate) =>
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
