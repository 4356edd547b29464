import { describe, expect, test } from 'vitest';
import { differencesFrom } from './against-node-cron.ts';

/** A first hour, the hours in which clocks are set, and an office's; each for two years. */
const EXPRESSIONS = ['30 3 * * *', '0 0 * * *', '30 1 * * *', '15 2 * * 0', '0 9 * * 1'];
const FROM_AT = Date.UTC(2026, 0, 1);

describe('the moments of ticks are node-cron’s, and where a time comes twice or never, as they are promised', () => {
  test.each(Intl.supportedValuesOf('timeZone'))('%s', (timeZone) => {
    for (const expression of EXPRESSIONS) {
      const runsCount = expression.endsWith('* * *') ? 730 : 104;
      const { wrong, compared } = differencesFrom(expression, timeZone, { fromAt: FROM_AT, runsCount });
      expect(wrong).toEqual([]);
      expect(compared).toBeGreaterThan(700);
    }
  });
});
