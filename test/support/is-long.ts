import { describe, test } from 'vitest';

/** Some proofs are as thorough as one has time for: `npm test` does an honest part of them, `npm run test:long` all. */
export const isLong = process.env.INKWELL_TEST_LONG === 'yes';

/** Of cases that are like one another some are quick proofs: one in so many, the first of them always. */
export const someOf = <Case>(cases: readonly Case[], oneIn: number): Case[] =>
  cases.filter((_, index) => isLong || index % oneIn === 0);

/** What only the long proofs do. */
export const testLong: (name: string, check: () => Promise<void> | void, timeoutMs?: number) => void = isLong
  ? test
  : () => undefined;
export const describeLong: (name: string, tests: () => void) => void = isLong ? describe : () => undefined;
