import type { MovePlace } from '../../src/app/limits/move-budget.ts';
import { clientNames } from './families/figures.ts';
import { ANA, HUGE, LONG_NAME } from './hard-cases.ts';

const place = (of: Partial<MovePlace> & Pick<MovePlace, 'account' | 'kind'>): MovePlace => ({
  name: null,
  memberId: null,
  personName: null,
  window: 'month',
  leftCredits: HUGE,
  ...of,
});
const ana = { memberId: ANA, personName: 'Ana Lindqvist' };

/** Places that credits can be moved to or from: one of each kind, for two periods. */
export const movePlaces: readonly MovePlace[] = [
  ...clientNames.map((name, index) => place({ account: `client:c${index}`, kind: 'client', name })),
  place({ account: 'team:film', kind: 'team', name: LONG_NAME, window: 'day', leftCredits: 1 }),
  place({ account: `member:${ANA}`, kind: 'member', ...ana }),
  place({ account: `member:${ANA}@client:c1`, kind: 'member_in_client', name: 'Northwind Coffee', ...ana }),
];
