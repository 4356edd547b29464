import type { AppContext } from '../app/context.ts';
import { checkLedger } from '../app/self-check/check-ledger.ts';
import { dateEndsAt } from '../ledger/usage/civil-dates.ts';
import { type Calendar, dateAt } from '../ledger/usage/windows.ts';

/**
 * What is done once a day, by the clock on the workspace's wall. A tick is the date it is for: it is due from its time of
 * day on, until the next one is.
 */
export type Daily = {
  /** In the marks of what was done: never used for something else. */
  name: string;
  at: { hour: number; minute: number };
  /** Safe to repeat: a process may die in the middle of it. */
  run(context: AppContext, tick: string): Promise<void>;
};

export const SCHEDULE: readonly Daily[] = [
  // At night, when few images are made, and after any change of the clocks.
  { name: 'self-check', at: { hour: 3, minute: 30 }, run: checkLedger },
];

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** No clock was ever set back, or forward, by more within a day that has a date of its own. */
const SHIFT_MAX_MS = 3 * 60 * MINUTE_MS;
const DUE_REMEMBERED_MAX = 256;

/**
 * The latest tick by now, such as `2026-11-24`. Computed from the time alone: one that was slept through is due still. It is
 * due from one moment on, so that an hour that comes twice in autumn brings none back; a date that a place leaves out has none.
 */
export function dueTick({ at }: Pick<Daily, 'at'>, now: number, calendar: Calendar): string {
  const today = dateAt(now, calendar);
  // At midnight itself a clock may be set back to the day before.
  for (let date = dayAfter(today, 1); ; date = dayAfter(date, -1)) {
    const dueAt = dueAtOf(date, at, calendar);
    if (dueAt !== null && dueAt <= now) return date;
  }
}

/** The first moment of a date at which the clocks there show that time, or a later one; null where there is no such date. */
function dueAtOf(date: string, at: Daily['at'], calendar: Calendar): number | null {
  const key = `${date} ${at.hour}:${at.minute} ${calendar.timeZone}`;
  const known = due.get(key);
  if (known !== undefined) return known;
  if (due.size >= DUE_REMEMBERED_MAX) due.clear();
  const found = computeDue(date, at, calendar);
  due.set(key, found);
  return found;
}

const due = new Map<string, number | null>();

function computeDue(date: string, { hour, minute }: Daily['at'], calendar: Calendar): number | null {
  const startsAt = (dateEndsAt(dayAfter(date, -1), calendar) ?? 0) + 1;
  if (dateAt(startsAt, calendar) !== date) return null;
  const wanted = hour * 60 + minute;
  const guess = startsAt + wanted * MINUTE_MS;
  // On most days the clocks there are not set.
  if (minutesSinceMidnight(startsAt, calendar) === 0 && minutesSinceMidnight(guess, calendar) === wanted) return guess;
  for (let moment = Math.max(startsAt, guess - SHIFT_MAX_MS); moment <= guess + SHIFT_MAX_MS; moment += MINUTE_MS) {
    const there = dateAt(moment, calendar);
    if (there > date || (there === date && minutesSinceMidnight(moment, calendar) >= wanted)) return moment;
  }
  return guess;
}

/** As the clocks there show them. */
function minutesSinceMidnight(now: number, { timeZone }: Calendar): number {
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
const dayAfter = (date: string, days: number) => new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
