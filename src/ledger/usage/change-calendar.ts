import {
  type Calendar,
  type CalendarChange,
  type CalendarChanges,
  type ChangedCalendar,
  ENDINGS,
  type Ending,
  windowEndsAt,
  windowKeysAt,
} from './windows.ts';

/**
 * The least that the first window in a new calendar lasts: about half of an ordinary one. What the new calendar would end
 * sooner goes on until its next end, so that no budget is filled twice within a few hours.
 */
const FIRST_LEAST_MS: Readonly<Record<Ending, number>> = {
  day: 12 * 3_600_000,
  week: 84 * 3_600_000,
  month: 14 * 86_400_000,
  quarter: 45 * 86_400_000,
  year: 182 * 86_400_000,
};
/** Of each kind; older ones are only asked for to look back at what was. */
const TURNS_MAX = 24;

/**
 * A calendar from a change on. The window of each kind that runs ends as it was announced, and the next one begins there in
 * the new calendar. A change that has not come into force yet is replaced by the newer one.
 */
export function changeCalendar(present: ChangedCalendar, change: Partial<Calendar>, at: number): ChangedCalendar {
  const to: Calendar = { ...plain(present), ...change };
  const turns = {
    day: turned('day', { present, to, at }),
    week: turned('week', { present, to, at }),
    month: turned('month', { present, to, at }),
    quarter: turned('quarter', { present, to, at }),
    year: turned('year', { present, to, at }),
  };
  return ENDINGS.some((window) => turns[window].turns.length > 0) ? { ...to, turns } : to;
}

/** The same for all settings. Without a change: what is not in force yet comes when the windows that run at that moment end. */
export function withCalendar<All extends ChangedCalendar>(present: All, change: Partial<Calendar>, at: number): All {
  const { turns: _, ...others } = present;
  return { ...others, ...changeCalendar(present, change, at) } as All;
}

type Turning = { present: ChangedCalendar; to: Calendar; at: number };

function turned(window: Ending, { present, to, at }: Turning): CalendarChanges[Ending] {
  const { from, turns } = present.turns?.[window] ?? { from: plain(present), turns: [] };
  const begun = turns.filter(({ fromAt }) => fromAt <= at);
  if (isAlike(window, begun.at(-1)?.to ?? from, to)) return latest(from, begun);
  return latest(from, [...begun, turnAt(window, { present, to, at: windowEndsAt(window, at, present) })]);
}

/** Named as the window of the new calendar that ends with it; of two alike, the later one is numbered. */
function turnAt(window: Ending, { present, to, at: fromAt }: Turning): CalendarChange {
  let endsAt = fromAt;
  while (endsAt - fromAt < FIRST_LEAST_MS[window]) endsAt = windowEndsAt(window, endsAt, to);
  const before = windowKeysAt(fromAt - 1, present)[window];
  const [date, count = '1'] = before.split('/');
  const key = windowKeysAt(endsAt - 1, to)[window];
  return { fromAt, endsAt, key: key === date ? `${key}/${Number(count) + 1}` : key, to };
}

const isAlike = (window: Ending, one: Calendar, other: Calendar) =>
  one.timeZone === other.timeZone && (window !== 'week' || one.weekStartsOn === other.weekStartsOn);

function latest(from: Calendar, turns: readonly CalendarChange[]): CalendarChanges[Ending] {
  const dropped = turns.slice(0, -TURNS_MAX).at(-1);
  return { from: dropped?.to ?? from, turns: turns.slice(-TURNS_MAX) };
}

const plain = ({ timeZone, weekStartsOn }: Calendar): Calendar => ({ timeZone, weekStartsOn });
