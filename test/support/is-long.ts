/** Some proofs are as thorough as one has time for: `npm test` does an honest part of them, `npm run test:long` all. */
export const isLong = process.env.INKWELL_TEST_LONG === 'yes';

/** Of cases that are like one another half are quick proofs. Of pairs that count up like digits, each first and each second. */
export const halfOf = <Case>(cases: readonly Case[]): Case[] =>
  cases.filter((_, index) => isLong || (index + (index >> 1)) % 2 === 0);
