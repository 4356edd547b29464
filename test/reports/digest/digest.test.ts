import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { monthOf } from '../../../src/reports/budgets/month.ts';
import { digestOf } from '../../../src/reports/digest/digest.ts';
import { chooseFindings, type FindingFacts } from '../../../src/reports/digest/finding.ts';
import { weeksBefore } from '../../../src/reports/digest/weeks.ts';
import { usageOf } from '../../../src/reports/usage.ts';
import { MONDAY } from '../../support/clock.ts';
import { type Asked, bind, CREATOR, client, hold, limit, MANAGER, member, OWNER } from '../../support/fixtures.ts';
import { answerTo } from '../../support/history.ts';
import { isLong } from '../../support/is-long.ts';
import * as Wish from '../../support/wishes.ts';
import { DAY, type Made, pastOf, steadily } from './past.ts';

const NOVA: Asked[] = [client('nova', 'Nova'), bind('C2', 'nova')];
const findingsOf = (state: ReturnType<typeof pastOf>, by = OWNER, at = MONDAY) =>
  digestOf(state, by, at)?.findings ?? [];
const kindsOf = (...given: Parameters<typeof findingsOf>) => findingsOf(...given).map(({ facts }) => facts.kind);

describe('the week that a digest is about', () => {
  test.each([
    ['on its first day', '2026-11-23', 1, '2026-11-16', '2026-11-22'],
    ['on its last day', '2026-11-29', 1, '2026-11-16', '2026-11-22'],
    ['where weeks start on Sunday', '2026-11-23', 0, '2026-11-15', '2026-11-21'],
    ['across a year', '2027-01-04', 1, '2026-12-28', '2027-01-03'],
    ['across a change of clocks', '2026-10-26', 1, '2026-10-19', '2026-10-25'],
  ])('is the last whole one %s', (_, today, weekStartsOn, fromDate, toDate) => {
    const { week, earlier } = weeksBefore(today, weekStartsOn);
    expect(week).toEqual({ fromDate, toDate });
    expect(earlier).toHaveLength(4);
    expect(Date.parse(fromDate) - Date.parse(earlier[0]?.fromDate ?? '')).toBe(28 * DAY);
    expect(Date.parse(fromDate) - Date.parse(earlier.at(-1)?.toDate ?? '')).toBe(DAY);
  });

  test.each([
    ['2026-02-14', '2026-02-28'],
    ['2028-02-01', '2028-02-29'],
    ['2026-12-31', '2026-12-31'],
  ])('the month of %s ends on %s', (date, toDate) => {
    expect(monthOf(date)).toEqual({ fromDate: `${date.slice(0, 7)}-01`, toDate });
  });
});

describe('a digest', () => {
  test('of a quiet week is quiet, for owners, managers and an agency without a client', () => {
    const state = pastOf([], []);
    expect(digestOf(state, OWNER, MONDAY)).toMatchObject({ isQuiet: true, findings: [], clients: [], month: null });
    expect(digestOf(state, MANAGER, MONDAY)?.isQuiet).toBe(true);
  });

  test('is not quiet where something is due this week', () => {
    const due = (days: number) => [Wish.project('launch', 'acme', { dueAt: MONDAY + days * DAY })];
    expect(digestOf(pastOf(due(3), []), OWNER, MONDAY)).toMatchObject({
      isQuiet: false,
      due: [{ projectId: 'launch' }],
    });
    expect(digestOf(pastOf(due(9), []), OWNER, MONDAY)?.isQuiet).toBe(true);
  });

  test('shows a manager their own clients only', () => {
    const made = [...steadily(10), ...steadily(30, { channelId: 'C2' })];
    const state = pastOf([...NOVA, Wish.manages(MANAGER, { clientIds: ['nova'] })], made);
    expect(digestOf(state, OWNER, MONDAY)?.clients.map(({ clientId }) => clientId)).toEqual(['nova', 'acme']);
    const own = digestOf(state, MANAGER, MONDAY);
    expect(own?.clients.map(({ clientId }) => clientId)).toEqual(['nova']);
    expect(own?.week).toMatchObject({ imagesCount: 1, credits: 30 });
    expect(own?.usualCredits).toBe(30);
  });

  test('counts nothing for what came to no image', () => {
    const voided = { ...hold(9), commandId: 'v', at: MONDAY - 2 * DAY };
    const state = pastOf([], [], [voided, { kind: 'void', holdId: 'v/1', reason: 'refused', at: MONDAY - 2 * DAY }]);
    expect(digestOf(state, OWNER, MONDAY)?.week).toMatchObject({ imagesCount: 0, credits: 0, declinedCount: 1 });
  });

  test('says for each client how it stands against its plan', () => {
    const state = pastOf([limit('client:acme', 'month', 100)], steadily(20));
    const [acme] = digestOf(state, OWNER, MONDAY)?.clients ?? [];
    expect(acme).toMatchObject({ usualCredits: 20, week: { credits: 20 } });
    // Three uses lie in November, of which twenty-two days and ten hours of thirty are over.
    expect(acme?.budget).toMatchObject({ wholeCredits: 100, usedCredits: 60, expectedCredits: 75, daysLeft: 8 });
  });
});

