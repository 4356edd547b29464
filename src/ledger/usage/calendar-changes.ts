import type { Calendar, Window, WindowKeys } from './windows.ts';

/** The kinds of windows that end. */
export type Ending = Exclude<Window, 'total'>;
export const ENDINGS = ['day', 'week', 'month'] as const satisfies readonly Ending[];

/**
 * From `fromAt` on, when the window that ran at the change had ended as announced, windows of one kind follow another
 * calendar. The first of them lasts until `endsAt`, and has `key`.
 */
export type CalendarChange = { fromAt: number; endsAt: number; key: string; to: Calendar };

/** Of each kind of window: the calendar before the turns that are kept, and the turns, oldest first. */
export type CalendarChanges = Readonly<Record<Ending, { from: Calendar; turns: readonly CalendarChange[] }>>;

/** A calendar that was changed, with what its windows were and will be meanwhile. */
export type ChangedCalendar = Calendar & { turns?: CalendarChanges };

/** `keysOf`: of a calendar that was never changed. */
export function changedKeysAt(
  turns: CalendarChanges,
  atMs: number,
  keysOf: (atMs: number, calendar: Calendar) => WindowKeys,
): WindowKeys {
  const key = (window: Ending): string => {
    const { calendar, first } = inForce(turns, window, atMs);
    return first ? first.key : keysOf(atMs, calendar)[window];
  };
  const [day, week, month] = [key('day'), key('week'), key('month')];
  const usual = keysOf(atMs, inForce(turns, 'day', atMs).calendar);
  // The same object all day, as it is without turns.
  return usual.day === day && usual.week === week && usual.month === month
    ? usual
    : { day, week, month, total: 'total' };
}

export function changedEndsAt(
  turns: CalendarChanges,
  { window, atMs }: { window: Ending; atMs: number },
  endOf: (calendar: Calendar) => number,
): number {
  const { calendar, first, next } = inForce(turns, window, atMs);
  if (first) return first.endsAt;
  const end = endOf(calendar);
  return next ? Math.min(end, next.fromAt) : end;
}

/** `first`: the turn whose first window runs at that moment. `next`: the turn that has not come yet. */
function inForce(all: CalendarChanges, window: Ending, atMs: number) {
  const { from, turns } = all[window];
  const turn = turns.findLast(({ fromAt }) => fromAt <= atMs);
  const next = turns.find(({ fromAt }) => fromAt > atMs);
  return { calendar: turn?.to ?? from, first: turn && atMs < turn.endsAt ? turn : null, next };
}
