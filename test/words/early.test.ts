import { expect, test } from 'vitest';
import { findingParts } from '../../src/words/describe-digest.ts';
import { inPlain } from './in-plain.ts';

test.each([
  [0, 'Northwind’s monthly budget runs out Monday, November 30, less than a day before it resets: about 12 credits'],
  [1, 'Northwind’s monthly budget runs out Monday, November 30, 1 day before it resets: about 12 credits'],
  [9, 'Northwind’s monthly budget runs out Monday, November 30, 9 days before it resets: about 12 credits'],
])('a budget that runs out %d days early is said so', (daysEarly, words) => {
  const of = { account: 'client:nw', window: 'month', date: '2026-11-30', isDue: false, missingCredits: 12 } as const;
  expect(inPlain(findingParts({ kind: 'runs_out', daysEarly, ...of }, { 'client:nw': 'Northwind' }))).toContain(words);
});