describe('a finding', () => {
  const daily = (credits: number, change: Partial<Made> = {}): Made[] =>
    Array.from({ length: 100 }, (_, index) => ({ daysAgo: index + 1, credits, ...change }));

  test.each([
    ['a budget that will be used up', 250, { kind: 'runs_out', date: '2026-11-26', daysEarly: 5, missingCredits: 50 }],
    ['one that is used up', 220, { kind: 'runs_out', date: null, daysEarly: 8 }],
    ['none for one that will do', 301, undefined],
    ['one that will be left over', 600, { kind: 'left_over', leftCredits: 300 }],
    ['none for a little that will be left over', 390, undefined],
  ])('tells of %s', (_, limitCredits, facts) => {
    const state = pastOf([limit('client:acme', 'month', limitCredits, { over: 'warn' })], daily(10));
    const [first] = findingsOf(state);
    if (facts) expect(first?.facts).toMatchObject(facts);
    else expect(first).toBeUndefined();
  });

  test('of a project says how long before its due date it runs out', () => {
    const setUp = [
      Wish.project('launch', 'acme', { dueAt: MONDAY + 20 * DAY }),
      limit('project:launch', 'total', 1_100),
    ];
    const [first] = findingsOf(pastOf(setUp, daily(10, { projectId: 'launch' })));
    expect(first).toMatchObject({
      facts: { kind: 'runs_out', account: 'project:launch', date: '2026-12-03', daysEarly: 10, isDue: true },
      action: { kind: 'limits', account: 'project:launch' },
    });
  });

  test.each([
    [
      'a project',
      { projectId: 'launch' },
      { by: 'project', value: 'launch' },
      { kind: 'project', projectId: 'launch' },
    ],
    [
      'a member',
      { by: 'UNEW' },
      { by: 'member', value: 'UNEW' },
      { kind: 'limits', account: 'member:UNEW@client:acme' },
    ],
    ['a quality', { quality: 'low' }, { by: 'quality', value: 'low' }, { kind: 'rule', clientId: 'acme' }],
    ['nothing new', {}, null, { kind: 'rule', clientId: 'acme' }],
  ])('about a client far above its weeks names %s', (_, change, cause, action) => {
    const setUp = [Wish.project('launch', 'acme'), member('UNEW')];
    const state = pastOf(setUp, [...steadily(20), { daysAgo: 2, credits: 80, ...change }]);
    const [first] = findingsOf(state);
    expect(first?.facts).toMatchObject({ kind: 'spike', weekCredits: 100, usualCredits: 20, cause });
    expect(first).toMatchObject({ about: 'acme', stakeCredits: 80, action });
  });

  test.each([
    ['at rest before', [{ daysAgo: 2, credits: 80 }]],
    ['little above its weeks', [...steadily(20), { daysAgo: 2, credits: 8 }]],
    ['far above weeks of next to nothing', [...steadily(2), { daysAgo: 2, credits: 15 }]],
  ])('is not made of a client %s', (_, made) => {
    expect(kindsOf(pastOf([], made))).toEqual([]);
  });

  const blockedBy = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ ...hold(50), commandId: `no-${index}`, at: MONDAY - DAY }));
  test.each([
    ['three of twenty', 17, 3, ['blocked']],
    ['two of ten', 8, 2, []],
    ['three of forty', 37, 3, []],
  ])('of a limit that blocked %s requests', (_, madeCount, blockedCount, kinds) => {
    let state = pastOf(
      [limit('client:acme', 'day', 49, { over: 'refuse' })],
      Array.from({ length: madeCount }, () => ({ daysAgo: 2, credits: 1 })),
    );
    for (const asked of blockedBy(blockedCount)) ({ state } = answerTo(state, asked));
    expect(kindsOf(state)).toEqual(kinds);
    if (kinds.length > 0) {
      const requestsCount = madeCount + blockedCount;
      expect(findingsOf(state)[0]).toMatchObject({
        facts: { account: 'client:acme', window: 'day', blockedCount, requestsCount },
        action: { kind: 'limits', account: 'client:acme' },
      });
    }
  });

  test.each([
    ['few were kept', 3, 20, ['few_kept']],
    ['enough were kept', 8, 10, []],
    ['few have a mark', 1, 0, []],
  ])('is made of many images where %s', (_, kept, discarded, kinds) => {
    const made: Made[] = [
      { daysAgo: 2, credits: 1, imagesCount: 10 },
      ...Array.from({ length: kept }, () => ({ daysAgo: 2, credits: 1, mark: 'keep' as const })),
      ...Array.from({ length: discarded }, () => ({ daysAgo: 2, credits: 1, mark: 'discard' as const })),
      { daysAgo: 2, credits: 1, imagesCount: 10 },
    ];
    expect(kindsOf(pastOf([], made))).toEqual(kinds);
  });

  test('leads a manager to what they may do themselves, and is left out where there is nothing', () => {
    const state = pastOf([limit('client:acme', 'month', 250, { over: 'warn' })], daily(10));
    expect(findingsOf(state, OWNER)[0]?.action).toEqual({ kind: 'limits', account: 'client:acme' });
    expect(findingsOf(state, MANAGER)[0]?.action).toEqual({ kind: 'rule', clientId: 'acme' });
    expect(findingsOf(state, CREATOR)).toEqual([]);
  });
});

