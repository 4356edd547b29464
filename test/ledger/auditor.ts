import type { Line } from '../../src/ledger/lines.ts';
import type { ExceededLimit } from '../../src/ledger/state.ts';

import { peopleLaws } from './auditor-people.ts';
import { accountsTouched, type Reckoning, reckon, type Standing } from './reckoning.ts';
import type { Holds, OfKind, Setting } from './told.ts';

/**
 * Looks at a journal from the lines alone, from scratch for every line: first at what went before it, then at what it
 * leaves. It knows the laws, and nothing of how the ledger keeps its state.
 */
export function audit(lines: readonly Line[]): string[] {
  const violations: string[] = [];
  const overLimit = new Set<string>();
  let before = reckon([]);
  for (const [index, line] of lines.entries()) {
    const known = lines.slice(0, index);
    const after = reckon(lines.slice(0, index + 1));
    const found = [
      ...orderLaws(known, line),
      ...lawsBefore(before, line, known),
      ...lawsAfter(after, line, { overLimit, floors: floorsOf(before, line) }),
    ];
    violations.push(...found.map((complaint) => `line ${line.seq}, ${line.kind}: ${complaint}`));
    before = after;
  }
  return violations;
}

/** What a line says, beside what the lines before it add up to. */
export const lawsBefore = (before: Reckoning, line: Line, known: readonly Line[]): string[] => [
  ...endLaws(before, line),
  ...requestLaws(before, line),
  ...peopleLaws(before, line, known),
  ...askingLaws(before, line),
  ...moveLaws(before, line),
  ...stopLaws(before, line),
  ...refusalLaws(before, line),
];

/** And beside what they add up to with it. */
export function lawsAfter(after: Reckoning, line: Line, known: KnownOfLimits): string[] {
  const limited = after.limits.map(({ account, window, over }): Limited => {
    return { account, window, over, stands: after.standing(account, window, line.at) };
  });
  return [...balanceLaws(after, line, limited), ...limitLaws(after, line, { limited, ...known })];
}

/** A limit, and how it stands. */
type Limited = Pick<Setting, 'account' | 'window' | 'over'> & { stands: Standing };

/** `overLimit`: what is over its limit since somebody set that below it; `floors`: how far over it was before. */
type KnownOfLimits = { overLimit: Set<string>; floors: ReadonlyMap<string, number> };

/** An approval leaves an account as far over its limit as it was, and no further. */
export function floorsOf({ limits, standing }: Reckoning, line: Line): Map<string, number> {
  const floors = new Map<string, number>();
  if (line.kind !== 'approved') return floors;
  const touched = accountsTouched(line);
  for (const { account, window } of limits) {
    if (touched.includes(account)) floors.set(`${account} ${window}`, standing(account, window, line.at).available);
  }
  return floors;
}

/** Nothing is held while spending is stopped, and nobody is refused for it while it is not; a stop ends once. */
function stopLaws({ told: { stopId } }: Reckoning, line: Line): string[] {
  const isRefused = line.kind === 'refused' && line.refusal.reason === 'spending_stopped';
  return where([
    [isHolding(line) && stopId !== null, 'holds while spending is stopped'],
    [isRefused && stopId === null, 'is refused as if spending were stopped'],
    [line.kind === 'spending_stopped' && stopId !== null, 'stops what is stopped'],
    [line.kind === 'spending_resumed' && line.stopId !== stopId, 'ends a stop that does not stand'],
  ]);
}

function orderLaws(known: readonly Line[], line: Line): string[] {
  return where([
    [line.seq !== known.length + 1, `is number ${known.length + 1}`],
    [line.at < (known.at(-1)?.at ?? 0), 'goes back in time'],
    [known.some(({ commandId }) => commandId === line.commandId), `${line.commandId} is answered twice`],
  ]);
}

