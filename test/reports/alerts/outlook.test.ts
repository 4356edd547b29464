import { describe, expect, test } from 'vitest';
import type { AccountId } from '../../../src/ledger/accounts.ts';
import { type LimitAlert, limitAlerts } from '../../../src/reports/alerts/limit-alerts.ts';
import { daysUsed } from '../../../src/reports/budgets/days-used.ts';
import { MONDAY } from '../../support/clock.ts';
import { type Asked, limit } from '../../support/fixtures.ts';
import * as Wish from '../../support/wishes.ts';
import { DAY, type Made, pastOf } from '../digest/past.ts';

/** Monday 23 November, 10:00: seven days and fourteen hours before the month ends. */
const daily = (credits: number, change: Partial<Made> = {}, daysCount = 100): Made[] =>
  Array.from({ length: daysCount }, (_, index) => ({ daysAgo: index + 1, credits, ...change }));

function alertOf(setUp: Asked[], made: readonly Made[], account: AccountId = 'client:acme'): LimitAlert | undefined {
  const state = pastOf(setUp, made);
  const used = daysUsed(state, { fromDate: '2025-11-01', toDate: '2026-11-22' });
  return limitAlerts(state, { at: MONDAY, used }).find((alert) => alert.account === account);
}
const outlookOf = (...asked: Parameters<typeof alertOf>) => alertOf(...asked)?.outlook;
const monthly = (credits: number) => [limit('client:acme', 'month', credits, { over: 'warn' })];

describe('the outlook of a client’s month', () => {
  // Ten a day: 220 used, 300 expected.
  test.each([
    [230, 'burning'],
    [270, 'burning'],
    [285, 'burning'],
    [290, 'unsure'],
    [299, 'unsure'],
    [301, 'enough'],
    [390, 'enough'],
    [410, 'left_over'],
    [900, 'left_over'],
  ])('with %d credits is %s', (credits, kind) => {
    expect(outlookOf(monthly(credits), daily(10))?.kind).toBe(kind);
  });

  test('says when it runs out, and how much it would need', () => {
    const outlook = outlookOf(monthly(250), daily(10, {}, 195));
    if (outlook?.kind !== 'burning') throw new Error('It is not burning');
    const { runsOutAt, range, endsAt, isDue, forecastCredits } = outlook.burn;
    expect(forecastCredits).toBeGreaterThanOrEqual(295);
    expect(forecastCredits).toBeLessThanOrEqual(305);
    expect((runsOutAt - MONDAY) / DAY).toBeGreaterThan(2.5);
    expect((runsOutAt - MONDAY) / DAY).toBeLessThan(3.2);
    expect(endsAt).toBe(Date.UTC(2026, 10, 30, 23));
    expect(isDue).toBe(false);
    expect(range?.fromAt).toBeLessThanOrEqual(runsOutAt);
    expect(range?.toAt ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(runsOutAt);
  });

  test.each([
    ['used up', monthly(220), daily(10)],
    ['used on four days of four weeks', monthly(250), daily(60, {}, 4)],
    ['never used', monthly(250), []],
  ])('that is %s is not burning', (_, setUp, made) => {
    expect(outlookOf(setUp, made)?.kind).not.toBe('burning');
  });

  test.each([
    ['by week', 'week'],
    ['by quarter', 'quarter'],
    ['altogether', 'total'],
  ] as const)('a limit %s has none', (_, window) => {
    expect(outlookOf([limit('client:acme', window, 250)], daily(1))).toBeNull();
  });

  test('one that nobody used is no news, however much is left', () => {
    expect(outlookOf(monthly(900), [])?.kind).not.toBe('left_over');
  });
});

describe('the outlook of a project', () => {
  const launch = (credits: number, dueAt: number | null) => [
    Wish.project('launch', 'acme', { dueAt }),
    limit('project:launch', 'total', credits, { over: 'warn' }),
  ];
  // A thousand credits in a hundred days, and ten a day from now on.
  test.each([
    [1_100, 20, 'burning', 10],
    [1_150, 40, 'burning', 15],
    [1_195, 20, 'unsure', null],
    [1_300, 20, 'enough', null],
    [3_000, 20, 'enough', null],
  ])('with %d credits, due in %d days, is %s', (credits, days, kind, inDays) => {
    const outlook = outlookOf(
      launch(credits, MONDAY + days * DAY),
      daily(10, { projectId: 'launch' }),
      'project:launch',
    );
    expect(outlook?.kind).toBe(kind);
    if (outlook?.kind !== 'burning') return;
    expect(outlook.burn).toMatchObject({ isDue: true, endsAt: MONDAY + days * DAY });
    expect(Math.round((outlook.burn.runsOutAt - MONDAY) / DAY)).toBe(inDays);
  });

  test.each([
    ['without a due date', null],
    ['that was due', MONDAY - DAY],
  ])('%s has none', (_, dueAt) => {
    expect(outlookOf(launch(1_100, dueAt), daily(10, { projectId: 'launch' }), 'project:launch')).toBeNull();
  });
});
