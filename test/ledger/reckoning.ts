import type { Line } from '../../src/ledger/lines.ts';
import { type One, type Setting, type Told, tell } from './told.ts';

/**
 * What accounts used, hold and have left, added up from the lines alone; with calendar dates from another source than the
 * ledger's, and nothing of how it keeps its state.
 */
export type Reckoning = {
  told: Told;
  /** The limits that are in force. */
  limits: readonly Setting[];
  standing(account: string, window: string, at: number): Standing;
  /** What a grant gave so far, used or held. */
  spent(grantId: string, account: string): number;
};

export type Standing = {
  key: string;
  used: number;
  held: number;
  /** The limit, with what was moved, and what rolled over. */
  limit: number;
  rolled: number;
  /** Of used and held, what came out of grants. */
  drawn: number;
  /** What grants still have. */
  toBeHad: number;
  available: number;
};

type Spend = {
  memberId: string;
  teamIds: readonly string[];
  clientId: string;
  projectId: string | null;
};

export const accountsTouched = ({ memberId, teamIds, clientId, projectId }: Spend): string[] => [
  'agency',
  ...teamIds.map((id) => `team:${id}`),
  `client:${clientId}`,
  ...(projectId === null ? [] : [`project:${projectId}`]),
  `member:${memberId}`,
  `member:${memberId}@client:${clientId}`,
];

export function reckon(lines: readonly Line[]): Reckoning {
  const told = tell(lines);
  const limits = limitsInForce(told.settings);
  const spent = new Map(told.grants.map((grant) => [`${grant.grantId} ${grant.account}`, spentOf(told.holds, grant)]));
  const spentBy = (grantId: string, account: string) => spent.get(`${grantId} ${account}`) ?? 0;

  function useIn(account: string, window: string, key: string): Use {
    let used = 0;
    let held = 0;
    let drawn = 0;
    for (const hold of told.holds) {
      if (keyAt(told, window, hold.line.at) !== key || !accountsTouched(hold.line).includes(account)) continue;
      if (hold.end) used += usedOn(hold, account);
      else held += hold.amountCredits;
      drawn += drawnBy(hold, account);
    }
    const here = told.moves.filter((move) => move.window === window && keyAt(told, window, move.at) === key);
    const moved = here.reduce((sum, { from, to, amountCredits }) => {
      return sum + (to === account ? amountCredits : 0) - (from === account ? amountCredits : 0);
    }, 0);
    return { used, held, drawn, moved };
  }

  return { told, limits, spent: spentBy, standing: standingOf({ told, limits: () => limits, useIn, spentBy }) };
}

export type Use = { used: number; held: number; drawn: number; moved: number };
export type Sums = {
  told: Told;
  limits(): readonly Setting[];
  useIn(account: string, window: string, key: string): Use;
  spentBy(grantId: string, account: string): number;
};

/** What an account has left, out of what it used, holds, was moved and granted. */
export function standingOf({ told, limits, useIn, spentBy }: Sums): Reckoning['standing'] {
  /** What last month left of the limit as it was when this month began. */
  function rolledInto(limit: Setting | undefined, key: string): number {
    const most = limit?.rollOverMaxCredits ?? null;
    if (!limit || most === null) return 0;
    const { account, window } = limit;
    const all = told.settings.filter((each) => each.account === account && each.window === window);
    const sinceNone = all.slice(all.findLastIndex(({ limitCredits }) => limitCredits === null) + 1);
    const began = sinceNone.findLast(({ at }) => keyAt(told, window, at) !== key)?.limitCredits ?? null;
    if (began === null) return 0;
    const { used, held, drawn, moved } = useIn(account, window, monthBefore(key));
    return Math.min(most, Math.max(0, began + moved - (used + held - drawn)));
  }

  return (account, window, at) => {
    const key = keyAt(told, window, at);
    const { used, held, drawn, moved } = useIn(account, window, key);
    const present = limits().find((each) => each.account === account && each.window === window);
    const limit = (present?.limitCredits ?? 0) + moved;
    const rolled = rolledInto(present, key);
    const toBeHad = told.grants
      .filter((grant) => grant.account === account && (grant.expiresAt === null || grant.expiresAt > at))
      .reduce((sum, { grantId, amountCredits }) => sum + amountCredits - spentBy(grantId, account), 0);
    const available = limit + rolled + toBeHad + drawn - used - held;
    return { key, used, held, limit, rolled, drawn, toBeHad, available };
  };
}

/** A capture costs everybody, or the agency alone; a slip the agency alone; a void nobody. */
export function usedOn({ end, amountCredits }: One, account: string): number {
  if (end?.kind === 'captured') return end.chargedTo === 'all' || account === 'agency' ? end.capturedCredits : 0;
  return end?.kind === 'slipped' && account === 'agency' ? amountCredits : 0;
}

/** Of what a hold drew for an account, the part that is still held or was used: the limit's part is used first. */
export function drawnBy(hold: One, account: string): number {
  const drawn = hold.draws.filter((draw) => draw.account === account).reduce((sum, { credits }) => sum + credits, 0);
  return hold.end ? Math.max(0, usedOn(hold, account) - (hold.amountCredits - drawn)) : drawn;
}

/** Of one hold's several grants the first drawn are the first used. */
export function spentOf(holds: readonly One[], grant: { grantId: string; account: string }): number {
  let spent = 0;
  for (const hold of holds) {
    let left = drawnBy(hold, grant.account);
    for (const draw of hold.draws) {
      if (draw.account !== grant.account) continue;
      const part = Math.min(left, draw.credits);
      left -= part;
      if (draw.grantId === grant.grantId) spent += part;
    }
  }
  return spent;
}

