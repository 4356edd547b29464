/** What the clocks of a place show, by arithmetic of its own: the product's calendar is what is looked at. */
export type Wall = { date: string; minuteOfDay: number };

const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * MINUTE_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** No place is further from UTC, and no change of clocks is nearer to another one. */
const AROUND_MS = 38 * 60 * MINUTE_MS;

/** Making one takes a hundred times as long as asking it. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockIn(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  clocks.set(timeZone, made);
  return made;
}

/** Swedish writes dates and times as ISO does. */
const asIfUtc = (at: number, timeZone: string) => Date.parse(`${clockIn(timeZone).format(at).replace(' ', 'T')}Z`);

/** By zone and quarter of an hour: within one no clock was ever set. */
const offsets = new Map<string, Map<number, number>>();

function offsetAt(at: number, timeZone: string): number {
  const ofZone = offsets.get(timeZone) ?? new Map<number, number>();
  offsets.set(timeZone, ofZone);
  const quarter = Math.floor(at / QUARTER_MS);
  const known = ofZone.get(quarter);
  if (known !== undefined) return known;
  const offset = asIfUtc(quarter * QUARTER_MS, timeZone) - quarter * QUARTER_MS;
  ofZone.set(quarter, offset);
  return offset;
}

export function wallAt(at: number, timeZone: string): Wall {
  const shown = at + offsetAt(at, timeZone);
  const minuteOfDay = Math.floor((shown % DAY_MS) / MINUTE_MS);
  return { date: isoDate(shown), minuteOfDay };
}

/** The first moment of a date at which the clocks there show a time, or a later one. Null: there is no such date. */
export function momentOf(date: string, minuteOfDay: number, timeZone: string): number | null {
  const shown = Date.parse(date) + minuteOfDay * MINUTE_MS;
  const [before, after] = [offsetAt(shown - AROUND_MS, timeZone), offsetAt(shown + AROUND_MS, timeZone)];
  if (before === after) return shown - before;
  for (let at = shown - Math.max(before, after); at <= shown - Math.min(before, after); at += MINUTE_MS) {
    const wall = wallAt(at, timeZone);
    if (wall.date === date && wall.minuteOfDay >= minuteOfDay) return at;
  }
  return null;
}

export const addDays = (date: string, days: number): string => isoDate(Date.parse(date) + days * DAY_MS);
/** 0 is Sunday. */
export const weekdayOf = (date: string): number => new Date(Date.parse(date)).getUTCDay();
/** The first day of the week that a date is in. */
export const weekOf = (date: string, weekStartsOn: number): string =>
  addDays(date, -((weekdayOf(date) - weekStartsOn + 7) % 7));

/** By day: to write one takes longer than all that is done with it. */
const dates = new Map<number, string>();

function isoDate(at: number): string {
  const day = Math.floor(at / DAY_MS);
  const known = dates.get(day);
  if (known !== undefined) return known;
  const date = new Date(at).toISOString().slice(0, 10);
  dates.set(day, date);
  return date;
}
