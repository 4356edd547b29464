import { describe, expect, test } from 'vitest';
import { cutPeriod, periodBefore, thisMonth } from '../../src/reports/periods.ts';

/** A Sunday. */
const NOW = { today: '2026-11-29', weekStartsOn: 1 };

describe('a period that is typed', () => {
  test.each([
    ['this week', '2026-11-23', '2026-11-29', 'Nov 23 – Nov 29, 2026'],
    ['last week', '2026-11-16', '2026-11-22', 'Nov 16 – Nov 22, 2026'],
    ['Last Month', '2026-10-01', '2026-10-31', 'October 2026'],
    ['this quarter', '2026-10-01', '2026-12-31', 'Oct 1 – Dec 31, 2026'],
    ['last quarter', '2026-07-01', '2026-09-30', 'Jul 1 – Sep 30, 2026'],
    ['last year', '2025-01-01', '2025-12-31', '2025'],
    ['2026-02', '2026-02-01', '2026-02-28', 'February 2026'],
    ['2024-02', '2024-02-01', '2024-02-29', 'February 2024'],
    ['2026-Q1', '2026-01-01', '2026-03-31', 'Jan 1 – Mar 31, 2026'],
    ['2025', '2025-01-01', '2025-12-31', '2025'],
    ['last 30 days', '2026-10-31', '2026-11-29', 'Oct 31 – Nov 29, 2026'],
    ['today', '2026-11-29', '2026-11-29', 'today'],
    ['yesterday', '2026-11-28', '2026-11-28', 'November 28, 2026'],
    ['2026-10-01..2026-10-15', '2026-10-01', '2026-10-15', 'Oct 1 – Oct 15, 2026'],
    ['2025-12-30 to 2026-01-02', '2025-12-30', '2026-01-02', 'Dec 30, 2025 – Jan 2, 2026'],
    ['2026-10-01 – 2026-10-02', '2026-10-01', '2026-10-02', 'Oct 1 – Oct 2, 2026'],
  ])('%s', (typed, fromDate, toDate, label) => {
    expect(cutPeriod(typed, NOW)).toEqual({ period: { fromDate, toDate, label }, rest: '' });
    expect(cutPeriod(`Acme ${typed}`, NOW)).toMatchObject({ period: { fromDate, toDate }, rest: 'Acme' });
    expect(cutPeriod(`${typed} Acme`, NOW)).toMatchObject({ period: { fromDate, toDate }, rest: 'Acme' });
  });

  test.each(['', 'Acme', 'Acme2026', 'last 0 days', '2026-13', '2026-02-30', '2026-10-15..2026-10-01', 'lastly'])(
    'is none in “%s”',
    (typed) => {
      expect(cutPeriod(typed, NOW)).toBeNull();
    },
  );

  test('at the end goes before one at the beginning: a name may hold a year', () => {
    expect(cutPeriod('2025 Campaign last month', NOW)).toMatchObject({
      rest: '2025 Campaign',
      period: { fromDate: '2026-10-01' },
    });
  });

  test.each([
    [0, '2026-11-29', '2026-11-29'],
    [1, '2026-11-29', '2026-11-23'],
    [6, '2026-11-29', '2026-11-28'],
    [1, '2026-11-30', '2026-11-30'],
  ])('of a week that begins on day %d, on %s', (weekStartsOn, today, fromDate) => {
    expect(cutPeriod('this week', { today, weekStartsOn })).toMatchObject({ period: { fromDate } });
  });

  test('that runs is compared with as many days before as there were so far', () => {
    expect(periodBefore(thisMonth(NOW), NOW)).toEqual({ fromDate: '2026-10-03', toDate: '2026-10-31' });
    expect(periodBefore({ fromDate: '2026-10-01', toDate: '2026-10-31' }, NOW)).toEqual({
      fromDate: '2026-08-31',
      toDate: '2026-09-30',
    });
  });
});
