import { dateEndsAt } from '../ledger/usage/civil-dates.ts';
import { dateAt } from '../ledger/usage/windows.ts';
import type { Times } from './expression.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** No clock was ever set back, or forward, by more within a day that has a date of its own. */
const SHIFT_MAX_MS = 3 * 60 * MINUTE_MS;
const REMEMBERED_MAX = 256;

/**
 * The latest tick of a stretch of time, such as `2026-11-24`; null where none came. Computed from the time alone: one that
 * was slept through is found still. It comes at one moment, so that an hour that comes twice in autumn brings none back.
 */
export function lastTick(
  times: Times,
  timeZone: string,
  { fromAt, untilAt }: { fromAt: number; untilAt: number },
): string | null {
  // At midnight itself a clock may be set back to the day before.
  let date = dayAfter(dateThere(untilAt, timeZone), 1);
  // No place on Earth is a whole day from the date that UTC shows.
  for (; Date.parse(date) >= fromAt - 2 * DAY_MS; date = dayAfter(date, -1)) {
    if (!times.isOn(date)) continue;
    const comesAt = rememberedComesAt(date, times, timeZone);
    if (comesAt !== null && comesAt <= untilAt) return comesAt >= fromAt ? date : null;
  }
  return null;
}

/** Every minute the same few are asked for, and the calendar is slow to answer. */
function rememberedComesAt(date: string, times: Times, timeZone: string): number | null {
  const key = `${date} ${times.hour}:${times.minute} ${timeZone}`;
  const known = moments.get(key);
  if (known !== undefined) return known;
  if (moments.size >= REMEMBERED_MAX) moments.clear();
  const found = tickComesAt(date, times, timeZone);
  moments.set(key, found);
  return found;
}

const moments = new Map<string, number | null>();

/**
 * The first moment of a date at which the clocks there show that time, or a later one: where the time is left out in spring,
 * the moment of the change. Null where there is no such date.
 */
export function tickComesAt(date: string, { hour, minute }: Omit<Times, 'isOn'>, timeZone: string): number | null {
  const startsAt = (dateEndsAt(dayAfter(date, -1), { timeZone }) ?? 0) + 1;
  if (dateThere(startsAt, timeZone) !== date) return null;
  const wanted = hour * 60 + minute;
  const guess = startsAt + wanted * MINUTE_MS;
  // On most days the clocks there are not set.
  if (minutesSinceMidnight(startsAt, timeZone) === 0 && minutesSinceMidnight(guess, timeZone) === wanted) return guess;
  for (let moment = Math.max(startsAt, guess - SHIFT_MAX_MS); moment <= guess + SHIFT_MAX_MS; moment += MINUTE_MS) {
    const there = dateThere(moment, timeZone);
    if (there > date || (there === date && minutesSinceMidnight(moment, timeZone) >= wanted)) return moment;
  }
  return guess;
}

/** As the clocks there show them. */
function minutesSinceMidnight(now: number, timeZone: string): number {
  const parts = wallClock(timeZone).formatToParts(now);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  return part('hour') * 60 + part('minute');
}

/** Making one takes thirty times as long as asking it. */
function wallClock(timeZone: string): Intl.DateTimeFormat {
  const known = wallClocks.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', { timeZone, hour: 'numeric', minute: 'numeric', hourCycle: 'h23' });
  wallClocks.set(timeZone, made);
  return made;
}

const wallClocks = new Map<string, Intl.DateTimeFormat>();
/** Dates are the same in any week. */
const dateThere = (at: number, timeZone: string) => dateAt(at, { timeZone, weekStartsOn: 1 });
const dayAfter = (date: string, days: number) => new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
