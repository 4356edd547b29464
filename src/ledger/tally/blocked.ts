import { Map as ImmutableMap } from 'immutable';
import { type LimitName, limitName } from '../accounts.ts';
import type { ExceededLimit, State } from '../state.ts';
import type { WindowKeys } from '../usage/windows.ts';

type Blocked = State['blocked'];

const NO_COUNTS = ImmutableMap<LimitName, number>();

/** The date of a day's window. After a change of the calendar two of them may have one date. */
export const dateOf = ({ day }: Pick<WindowKeys, 'day'>): string => day.slice('day:'.length).split('/', 1)[0] ?? '';

/** Counts a request at each limit that it would have gone over. */
export function countBlocked(blocked: Blocked, date: string, exceeded: readonly ExceededLimit[]): Blocked {
  if (exceeded.length === 0) return blocked;
  let counts = blocked.get(date) ?? NO_COUNTS;
  for (const limit of exceeded) counts = counts.update(limitName(limit), 0, (before) => before + 1);
  return blocked.set(date, counts);
}

/** What was blocked on dates after this one was blocked on it: the clock had been wrong. */
export function blockedBy(blocked: Blocked, lastDate: string): Blocked {
  let next: Blocked = ImmutableMap();
  for (const [date, counts] of blocked.sortBy((_, key) => key)) {
    const on = date > lastDate ? lastDate : date;
    next = next.set(
      on,
      (next.get(on) ?? NO_COUNTS).mergeWith((before, more) => before + more, counts),
    );
  }
  return next;
}
