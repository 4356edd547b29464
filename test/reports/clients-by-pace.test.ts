import { describe, expect, test } from 'vitest';
import { daysUsed } from '../../src/reports/budgets/days-used.ts';
import { forecastOf } from '../../src/reports/budgets/month.ts';
import { clientsByPace } from '../../src/reports/clients-by-pace.ts';
import { forecastWords, lastsWords } from '../../src/words/overview.ts';
import { budget, clientRow, overview } from '../slack/home-views.ts';
import { MONDAY } from '../support/clock.ts';
import { bind, client, limit } from '../support/fixtures.ts';
import { type Made, pastOf } from './digest/past.ts';

const TODAY = '2026-11-23';
const used = (state: Parameters<typeof daysUsed>[0]) => daysUsed(state, { fromDate: '2025-10-01', toDate: TODAY });
const NAMES = ['globex', 'initech', 'umbrella'];
const order = (limits: Readonly<Record<string, number>>, made: Made[]) => {
  const setUp = NAMES.flatMap((clientId) => [client(clientId), bind(`C-${clientId}`, clientId)]);
  const set = Object.entries(limits).map(([clientId, credits]) =>
    limit(`client:${clientId}`, 'month', credits, { over: 'warn' }),
  );
  const state = pastOf([...setUp, ...set], made);
  const paces = clientsByPace(state, { clientIds: NAMES, used: used(state), moment: { at: MONDAY, today: TODAY } });
  return paces.map(({ clientId }) => clientId);
};
const spent = (clientId: string, credits: number): Made => ({ daysAgo: 3, credits, channelId: `C-${clientId}` });

describe('clients by pace', () => {
  test.each([
    [
      'the one that uses most of its budget',
      { globex: 100, initech: 100, umbrella: 100 },
      [10, 90, 50],
      ['initech', 'umbrella', 'globex'],
    ],
    [
      'a small budget before a large one',
      { globex: 1_000, initech: 50, umbrella: 400 },
      [100, 40, 80],
      ['initech', 'umbrella', 'globex'],
    ],
    ['the larger first where neither has a budget', { initech: 100 }, [70, 5, 80], ['initech', 'umbrella', 'globex']],
    [
      'what is used where nothing may be',
      { globex: 0, initech: 100, umbrella: 0 },
      [5, 99, 0],
      ['globex', 'initech', 'umbrella'],
    ],
    [
      'none used at all, by name',
      { globex: 10, initech: 10, umbrella: 10 },
      [0, 0, 0],
      ['globex', 'initech', 'umbrella'],
    ],
  ])('puts first %s', (_, limits, credits, expected) => {
    const made = NAMES.flatMap((clientId, index) =>
      (credits[index] ?? 0) > 0 ? [spent(clientId, credits[index] ?? 0)] : [],
    );
    expect(order(limits, made)).toEqual(expected);
  });
});

test('a forecast is made once for the days of a date, and anew for another date', () => {
  const days = new Map([['2026-11-02', 30]]);
  const first = forecastOf(days, TODAY);
  expect(forecastOf(days, TODAY)).toBe(first);
  expect(forecastOf(days, '2026-11-24')).not.toEqual(first);
});

describe('the words of a month', () => {
  const month = overview().month!;
  test.each([
    [{ forecast: null }, 'It’s too early to tell how the month will end.'],
    [
      { used: [10, 20], forecast: { method: 'straight_line', credits: 300, range: null } as const },
      'It’s too early to tell how the month will end.',
    ],
    [
      { forecast: { method: 'earlier_months', credits: 2_100, range: null } as const },
      'At this pace about 2,100 credits by November 30. More months will give it a range. That’s 100 credits more than there is.',
    ],
    [{}, 'At this pace about 1,360 credits by November 30, most likely 1,240 to 1,490.'],
    [{ used: month.dates.map(() => 1) }, 'The month ends today, November 30.'],
  ])('%#', (given, words) => {
    expect(forecastWords({ ...month, ...given })).toBe(words);
  });

  test.each([
    [{}, null],
    [{ budget: budget({ usedCredits: 500 }) }, '500 used · used up'],
    [{ budget: budget(), left: { leftCredits: 90, percent: 18, endsAt: 0 } }, '390 used · about 90 will be left'],
    [
      { budget: budget(), burn: { runsOutOn: '2026-11-26', daysEarly: 1 } },
      '390 used · runs out Thursday, November 26, 1 day early',
    ],
    [{ budget: budget({ usedCredits: 0 }) }, '0 used · 75% behind plan'],
  ])('of a client: %#', (given, words) => {
    expect(lastsWords(clientRow('acme', 'Acme', given))).toBe(words);
  });
});
