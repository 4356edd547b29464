import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AccountId, AGENCY } from '../../src/ledger/accounts.ts';
import { touchedBy } from '../../src/ledger/kinds/kinds.ts';
import type { Line } from '../../src/ledger/lines.ts';
import type { OnExceeded, State } from '../../src/ledger/state.ts';
import type { Window } from '../../src/ledger/usage/windows.ts';
import { type ProposedLimit, readsFrom, rehearse } from '../../src/reports/rehearsal.ts';
import { histories } from '../ledger/histories.ts';
import { keyAt, monthBefore } from '../ledger/reckoning.ts';
import { tell } from '../ledger/told.ts';
import { MONDAY } from '../support/clock.ts';
import { type Asked, agency, CREATOR, capture, hold, MANAGER, OWNER, slip, voided } from '../support/fixtures.ts';
import { historyOf } from '../support/history.ts';
import { isLong } from '../support/is-long.ts';

const RUNS = isLong ? 100 : 20;

const DAY = 86_400_000;
const ACME: AccountId = 'client:acme';

const proposed = (window: Window, limitCredits: number, change: Partial<ProposedLimit> = {}): ProposedLimit => ({
  window,
  limitCredits,
  over: 'refuse',
  rollOverMaxCredits: null,
  ...change,
});

/** One image that was made: held, and captured at once. */
const made = (
  id: string,
  { at, held, used, by = CREATOR }: { at: number; held: number; used: number; by?: string },
): Asked[] => [
  { ...hold(held, { by }), commandId: id, at },
  { ...capture(`${id}/1`, used), at },
];

function rehearsed(steps: readonly Asked[], limits: readonly ProposedLimit[], { account = ACME, sinceAt = 0 } = {}) {
  const { lines, state } = historyOf([...agency(), ...steps].map((each) => ({ at: MONDAY, ...each })));
  return rehearse(state, { account, limits, lines: lines.filter(touching(account)), sinceAt });
}

const touching = (account: AccountId) => (line: Line) => touchedBy(line).includes(account);