describe('findings that are chosen', () => {
  const facts: FindingFacts = { kind: 'few_kept', clientId: 'acme', projectId: null, imagesCount: 20, keptCount: 1 };
  const candidate = fc.record({
    facts: fc.constant(facts),
    about: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    stakeCredits: fc.integer({ min: -5, max: 50 }),
    action: fc.option(fc.constant({ kind: 'rule' as const, clientId: 'acme' })),
  });

  test('are at most three, each about something else, none dearer left out, in any order', () => {
    fc.assert(
      fc.property(fc.array(candidate, { maxLength: 20 }), (given) => {
        const chosen = chooseFindings(given);
        expect(chosen.length).toBeLessThanOrEqual(3);
        expect(new Set(chosen.map(({ about }) => about)).size).toBe(chosen.length);
        const stakes = chosen.map(({ stakeCredits }) => stakeCredits);
        expect(stakes).toEqual(stakes.toSorted((a, b) => b - a));
        const told = new Set(chosen.map(({ about }) => about));
        const least = chosen.length < 3 ? 1 : (stakes.at(-1) ?? 1);
        for (const { about, stakeCredits, action } of given) {
          if (action && stakeCredits > 0 && stakeCredits >= least + 1) expect(told).toContain(about);
        }
        expect(chooseFindings(given.toReversed()).map(({ stakeCredits }) => stakeCredits)).toEqual(stakes);
      }),
    );
  });

  test('add up to what the days say, whatever was made', () => {
    const made = fc.record({
      daysAgo: fc.integer({ min: 0, max: 40 }),
      credits: fc.integer({ min: 1, max: 30 }),
      channelId: fc.constantFrom('C1', 'C2'),
      mark: fc.option(fc.constantFrom('keep', 'final', 'discard'), { nil: undefined }),
    }) as fc.Arbitrary<Made>;
    fc.assert(
      fc.property(fc.array(made, { maxLength: 15 }), (all) => {
        const state = pastOf(NOVA, all);
        const digest = digestOf(state, OWNER, MONDAY);
        const weeks = weeksBefore('2026-11-23', 1);
        expect(digest?.week).toEqual(usageOf(state, { period: weeks.week }));
        const sum = digest?.clients.reduce((credits, { week }) => credits + week.credits, 0);
        expect(sum).toBe(digest?.week.credits);
        for (const client of digest?.clients ?? []) {
          const only = ({ clientId }: { clientId: string }) => clientId === client.clientId;
          expect(client.earlierCredits).toEqual(
            weeks.earlier.map((period) => usageOf(state, { period, only }).credits),
          );
        }
      }),
      { numRuns: isLong ? 300 : 20 },
    );
  });
});
