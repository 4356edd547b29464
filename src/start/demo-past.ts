import { civilDateAt, dateEndsAt } from '../ledger/usage/civil-dates.ts';
import type { Mark, Stage } from '../ledger/work.ts';
import { addDays } from '../reports/usage.ts';

/** What a person asked for in the playground's past, and what was said of the first images of it. */
export type PastRequest = {
  at: number;
  who: string;
  channelId: string;
  quality: keyof typeof EACH_CREDITS;
  stage: Stage;
  threadTs: string | null;
  marks: readonly (Mark | null)[];
};

/** As the local sample drawer's: square images. */
export const EACH_CREDITS = { draft: 3, standard: 6, fine: 12 };
/**
 * Four whole months before the running one: as much as a forecast with a range needs. Some databases that speak as MongoDB
 * look through all lines for each that they are asked for, so that there the past is short.
 */
export const PAST_DAYS = { folder: 155, database: 15 };
/** From then on the channel works for the catalogue, which is harder: fewer images are kept. */
export const CATALOGUE_DAYS = 35;
/** Ben works on it on a second day of the week, too. */
const BENS_DAYS = 21;
/** Before its deadline people ask for more. */
const BUSY_DAYS = 7;

const [MARCUS, ANA, BEN] = ['U0MARCUS', 'U0ANA', 'U0BEN'] as const;
const [NORTHWIND, ATLAS] = ['C0NORTHWIND', 'C0ATLAS'] as const;
const MINUTE_MS = 60_000;

/** The same at every start: working days and hours there, oldest first. Leaves today empty for the person who tries things out. */
export function pastRequests({ now, days, timeZone }: { now: number; days: number; timeZone: string }): PastRequest[] {
  const { year, month, day } = civilDateAt(now, timeZone);
  const today = new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
  const requests: PastRequest[] = [];
  for (let daysAgo = days; daysAgo >= 1; daysAgo -= 1) {
    const date = addDays(today, -daysAgo);
    const weekday = new Date(Date.parse(date)).getUTCDay();
    const startsAt = (dateEndsAt(addDays(date, -1), { timeZone }) ?? 0) + 1;
    const dayNo = Math.floor(Date.parse(date) / 86_400_000);
    requests.push(...requestsOn({ weekday, dayNo, daysAgo }).map(atOf(startsAt)));
  }
  return requests.sort((a, b) => a.at - b.at);
}

/** `minute`: of the day. `thread`: of the day's; a thread's first request has its name too. */
type Asked = Omit<PastRequest, 'at' | 'threadTs'> & { minute: number; thread: number | null };
type Day = { weekday: number; dayNo: number; daysAgo: number };

const atOf =
  (startsAt: number) =>
  ({ minute, thread, ...request }: Asked): PastRequest => {
    const at = startsAt + minute * MINUTE_MS;
    const threadTs = thread === null ? null : `${Math.floor(startsAt / 1000) + thread}.000100`;
    return { ...request, at, threadTs };
  };

function requestsOn(day: Day): Asked[] {
  const { weekday } = day;
  if (weekday === 0 || weekday === 6) return [];
  const isBens = weekday === 4 || (weekday === 2 && day.daysAgo <= BENS_DAYS);
  return [...anaOn(day), ...(isBens ? benOn(day) : []), ...othersOn(day)];
}

/** Designers ask for one image mostly, and for several now and then. */
const COUNTS = [1, 1, 2, 1, 3, 1, 2] as const;
/** Days differ, and are the same at every start. */
const spread = (dayNo: number, ways: number) => ((dayNo * 2_654_435_761) >>> 8) % ways;

/** Tries a few first, and makes one of them better on most days. */
function anaOn({ weekday, dayNo, daysAgo }: Day): Asked[] {
  const ask = { who: ANA, channelId: ATLAS, thread: 1, quality: 'standard' } as const;
  const count = (COUNTS[spread(dayNo, COUNTS.length)] ?? 1) * (daysAgo <= BUSY_DAYS ? 2 : 1);
  const isKept = daysAgo > CATALOGUE_DAYS || spread(dayNo, 4) === 0;
  const marks = Array.from({ length: count }, (_, index) => (isKept && index === 0 ? 'keep' : null));
  const first: Asked = { ...ask, stage: 'concept', marks, minute: 10 * 60 + spread(dayNo, 50) };
  if (weekday !== 5 && spread(dayNo, 3) === 0) return [first];
  const mark: Mark = weekday === 5 ? 'final' : isKept ? 'keep' : 'discard';
  return [first, { ...ask, stage: 'iteration', marks: [mark], minute: 11 * 60 + spread(dayNo, 47) }];
}

/** Begins at the dearest quality and asks again for the same, above a daily limit of one: a habit that a tip is about. */
function benOn({ dayNo, daysAgo }: Day): Asked[] {
  const ask = { who: BEN, channelId: ATLAS, thread: 2, quality: 'fine', stage: 'concept' } as const;
  const isKept = daysAgo > CATALOGUE_DAYS && dayNo % 3 > 0;
  return [0, 1, 2].map((tryNo) => ({
    ...ask,
    marks: [tryNo === 2 && isKept ? 'keep' : null],
    minute: 14 * 60 + tryNo * 12 + (dayNo % 20),
  }));
}

/** Northwind takes little, and keeps nearly all of it. */
function othersOn({ weekday, dayNo }: Day): Asked[] {
  const ask = { quality: 'standard', thread: null } as const;
  const northwind = { ...ask, channelId: NORTHWIND, stage: 'iteration' } as const;
  if (weekday === 1) return [{ ...northwind, who: ANA, marks: ['keep'], minute: 15 * 60 + (dayNo % 30) }];
  if (weekday === 3) {
    return [
      { ...ask, channelId: ATLAS, stage: 'concept', who: MARCUS, marks: ['keep'], minute: 16 * 60 + (dayNo % 30) },
    ];
  }
  if (weekday !== 4) return [];
  return [{ ...northwind, who: MARCUS, marks: [dayNo % 2 === 0 ? 'final' : 'keep'], minute: 15 * 60 + (dayNo % 40) }];
}