/** A hold ends exactly once, with no more than it held, on whom it was held for; nobody's hold begins twice. */
function endLaws({ told }: Reckoning, line: Line): string[] {
  if (isHolding(line)) {
    const again = line.holds.filter(({ holdId }) => told.holds.some((hold) => hold.holdId === holdId));
    return again.map(({ holdId }) => `${holdId} is held twice`);
  }
  if (line.kind !== 'captured' && line.kind !== 'voided' && line.kind !== 'slipped') return [];
  const hold = told.holds.find(({ holdId }) => holdId === line.holdId);
  if (!hold) return [`${line.holdId} was never held`];
  const isGone = told.people.get(line.memberId)?.status === 'removed';
  return where([
    [hold.end !== null, `${line.holdId} ends twice`],
    [line.heldCredits !== hold.amountCredits, `${line.holdId} ends with another amount`],
    [accountsTouched(line).join() !== accountsTouched(hold.line).join(), `${line.holdId} ends for somebody else`],
    [line.kind === 'captured' && line.capturedCredits > hold.amountCredits, `${line.holdId} captures too much`],
    [line.kind === 'captured' && (line.chargedTo === 'agency') !== isGone, 'is charged to the wrong ones'],
  ]);
}

/** Each request has exactly one end, not before it is due, and is approved as it was asked. */
function requestLaws({ told }: Reckoning, line: Line): string[] {
  if (line.kind === 'asked') return where([[told.requests.has(line.requestId), `${line.requestId} is asked twice`]]);
  if (!isAboutRequest(line)) return [];
  const request = told.requests.get(line.requestId);
  if (!request) return [`${line.requestId} was never asked`];
  const { imagesCount, eachCredits, memberId, clientId, projectId, channelId, escalatesAt, lapsesAt } = request.line;
  const held = line.kind === 'approved' ? line.holds.map(({ amountCredits }) => amountCredits) : null;
  return where([
    [request.ends.length > 0, `${line.requestId} had ended: ${request.ends}`],
    [line.kind === 'lapsed' && line.at < lapsesAt, 'lapses too early'],
    [line.kind === 'escalated' && line.at < escalatesAt, 'escalates too early'],
    [held !== null && held.join() !== Array<number>(imagesCount).fill(eachCredits).join(), 'holds something else'],
    [
      [line.memberId, line.clientId, line.projectId].join() !== [memberId, clientId, projectId].join(),
      'is about somebody else',
    ],
    [line.kind === 'approved' && line.channelId !== channelId, 'is made somewhere else'],
  ]);
}

/**
 * Nobody is refused or asked what there is room for, and nothing is held over a limit that stops it: what is named is
 * exactly what is exceeded, with the right numbers; an approval gives what was lacking, and no more.
 */
function askingLaws(before: Reckoning, line: Line): string[] {
  if (line.kind === 'held') {
    const exceeded = exceededBy(before, line, requestedBy(line));
    return where([
      [exceeded.some(({ over }) => over !== 'warn'), `goes over ${names(exceeded)}`],
      [names(line.warnings) !== names(exceeded), `warns of ${names(line.warnings)}, it is over ${names(exceeded)}`],
    ]);
  }
  if (line.kind === 'asked') {
    const requested = line.imagesCount * line.eachCredits;
    const exceeded = exceededBy(before, line, requested).filter(({ over }) => over !== 'warn');
    return where([
      [exceeded.length === 0, 'asks for what there is room for'],
      [exceeded.some(({ over }) => over === 'refuse'), `asks over a limit that refuses: ${names(exceeded)}`],
      [figures(line.exceeded) !== figures(exceeded), `names ${figures(line.exceeded)}, it is ${figures(exceeded)}`],
    ]);
  }
  return line.kind === 'approved' ? approvalLaws(before, line) : [];
}

function approvalLaws(before: Reckoning, line: OfKind<'approved'>): string[] {
  const requested = requestedBy(line);
  const exceeded = exceededBy(before, line, requested).filter(({ over }) => over !== 'warn');
  const lacks = new Map<string, number>();
  for (const { account, availableCredits } of exceeded) {
    lacks.set(account, Math.max(lacks.get(account) ?? 0, requested - Math.max(0, availableCredits)));
  }
  const given = line.grants.map(({ account, amountCredits }) => `${account} ${amountCredits}`).join();
  const lacking = [...lacks].map((each) => each.join(' ')).join();
  const raised = line.how.kind === 'raise' ? line.how.limits : [];
  return where([
    [exceeded.some(({ over }) => over === 'refuse'), `approves over a limit that refuses: ${names(exceeded)}`],
    [line.how.kind === 'once' && given !== lacking, `gives ${given}, it lacks ${lacking}`],
    [line.how.kind === 'once' && line.grants.some(({ expiresAt }) => expiresAt > line.at), 'once lasts longer'],
    [line.how.kind === 'until' && line.grants.map(({ account }) => account).join() !== [...lacks.keys()].join(), given],
    [line.how.kind === 'raise' && line.grants.length > 0, `raises, and gives ${given}`],
    [raised.some((each) => !exceeded.some((limit) => nameOf(limit) === nameOf(each))), 'raises what was not exceeded'],
  ]);
}

