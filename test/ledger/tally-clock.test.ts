import { describe, expect, test } from 'vitest';
import { usageRows } from '../../src/reports/usage.ts';
import { MONDAY } from '../support/clock.ts';
import { agency, capture, hold, limit } from '../support/fixtures.ts';
import { historyOf } from '../support/history.ts';
import * as Wish from '../support/wishes.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

describe.each([2, 45, 400])('what was made by a clock %d days ahead', (days) => {
  const wrongAt = MONDAY + days * DAY;
  const { state } = historyOf([
    ...agency(),
    limit('client:acme', 'total', 12, { over: 'ask' }),
    { ...hold(4), commandId: 'early', at: MONDAY },
    { ...capture('early/1', 3), at: MONDAY },
    { ...hold(4), commandId: 'late', at: wrongAt },
    { ...capture('late/1', 4), at: wrongAt + HOUR },
    { ...hold(50), commandId: 'blocked', at: wrongAt + HOUR },
    { ...Wish.mark('late/1', 'keep'), at: wrongAt + 2 * HOUR },
    Wish.correctClock(wrongAt + 2 * HOUR, MONDAY + HOUR),
  ]);
  const monday = '2026-11-23';

  test('counts on the day of the correction', () => {
    const rows = usageRows(state, { period: { fromDate: '2026-01-01', toDate: '2030-01-01' }, by: ['day'] });
    expect(rows).toMatchObject([
      { values: [monday], usage: { requestsCount: 3, blockedCount: 1, imagesCount: 2, credits: 7, keptCount: 1 } },
    ]);
    expect(state.blocked.toJS()).toEqual({ [monday]: { 'client:acme total': 1 } });
  });

  test('can still be marked, and is counted once', () => {
    const marked = historyOf([Wish.mark('late/1', 'discard')], { lines: [], state });
    const period = { fromDate: '2026-11-23', toDate: '2026-11-23' };
    expect(usageRows(marked.state, { period })).toMatchObject([
      { usage: { imagesCount: 2, keptCount: 0, discardedCount: 1 } },
    ]);
  });
});