export function limitsInForce(settings: readonly Setting[]): Setting[] {
  const last = new Map<string, Setting>();
  for (const setting of settings) last.set(`${setting.account} ${setting.window}`, setting);
  return [...last.values()].filter(({ limitCredits }) => limitCredits !== null);
}

type Calendar = Pick<Told, 'timeZone' | 'weekStartsOn'>;

export function keyAt(told: Told, window: string, at: number): string {
  if (window === 'total') return 'total';
  const kind = window as keyof Keys;
  const { calendarsBefore } = told;
  if (calendarsBefore.length === 0) return usualKey(told, kind, at);
  const known = stretchesOf(told, kind);
  const stretch = known.findLast(({ fromAt }) => fromAt <= at);
  if (!stretch) return usualKey(calendarsBefore[0] ?? told, kind, at);
  return at < stretch.endsAt ? stretch.key : usualKey(stretch.calendar, kind, at);
}

type Stretch = { fromAt: number; endsAt: number; key: string; calendar: Calendar };
const LEAST_HOURS = { day: 12, week: 84, month: 14 * 24, quarter: 45 * 24, year: 182 * 24 };

/** Gone through by the quarter: where the running window ends at each change, and the first one after it. */
function stretchesOf(told: Told, kind: keyof Keys): Stretch[] {
  const { calendarsBefore } = told;
  const memo = `${kind} ${JSON.stringify(calendarsBefore)} ${told.timeZone} ${told.weekStartsOn}`;
  const known = stretchesKnown.get(memo);
  if (known) return known;
  const first = calendarsBefore[0] as Calendar;
  let stretches: Stretch[] = [];
  const keyOf = (at: number): string => {
    const stretch = stretches.findLast(({ fromAt }) => fromAt <= at);
    if (!stretch) return usualKey(first, kind, at);
    return at < stretch.endsAt ? stretch.key : usualKey(stretch.calendar, kind, at);
  };
  for (const [index, { untilAt }] of calendarsBefore.entries()) {
    const calendar: Calendar = calendarsBefore[index + 1] ?? told;
    const fromAt = nextAfter(untilAt, (at) => keyOf(at) !== keyOf(untilAt));
    stretches = stretches.filter((each) => each.fromAt <= untilAt);
    const present = stretches.at(-1)?.calendar ?? first;
    if (present.timeZone === calendar.timeZone && (kind !== 'week' || present.weekStartsOn === calendar.weekStartsOn))
      continue;
    const leastAt = fromAt + LEAST_HOURS[kind] * 3_600_000 - 1;
    const endsAt = nextAfter(leastAt, (at) => usualKey(calendar, kind, at) !== usualKey(calendar, kind, leastAt));
    const before = keyOf(fromAt - 1);
    const name = usualKey(calendar, kind, endsAt - 1);
    const isAgain = before.split('/')[0] === name;
    const key = isAgain ? `${name}/${Number(before.split('/')[1] ?? 1) + 1}` : name;
    stretches.push({ fromAt, endsAt, key, calendar });
  }
  stretchesKnown.set(memo, stretches);
  return stretches;
}

const stretchesKnown = new Map<string, Stretch[]>();

/** The first quarter of an hour after a moment of which something is so. */
function nextAfter(at: number, isSo: (at: number) => boolean): number {
  let quarter = (Math.floor(at / QUARTER_MS) + 1) * QUARTER_MS;
  while (!isSo(quarter)) quarter += QUARTER_MS;
  return quarter;
}

function usualKey({ timeZone, weekStartsOn }: Calendar, kind: keyof Keys, at: number): string {
  const known = keysOf(timeZone, weekStartsOn);
  const quarter = Math.floor(at / QUARTER_MS);
  let keys = known.get(quarter);
  if (!keys) {
    keys = keysAt(at, { timeZone, weekStartsOn });
    known.set(quarter, keys);
  }
  return keys[kind];
}

type Keys = { day: string; week: string; month: string; quarter: string; year: string };

function keysAt(at: number, { timeZone, weekStartsOn }: Pick<Told, 'timeZone' | 'weekStartsOn'>): Keys {
  const date = isoDate(timeZone).format(at);
  const day = new Date(`${date}T12:00:00Z`);
  while (day.getUTCDay() !== weekStartsOn) day.setUTCDate(day.getUTCDate() - 1);
  const [year = '', month = ''] = date.split('-');
  const quarter = 1 + Math.floor((Number(month) - 1) / 3);
  return {
    day: `day:${date}`,
    week: `week:${day.toISOString().slice(0, 10)}`,
    month: `month:${year}-${month}`,
    quarter: `quarter:${year}-Q${quarter}`,
    year: `year:${year}`,
  };
}

/** Swedish writes dates as ISO does. */
function isoDate(timeZone: string): Intl.DateTimeFormat {
  const known = isoDates.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone });
  isoDates.set(timeZone, known);
  return known;
}

const isoDates = new Map<string, Intl.DateTimeFormat>();

/** No zone of today changes its date but at a quarter of an hour. */
const QUARTER_MS = 15 * 60_000;
const keysKnown = new Map<string, Map<number, Keys>[]>();

/** By quarter. It is asked for each window of each account after each line: without making a text of the two first. */
function keysOf(timeZone: string, weekStartsOn: number): Map<number, Keys> {
  const ofZone = keysKnown.get(timeZone) ?? [];
  keysKnown.set(timeZone, ofZone);
  ofZone[weekStartsOn] ??= new Map();
  return ofZone[weekStartsOn];
}

/** The month in which the day before its first one lies. */
export function monthBefore(key: string): string {
  const day = new Date(`${key.slice('month:'.length)}-01T12:00:00Z`);
  day.setUTCDate(0);
  return `month:${day.toISOString().slice(0, 7)}`;
}