/** What is moved was there, of the limit and not of grants, and both sides are limited in that window. */
function moveLaws(before: Reckoning, line: Line): string[] {
  if (line.kind !== 'budget_moved') return [];
  const { from, to, window, amountCredits, at } = line;
  const limited = (account: string) => before.limits.some((each) => each.account === account && each.window === window);
  const { limit, available, toBeHad } = before.standing(from, window, at);
  return where([
    [!limited(from) || !limited(to), 'moves what is not limited'],
    [amountCredits > Math.min(limit, available - toBeHad), `moves ${amountCredits} of ${available - toBeHad}`],
  ]);
}

/** The balances on a line are what all lines up to it add up to, for every account that it touches. */
function balanceLaws({ standing }: Reckoning, line: Line, limited: readonly Limited[]): string[] {
  const accounts = [...new Set(line.balances.map(({ account }) => account as string))];
  const expected = accounts.flatMap((account): Stated[] => {
    const here = limited.filter((each) => each.account === account);
    if (here.length > 0) return here.map(({ stands }) => stated(account, stands, stands.available));
    return [stated(account, standing(account, 'total', line.at), null)];
  });
  const isStated = (each: Stated) => line.balances.some((balance) => isSame(balance, each));
  const isRight = expected.length === line.balances.length && expected.every(isStated);
  const missing = 'teamIds' in line && 'clientId' in line ? accountsTouched(line).join() !== accounts.join() : false;
  return [
    ...(isRight ? [] : [`states ${listed(line.balances)}, it is ${listed(expected)}`]),
    ...(missing ? [`states nothing about some of its accounts: ${accounts}`] : []),
  ];
}

type Stated = Pick<Line['balances'][number], 'usedCredits' | 'heldCredits' | 'availableCredits'> & {
  account: string;
  window: string;
};

const stated = (account: string, { key, used, held }: Standing, availableCredits: number | null): Stated => ({
  account,
  window: key,
  usedCredits: used,
  heldCredits: held,
  availableCredits,
});

const isSame = (one: Stated, other: Stated): boolean =>
  one.account === other.account &&
  one.window === other.window &&
  one.usedCredits === other.usedCredits &&
  one.heldCredits === other.heldCredits &&
  one.availableCredits === other.availableCredits;

const listed = (balances: readonly Stated[]): string =>
  balances
    .map(
      ({ account, window, usedCredits, heldCredits, availableCredits }) =>
        `${account} ${window} ${usedCredits} ${heldCredits} ${availableCredits}`,
    )
    .sort()
    .join();

/**
 * Used and held never exceed the limit, with what rolled over, was moved and came out of grants, unless somebody set the
 * limit below them; nor does a grant give more than it has.
 */
type ToCheck = KnownOfLimits & { limited: readonly Limited[] };

function limitLaws(after: Reckoning, line: Line, { limited, overLimit, floors }: ToCheck): string[] {
  const violations: string[] = [];
  for (const { account, window, over, stands } of limited) {
    if (over === 'warn') continue;
    const { key, used, held, limit, rolled, drawn, available } = stands;
    const isOver = used + held > limit + rolled + drawn;
    if (!isOver && overLimit.size === 0 && !isHolding(line)) continue;
    const id = `${account} ${key}`;
    const isSet = line.kind === 'limit_set' && line.account === account && line.window === window;
    if (!isOver) overLimit.delete(id);
    else if (isSet) overLimit.add(id);
    else if (!overLimit.has(id)) violations.push(`${id} is over its limit`);
    if (!isHolding(line) || requestedBy(line) === 0 || !accountsTouched(line).includes(account)) continue;
    const floor = Math.min(0, floors.get(`${account} ${window}`) ?? 0);
    if (available < floor) violations.push(`holds what ${id} does not have`);
  }
  for (const { grantId, account, amountCredits } of after.told.grants) {
    const spent = after.spent(grantId, account);
    if (spent < 0 || spent > amountCredits) violations.push(`grant ${grantId} gives ${spent}`);
  }
  return violations;
}

