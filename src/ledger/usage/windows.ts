import { type CivilDate, civilDateAt, dateStartsAt, isoDate, SLOT_MS, weekStart } from './civil-dates.ts';

/**
 * A window is a stretch of the workspace's own calendar; its key is computed from the time, so nothing has to run at
 * midnight for a new day's allowance to begin. From the shortest to the longest.
 */
export const WINDOWS = ['day', 'week', 'month', 'quarter', 'year', 'total'] as const;
export type Window = (typeof WINDOWS)[number];

/** The kinds of windows that end. */
export type Ending = Exclude<Window, 'total'>;
export const ENDINGS = ['day', 'week', 'month', 'quarter', 'year'] as const satisfies readonly Ending[];

/** Whether credits that a window left can be used in the next one: what an agency carries over is a month's. */
export const ROLLS_OVER: Readonly<Record<Window, boolean>> = {
  day: false,
  week: false,
  month: true,
  quarter: false,
  year: false,
  total: false,
};

export type Calendar = {
  /** IANA name, such as `Europe/Berlin`. */
  timeZone: string;
  /** 0 is Sunday, 1 Monday … 6 Saturday. */
  weekStartsOn: number;
};

/** `day:2026-11-23`, `week:2026-11-23` (its first day), `month:2026-11`, `quarter:2026-Q4`, `year:2026`, `total`. */
export type WindowKeys = Readonly<Record<Window, string>>;

/**
 * From `fromAt` on, when the window that ran at the change had ended as announced, windows of one kind follow another
 * calendar. The first of them lasts until `endsAt`, and has `key`.
 */
export type CalendarChange = { fromAt: number; endsAt: number; key: string; to: Calendar };

/** Of each kind of window: the calendar before the turns that are kept, and the turns, oldest first. */
export type CalendarChanges = Readonly<Record<Ending, { from: Calendar; turns: readonly CalendarChange[] }>>;

/** A calendar that was changed, with what its windows were and will be meanwhile. */
export type ChangedCalendar = Calendar & { turns?: CalendarChanges };

const KEYS_REMEMBERED_MAX = 4_096;
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
  if (calendar.turns) return changedKeysAt(calendar.turns, atMs);
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
  const [year] = isoDate(date).split('-');
  return {
    day,
    week: `week:${isoDate(weekStart(date, calendar.weekStartsOn))}`,
    month: `month:${isoDate(date).slice(0, -3)}`,
    quarter: `quarter:${year}-Q${Math.ceil(date.month / 3)}`,
    year: `year:${year}`,
    total: 'total',
  };
}

/** The date of a moment, such as `2026-12-01`: of the calendar on the wall, whatever windows still run from before. */
export const dateAt = (atMs: number, { timeZone, weekStartsOn }: Calendar): string =>
  windowKeysAt(atMs, { timeZone, weekStartsOn }).day.slice('day:'.length);

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
export const earlierOf = (keys: WindowKeys, others: WindowKeys): WindowKeys =>
  keysOf((window) => (isLaterKey(keys[window], others[window]) ? others[window] : keys[window]));

const keysOf = (key: (window: Ending) => string): WindowKeys => ({
  day: key('day'),
  week: key('week'),
  month: key('month'),
  quarter: key('quarter'),
  year: key('year'),
  total: 'total',
});

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
export function windowEndsAt(window: Ending, atMs: number, calendar: ChangedCalendar): number;
export function windowEndsAt(window: Window, atMs: number, calendar: ChangedCalendar): number | null;
export function windowEndsAt(window: Window, atMs: number, calendar: ChangedCalendar): number | null {
  if (window === 'total') return null;
  if (!calendar.turns) return endIn(window, atMs, calendar);
  const { calendar: present, first, next } = inForce(calendar.turns, window, atMs);
  if (first) return first.endsAt;
  const end = endIn(window, atMs, present);
  return next ? Math.min(end, next.fromAt) : end;
}

function endIn(window: Ending, atMs: number, calendar: Calendar): number {
  const { ends } = rememberedOf(calendar);
  const key = windowKeysAt(atMs, calendar)[window];
  const known = ends.get(key);
  if (known !== undefined) return known;
  const date = civilDateAt(atMs, calendar.timeZone);
  const endsAt = dateStartsAt(firstDateAfter(window, date, calendar), calendar.timeZone);
  if (ends.size >= KEYS_REMEMBERED_MAX) ends.clear();
  ends.set(key, endsAt);
  return endsAt;
}

/** The first date of the next window. Days and months may be too many: the calendar carries them over. */
function firstDateAfter(window: Ending, date: CivilDate, { weekStartsOn }: Calendar): CivilDate {
  const { year, month, day } = date;
  switch (window) {
    case 'day':
      return { year, month, day: day + 1 };
    case 'week': {
      const first = weekStart(date, weekStartsOn);
      return { ...first, day: first.day + 7 };
    }
    case 'month':
      return { year, month: month + 1, day: 1 };
    case 'quarter':
      return { year, month: Math.ceil(month / 3) * 3 + 1, day: 1 };
    case 'year':
      return { year: year + 1, month: 1, day: 1 };
  }
}

function changedKeysAt(turns: CalendarChanges, atMs: number): WindowKeys {
  const keys = keysOf((window) => {
    const { calendar, first } = inForce(turns, window, atMs);
    return first ? first.key : windowKeysAt(atMs, calendar)[window];
  });
  const usual = windowKeysAt(atMs, inForce(turns, 'day', atMs).calendar);
  // The same object all day, as it is without turns.
  return ENDINGS.every((window) => usual[window] === keys[window]) ? usual : keys;
}

/** `first`: the turn whose first window runs at that moment. `next`: the turn that has not come yet. */
function inForce(all: CalendarChanges, window: Ending, atMs: number) {
  const { from, turns } = all[window];
  const turn = turns.findLast(({ fromAt }) => fromAt <= atMs);
  const next = turns.find(({ fromAt }) => fromAt > atMs);
  return { calendar: turn?.to ?? from, first: turn && atMs < turn.endsAt ? turn : null, next };
}