describe('a rehearsal', () => {
  const week = [
    ...made('a', { at: MONDAY, held: 6, used: 5 }),
    ...made('b', { at: MONDAY + 60_000, held: 6, used: 5, by: MANAGER }),
    ...made('c', { at: MONDAY + DAY, held: 6, used: 4 }),
  ];

  test('says how many would have been blocked, whose they were, and what that would have saved', () => {
    expect(rehearsed(week, [proposed('day', 10)])).toMatchObject({
      requestsCount: 3,
      usedCredits: 14,
      blocked: {
        requestsCount: 1,
        usedCredits: 5,
        members: [{ memberId: MANAGER, requestsCount: 1 }],
        clients: [{ clientId: 'acme', requestsCount: 1 }],
      },
      asked: { requestsCount: 0 },
      warned: { requestsCount: 0 },
    });
  });

  test('asks for what was held, and counts what was captured', () => {
    expect(rehearsed(week, [proposed('week', 11)])).toMatchObject({ blocked: { requestsCount: 1, usedCredits: 4 } });
    expect(rehearsed(week, [proposed('week', 16)])).toMatchObject({ blocked: { requestsCount: 0 } });
  });

  test('what would have been blocked leaves its room to what comes after it', () => {
    const big = [...made('a', { at: MONDAY, held: 9, used: 9 }), ...made('b', { at: MONDAY, held: 9, used: 9 })];
    const steps = [...big, ...made('c', { at: MONDAY, held: 1, used: 1 })];
    expect(rehearsed(steps, [proposed('day', 10)])).toMatchObject({ blocked: { requestsCount: 1, usedCredits: 9 } });
  });

  test.each([
    ['ask', 'asked'],
    ['warn', 'warned'],
  ] as const)('a limit that would %s is told apart', (over, as) => {
    const found = rehearsed(week, [proposed('day', 10, { over })]);
    expect(found[as].requestsCount).toBe(1);
    expect(found.blocked.requestsCount).toBe(0);
  });

  test('of several limits the strictest decides', () => {
    const limits = [
      proposed('day', 10, { over: 'ask' }),
      proposed('month', 10),
      proposed('total', 1, { over: 'warn' }),
    ];
    expect(rehearsed(week, limits)).toMatchObject({
      blocked: { requestsCount: 2, members: [{ memberId: CREATOR }, { memberId: MANAGER }] },
      asked: { requestsCount: 0 },
      warned: { requestsCount: 1 },
    });
  });

  test('what was given back used nothing, what is open counts in full, a slip is the agency’s', () => {
    const steps: Asked[] = [
      { ...hold(5), commandId: 'a', at: MONDAY },
      { ...voided('a/1'), at: MONDAY },
      { ...hold(5), commandId: 'b', at: MONDAY },
      { ...slip('b/1'), at: MONDAY + DAY },
      { ...hold(5), commandId: 'c', at: MONDAY + DAY },
    ];
    expect(rehearsed(steps, [proposed('total', 5)])).toMatchObject({ usedCredits: 5, blocked: { requestsCount: 0 } });
    expect(rehearsed(steps, [proposed('total', 5)], { account: AGENCY })).toMatchObject({
      usedCredits: 10,
      blocked: { requestsCount: 1, usedCredits: 5 },
    });
  });

  test('what was before the days looked at counts, and is not told', () => {
    const sinceAt = MONDAY + 30_000;
    expect(rehearsed(week, [proposed('day', 10)], { sinceAt })).toMatchObject({
      requestsCount: 2,
      blocked: { requestsCount: 1 },
    });
    const { lines, state } = historyOf([...agency(), ...week].map((each) => ({ at: MONDAY, ...each })));
    const since = { account: ACME, limits: [proposed('total', 10)], sinceAt };
    const seen = lines.filter(({ at }) => at >= sinceAt);
    expect(rehearse(state, { ...since, lines: seen })).toMatchObject({ blocked: { requestsCount: 2 } });
  });

  test('an approved request counts as one that was made', () => {
    const steps: Asked[] = [
      {
        kind: 'set_limit',
        account: ACME,
        window: 'day',
        limitCredits: 1,
        over: 'ask',
        rollOverMaxCredits: null,
        by: OWNER,
      },
      { ...hold(4), commandId: 'a' },
      { kind: 'approve', requestId: 'a', how: { kind: 'once' }, seen: ['client:acme day'], by: OWNER },
    ];
    expect(rehearsed(steps, [proposed('day', 3)])).toMatchObject({
      requestsCount: 1,
      blocked: { requestsCount: 1, usedCredits: 4, members: [{ memberId: CREATOR }] },
    });
  });

  test('last month’s unused allowance comes on top, as far as it may', () => {
    const october = MONDAY - 30 * DAY;
    const steps = [
      ...made('a', { at: october, held: 4, used: 4 }),
      ...made('b', { at: MONDAY, held: 8, used: 8 }),
      ...made('c', { at: MONDAY, held: 8, used: 8 }),
    ].map((step) => step);
    const early = [...agency().map((each) => ({ ...each, at: october })), ...steps];
    const { lines, state } = historyOf(early);
    const of = (rollOverMaxCredits: number | null) =>
      rehearse(state, {
        account: ACME,
        limits: [proposed('month', 10, { rollOverMaxCredits })],
        lines: lines.filter(touching(ACME)),
        sinceAt: 0,
      }).blocked.requestsCount;
    expect([of(null), of(5), of(6), of(100)]).toEqual([1, 1, 0, 0]);
  });
});