/** A refusal for a limit names exactly those in the way, with the right numbers; and is one only where nobody can be asked. */
function refusalLaws(before: Reckoning, line: Line): string[] {
  if (line.kind !== 'refused' || line.refusal.reason !== 'limit_exceeded') return [];
  const { requestedCredits, exceeded, binding } = line.refusal;
  const expected = limitsExceeded(before, {
    accounts: line.accounts,
    at: line.at,
    requested: requestedCredits,
    memberId: line.by,
  }).filter(({ over }) => over !== 'warn');
  const least = Math.min(...expected.map(({ availableCredits }) => availableCredits));
  const others = [...before.told.people].filter(([id, { role, status }]) => {
    return role === 'owner' && status === 'active' && id !== line.by;
  });
  return where([
    [expected.length === 0, 'refuses what there is room for'],
    [binding.availableCredits !== least, 'does not name the tightest limit'],
    [figures(exceeded) !== figures(expected), `names ${figures(exceeded)}, it is ${figures(expected)}`],
    [expected.every(({ over }) => over === 'ask') && others.length > 0, `refuses what ${others[0]?.[0]} could approve`],
  ]);
}

type Exceeded = Pick<
  ExceededLimit,
  'limitCredits' | 'rolledCredits' | 'grantsCredits' | 'usedCredits' | 'heldCredits' | 'availableCredits'
> & { account: string; window: string; over: string };

const exceededBy = (before: Reckoning, line: Holds | OfKind<'asked'>, requested: number) =>
  limitsExceeded(before, { accounts: accountsTouched(line), at: line.at, requested, memberId: line.memberId });

/** In the order of the accounts, and of the windows from the shortest on. */
function limitsExceeded(
  { limits, standing, spent, told }: Reckoning,
  {
    accounts,
    at,
    requested,
    memberId,
  }: { accounts: readonly string[]; at: number; requested: number; memberId: string },
): Exceeded[] {
  /** Nobody but an owner draws on what they gave themselves. */
  const ownGiven = (account: string) =>
    told.grants
      .filter(({ by, account: of, expiresAt }) => by === memberId && of === account && (expiresAt ?? at + 1) > at)
      .reduce((sum, { grantId, amountCredits }) => sum + amountCredits - spent(grantId, account), 0);
  const isOwner = told.people.get(memberId)?.role === 'owner';
  return accounts.flatMap((account) =>
    ['day', 'week', 'month', 'quarter', 'year', 'total'].flatMap((window) => {
      const limit = limits.find((each) => each.account === account && each.window === window);
      const all = limit && standing(account, window, at);
      const own = all && !isOwner ? ownGiven(account) : 0;
      const found = all && { ...all, toBeHad: all.toBeHad - own, available: all.available - own };
      return found && requested > 0 && found.available < requested ? [exceededAs(limit, found)] : [];
    }),
  );
}

const exceededAs = ({ account, window, over }: Setting, found: Standing): Exceeded => ({
  account,
  window,
  over,
  limitCredits: found.limit,
  rolledCredits: found.rolled,
  grantsCredits: found.toBeHad + found.drawn,
  usedCredits: found.used,
  heldCredits: found.held,
  availableCredits: found.available,
});

const nameOf = ({ account, window }: { account: string; window: string }) => `${account} ${window}`;
const names = (limits: readonly { account: string; window: string }[]) => limits.map(nameOf).join();
const figures = (limits: readonly Exceeded[]) =>
  limits
    .map((each) => {
      const { limitCredits, rolledCredits, grantsCredits, usedCredits, heldCredits, availableCredits } = each;
      const all = [limitCredits, rolledCredits, grantsCredits, usedCredits, heldCredits, availableCredits];
      return `${nameOf(each)} ${each.over} ${all.join('/')}`;
    })
    .join();

const requestedBy = ({ holds }: Holds) => holds.reduce((sum, { amountCredits }) => sum + amountCredits, 0);
const isHolding = (line: Line): line is Holds => line.kind === 'held' || line.kind === 'approved';

type AboutRequest = OfKind<'approved' | 'denied' | 'withdrawn' | 'escalated' | 'lapsed'>;
const isAboutRequest = (line: Line): line is AboutRequest =>
  ['approved', 'denied', 'withdrawn', 'escalated', 'lapsed'].includes(line.kind);

/** The complaints that are true. */
const where = (all: readonly (readonly [boolean, string])[]): string[] =>
  all.flatMap(([isSo, complaint]) => (isSo ? [complaint] : []));
