import { type Calendar, windowEndsAt, windowKeysAt } from '../../ledger/windows.ts';

const HALF_A_DAY_MS = 43_200_000;

/** When a date, as `2026-11-27`, is over in a calendar; null for what is no date. */
export function endOfDay(date: string, calendar: Calendar): number | null {
  const noonUtc = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T12:00:00Z`) : Number.NaN;
  if (Number.isNaN(noonUtc)) return null;
  // Where it is noon in UTC it is that very date almost everywhere; east of there it may be the next one already.
  for (const atMs of [noonUtc, noonUtc - HALF_A_DAY_MS, noonUtc + HALF_A_DAY_MS]) {
    if (windowKeysAt(atMs, calendar).day === `day:${date}`) return windowEndsAt('day', atMs, calendar);
  }
  return null;
}
