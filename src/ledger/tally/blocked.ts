import { Map as ImmutableMap } from 'immutable';
import type { WindowKeys } from '../usage/windows.ts';

/** By date: how many requests each limit stopped, such as `client:acme month`. */
export type Blocked = ImmutableMap<string, Readonly<Record<string, number>>>;

/** The date of a day's window. After a change of the calendar two of them may have one date. */
export function dateOf({ day }: Pick<WindowKeys, 'day'>): string {
  const [from, to] = ['day:'.length, day.indexOf('/')];
  return to < 0 ? day.slice(from) : day.slice(from, to);
}

/** What was blocked on dates after this one was blocked on it: the clock had been wrong. */
export function blockedBy(blocked: Blocked, lastDate: string): Blocked {
  let next: Blocked = ImmutableMap();
  for (const [date, counts] of blocked.sortBy((_, key) => key)) {
    const on = date > lastDate ? lastDate : date;
    const here = { ...next.get(on) };
    for (const [limit, count] of Object.entries(counts)) here[limit] = (here[limit] ?? 0) + count;
    next = next.set(on, here);
  }
  return next;
}
