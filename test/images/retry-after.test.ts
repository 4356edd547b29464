import { expect, test } from 'vitest';
import { namedWaitMs } from '../../src/images/retry-after.ts';

const NOW = Date.UTC(2026, 10, 29, 12);
const DATE = 'Sun, 29 Nov 2026 12:00:00 GMT';
const wait = (headers: Record<string, string>) => namedWaitMs(new Headers(headers), NOW);

test.each([
  [{ 'retry-after': '7' }, 7_000],
  [{ 'retry-after': '0.5' }, 500],
  [{ 'retry-after-ms': '1500', 'retry-after': '2' }, 1_500],
  [{ 'retry-after': 'Sun, 29 Nov 2026 12:01:30 GMT', date: DATE }, 90_000],
  // The clocks differ by an hour: what the answer says of itself counts.
  [{ 'retry-after': 'Sun, 29 Nov 2026 13:00:10 GMT', date: 'Sun, 29 Nov 2026 13:00:00 GMT' }, 10_000],
  [{ 'retry-after': 'Sunday, 29-Nov-26 12:00:20 GMT' }, 20_000],
  [{ 'x-ratelimit-reset-requests': '6m0s' }, 360_000],
  [{ 'x-ratelimit-reset-requests': '1.5s', 'x-ratelimit-reset-tokens': '20ms' }, 1_500],
  [
    {
      'x-ratelimit-reset-requests': '5m',
      'x-ratelimit-remaining-requests': '3',
      'x-ratelimit-reset-tokens': '2s',
      'x-ratelimit-remaining-tokens': '0',
    },
    2_000,
  ],
  [{ 'retry-after': 'Fri, 31 Dec 9999 23:59:59 GMT', date: DATE }, 400 * 86_400_000],
  [{ 'retry-after': '1e9' }, null],
  [{ 'retry-after': '-5' }, null],
  [{ 'retry-after': 'NaN' }, null],
  [{ 'retry-after': '' }, null],
  [{ 'retry-after': '0' }, null],
  [{ 'retry-after': 'soon' }, null],
  [{ 'retry-after': 'Sun, 29 Nov 2020 12:00:00 GMT', date: DATE }, null],
  [{ 'x-ratelimit-reset-requests': 'soon' }, null],
  [{}, null],
])('%j asks to wait %j ms', (headers, ms) => {
  expect(wait(headers as Record<string, string>)).toBe(ms);
});
