import { describe, expect, test } from 'vitest';
import { WINDOWS, type Window } from '../../src/ledger/usage/windows.ts';
import { limitsInShort, limitWords } from '../../src/words/limits.ts';
import { WINDOW_WORDS } from '../../src/words/windows.ts';

describe('a limit in words', () => {
  test.each<[Window, string, string]>([
    ['day', '500 credits a day', 'no limit a day'],
    ['week', '500 credits a week', 'no limit a week'],
    ['month', '500 credits a month', 'no limit a month'],
    ['total', '500 credits in total', 'no limit in total'],
  ])('of a %s', (window, some, none) => {
    expect(limitWords({ window, limitCredits: 500 })).toBe(some);
    expect(limitWords({ window, limitCredits: null })).toBe(none);
  });

  test('says what came before, what happens over it, and what rolls over', () => {
    const limit = { window: 'month', limitCredits: 1, from: 'previously 1,300', over: 'ask' } as const;
    expect(limitWords({ ...limit, rollOverMaxCredits: 100 })).toBe(
      '1 credit a month, previously 1,300, then asks for approval; up to 100 credits roll over',
    );
    expect(limitWords({ ...limit, over: 'warn', from: null })).toBe('1 credit a month, then warns');
    expect(limitWords({ ...limit, limitCredits: null })).toBe('no limit a month, previously 1,300');
  });

  test('in a list', () => {
    const day = { window: 'day', limitCredits: 12, over: 'ask' } as const;
    expect(limitsInShort([day, { window: 'total', limitCredits: 2_000 }])).toBe(
      '12 a day, then asks for approval · 2,000 in total',
    );
    expect(limitsInShort([])).toBe('No limit');
  });
});

test('every window has words of its own, and all that end say what comes next', () => {
  const all = WINDOWS.map((window) => WINDOW_WORDS[window]);
  for (const form of ['adjective', 'noun', 'per', 'each', 'now'] as const)
    expect(new Set(all.map((words) => words[form])).size).toBe(WINDOWS.length);
  expect(WINDOWS.filter((window) => WINDOW_WORDS[window].next === null)).toEqual(['total']);
});
