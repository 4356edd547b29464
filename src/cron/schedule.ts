import { checkLedger } from '../app/self-check/check-ledger.ts';
import type { World } from '../app/world.ts';
import { type Calendar, dateAt } from '../ledger/windows.ts';

/**
 * What is done once a day, by the clock on the workspace's wall. A tick is the date it is for: it is due from its time of
 * day on, until the next one is.
 */
export type Daily = {
  /** In the marks of what was done: never used for something else. */
  name: string;
  at: { hour: number; minute: number };
  /** Safe to repeat: a process may die in the middle of it. */
  run(world: World, tick: string): Promise<void>;
};

export const SCHEDULE: readonly Daily[] = [
  // When nobody makes images, and after any change of the clocks.
  { name: 'self-check', at: { hour: 3, minute: 30 }, run: checkLedger },
];

const DAY_MS = 86_400_000;

/** The latest tick by now, such as `2026-11-24`. Computed from the time alone: one that was slept through is due still. */
export function dueTick({ at: { hour, minute } }: Pick<Daily, 'at'>, now: number, calendar: Calendar): string {
  const today = dateAt(now, calendar);
  return minutesSinceMidnight(now, calendar) >= hour * 60 + minute ? today : dayBefore(today);
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
const dayBefore = (date: string) => new Date(Date.parse(date) - DAY_MS).toISOString().slice(0, 10);
