import type { ChangesView } from '../../src/app/people/changes-view.ts';
import type { LeavingReceipt } from '../../src/app/people/receipt-view.ts';
import { NOW } from '../../test/slack/home-views.ts';
import { ANA, HUGE, LONG_NAME, OLIVIA, RTL_NAME } from './hard-cases.ts';

/** What was changed lately, and who left: for the samples of people. */

export const changes: ChangesView = {
  page: 0,
  hasMore: true,
  lookedBackEnough: false,
  names: { 'client:northwind': LONG_NAME, 'team:design': 'Design' },
  rows: [
    { seq: 4, at: NOW, by: OLIVIA, facts: { kind: 'member_suspended', memberId: ANA, reason: 'On leave' } },
    { seq: 3, at: NOW, by: 'inkwell', facts: { kind: 'owner_appointed', memberId: OLIVIA, how: 'operator' } },
    { seq: 3, at: NOW, by: 'inkwell', facts: { kind: 'member_removed', memberId: ANA, reason: 'Left Slack' } },
    { seq: 2, at: NOW, by: OLIVIA, facts: { kind: 'client_renamed', clientId: 'northwind', name: RTL_NAME } },
    {
      seq: 1,
      at: NOW,
      by: OLIVIA,
      facts: {
        kind: 'rule_set',
        scope: 'role:creator',
        rule: { imagesMax: 4, priceMaxCredits: HUGE, models: ['sketch'], qualities: null },
      },
    },
    { seq: 0, at: NOW, by: OLIVIA, facts: { kind: 'policy_set', policy: { name: 'ownerAboveCredits', value: HUGE } } },
  ] as ChangesView['rows'],
};

export const receipt = (change: Partial<LeavingReceipt['leaving']> = {}): LeavingReceipt =>
  ({
    kind: 'leaving_receipt',
    memberId: ANA,
    at: NOW,
    clientNames: { northwind: 'Northwind Coffee', long: LONG_NAME },
    leaving: {
      removal: { kind: 'member_removed', memberId: ANA, by: OLIVIA, at: NOW, reason: 'Left' },
      used: {
        requestsCount: 21,
        imagesCount: 40,
        credits: 240,
        byClient: [
          { clientId: 'northwind', imagesCount: 30, credits: 180 },
          { clientId: 'long', imagesCount: 10, credits: 60 },
        ],
      },
      givenBack: { imagesCount: 2, credits: 12 },
      finished: { imagesCount: 1, credits: 6 },
      beingMade: { imagesCount: 0, credits: 0 },
      settledAt: null,
      withdrawnCount: 1,
      broughtBack: null,
      ...change,
    },
  }) as LeavingReceipt;
