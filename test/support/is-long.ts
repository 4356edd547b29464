/** Some proofs are as thorough as one has time for: `npm test` does an honest part of them, `npm run test:long` all. */
export const isLong = process.env.INKWELL_TEST_LONG === 'yes';
