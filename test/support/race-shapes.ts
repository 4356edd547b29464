import fc from 'fast-check';
import type { AccountId } from '../../src/ledger/accounts.ts';
import { type Asked, bind, client, grant, limit, member } from '../support/fixtures.ts';
import { bindProject, move, project, team, teamsOf } from '../support/wishes.ts';

/**
 * The race of the promise: far more requests at once than there is room for, under limits of six accounts in several
 * windows, of which one, whichever it is, has room for exactly ten.
 */
export const AT_ONCE = 500;
export const FIT = 10;
export const WINDOWS = ['day', 'week', 'month', 'quarter', 'year', 'total'] as const;

const window = fc.constantFrom(...WINDOWS);
const loose = fc.record({ window, more: fc.integer({ min: 1, max: AT_ONCE }) });

/** Which account is the tight one and in which window, what its room is made of, and how much room the others have. */
export const shapes = fc.record({
  tight: fc.nat({ max: 5 }),
  window,
  others: fc.array(loose, { minLength: 6, maxLength: 6 }),
  eachCredits: fc.integer({ min: 1, max: 90 }),
  imagesCount: fc.integer({ min: 1, max: 3 }),
  /** Too little for an eleventh, as a share of its price. */
  spareShare: fc.integer({ min: 0, max: 99 }),
  madeOf: fc.constantFrom('limit', 'limit', 'grant', 'move'),
  over: fc.constantFrom('refuse', 'refuse', 'ask'),
});
export type Shape = typeof shapes extends fc.Arbitrary<infer Value> ? Value : never;

/** Six kinds of account that each request of a round counts for. */
export const accountsOf = (round: number): AccountId[] => [
  'agency',
  `team:t${round}`,
  `client:c${round}`,
  `project:p${round}`,
  `member:U${round}`,
  `member:U${round}@client:c${round}`,
];

export const placesOf = (round: number): Asked[] => [
  client(`c${round}`),
  bind(`C${round}`, `c${round}`),
  project(`p${round}`, `c${round}`),
  bindProject(`C${round}`, `p${round}`),
  team(`t${round}`),
  member(`U${round}`),
  teamsOf(`U${round}`, `t${round}`),
];

export function limitsOf(round: number, shape: Shape, { grantUntilAt }: { grantUntilAt: number }): Asked[] {
  const { tight, window: of, others, eachCredits, imagesCount, spareShare, madeOf, over } = shape;
  const price = eachCredits * imagesCount;
  const room = price * FIT + Math.floor((price * spareShare) / 100);
  const part = madeOf === 'limit' ? 0 : (price * FIT) >> 1;
  return accountsOf(round).flatMap((account, index): Asked[] => {
    const { window: loosely, more } = others[index] ?? { window: 'day', more: 1 };
    if (index !== tight) return [limit(account, loosely, price * (FIT + more))];
    return [
      ...(loosely === of ? [] : [limit(account, loosely, price * (FIT + more))]),
      limit(account, of, room - part, { over }),
      ...(madeOf === 'grant' ? [grant(account, part, { grantId: `G${round}`, expiresAt: grantUntilAt })] : []),
      ...(madeOf === 'move' ? [move('client:bank', account, part, { window: of })] : []),
    ];
  });
}