/** The same, by looking back from each request at all before it: no running sums, no classes. */
function bruteForce(
  { state, lines: all }: { state: State; lines: readonly Line[] },
  lines: readonly Line[],
  account: AccountId,
  limits: readonly ProposedLimit[],
  sinceAt: number,
) {
  const told = tell(all);
  const name = (window: Window, at: number) => keyAt(told, window, at);

  const cost = (holdId: string, amount: number) => {
    const end = lines.find((line) => 'holdId' in line && line.holdId === holdId);
    if (end?.kind === 'captured') return end.chargedTo === 'all' || account === AGENCY ? end.capturedCredits : 0;
    if (end?.kind === 'slipped') return account === AGENCY ? amount : 0;
    return end?.kind === 'voided' ? 0 : amount;
  };
  const requests = lines.flatMap((line) => {
    if (line.kind !== 'held' && line.kind !== 'approved') return [];
    let [held, used] = [0, 0];
    for (const { holdId, amountCredits } of line.holds) {
      held += amountCredits;
      used += cost(holdId, amountCredits);
    }
    return [{ at: line.at, memberId: line.memberId, held, used, end: 'passed' as string }];
  });
  /** Of long windows: what the ledger has counted, but for the requests that are told here. */
  const before = (window: Window, at: number) => {
    if (window === 'day' || window === 'week' || window === 'month') return 0;
    const of = name(window, at);
    const use = state.use.get(account)?.find(({ key }) => key === of);
    const here = requests.filter((each) => name(window, each.at) === of);
    return (use ? use.usedCredits + use.heldCredits : 0) - here.reduce((sum, { used }) => sum + used, 0);
  };

  requests.forEach((request, index) => {
    const counted = requests.slice(0, index).filter(({ end }) => end === 'passed' || end === 'warn');
    const sumOf = (belongs: (at: number) => boolean) =>
      counted.filter(({ at }) => belongs(at)).reduce((sum, { used }) => sum + used, 0);
    const broken = limits.filter(({ window, limitCredits, rollOverMaxCredits }) => {
      const present = sumOf((at) => name(window, at) === name(window, request.at)) + before(window, request.at);
      const left = limitCredits - sumOf((at) => name('month', at) === monthBefore(name('month', request.at)));
      const rolled = rollOverMaxCredits === null ? 0 : Math.min(rollOverMaxCredits, Math.max(0, left));
      return present + request.held > limitCredits + rolled;
    });
    request.end =
      (['refuse', 'ask', 'warn'] as const).find((over) => broken.some((each) => each.over === over)) ?? 'passed';
  });
  const since = requests.filter(({ at }) => at >= sinceAt);
  const tally = (as: OnExceeded) => {
    const those = since.filter(({ end }) => end === as);
    const members = new Map<string, number>();
    for (const { memberId } of those) members.set(memberId, (members.get(memberId) ?? 0) + 1);
    return { requestsCount: those.length, usedCredits: those.reduce((sum, { used }) => sum + used, 0), members };
  };
  return { requestsCount: since.length, blocked: tally('refuse'), asked: tally('ask'), warned: tally('warn') };
}

const limits = fc.uniqueArray(
  fc
    .record({
      window: fc.constantFrom<Window>('day', 'week', 'month', 'quarter', 'year', 'total'),
      limitCredits: fc.integer({ min: 0, max: 20 }),
      over: fc.constantFrom<OnExceeded>('refuse', 'ask', 'warn'),
      roll: fc.option(fc.integer({ min: 0, max: 10 })),
    })
    .map(
      ({ roll, ...each }): ProposedLimit => ({ ...each, rollOverMaxCredits: each.window === 'month' ? roll : null }),
    ),
  { selector: ({ window }) => window, minLength: 1, maxLength: 4 },
);

test.each([21, 22])(
  'on random histories it says what a second, slower way of counting says, seed %i',
  (seed) => {
    let toldCount = 0;
    fc.assert(
      fc.property(
        histories(45),
        limits,
        fc.constantFrom<AccountId>(ACME, AGENCY, `member:${CREATOR}`),
        fc.double({ min: 0, max: 1, noNaN: true }),
        ({ lines, state }, proposals, account, part) => {
          const touched = lines.filter(touching(account));
          const sinceAt = lines[Math.floor(part * (lines.length - 1))]?.at ?? 0;
          // What lies before the window that was open then makes no difference to a limit of days, weeks or months.
          const from = readsFrom(proposals, sinceAt);
          const read = touched.filter(({ at }) => at >= from);
          const found = rehearse(state, { account, limits: proposals, lines: read, sinceAt });
          const expected = bruteForce({ state, lines }, read, account, proposals, sinceAt);
          const asMaps = (tally: typeof found.blocked) => ({
            requestsCount: tally.requestsCount,
            usedCredits: tally.usedCredits,
            members: new Map(tally.members.map(({ memberId, requestsCount }) => [memberId, requestsCount])),
          });
          expect({
            requestsCount: found.requestsCount,
            blocked: asMaps(found.blocked),
            asked: asMaps(found.asked),
            warned: asMaps(found.warned),
          }).toEqual(expected);
          toldCount += found.blocked.requestsCount + found.asked.requestsCount + found.warned.requestsCount;
        },
      ),
      { seed, numRuns: RUNS },
    );
    expect(toldCount).toBeGreaterThan(RUNS);
  },
  60_000,
);
