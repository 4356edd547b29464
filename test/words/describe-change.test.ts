import { describe, expect, test } from 'vitest';
import type { SetUpChange } from '../../src/app/changes/reversible-change.ts';
import type { BudgetChange } from '../../src/app/limits/recent-changes.ts';
import type { ChangeFacts } from '../../src/ledger/kinds/change-kinds.ts';
import { describeBudgetChange } from '../../src/words/describe-budget-change.ts';
import { describeChange } from '../../src/words/describe-change.ts';
import { inPlain } from './in-plain.ts';
import { POLICY_CHANGES } from './policy-changes.ts';

const NAMES = {
  'client:a': 'Acme',
  'client:b': 'Bolt',
  'team:d': 'Design',
  'project:p': 'Zebra',
  'member:U1@client:a': 'Acme',
};
const DECEMBER = Date.UTC(2026, 11, 1);

describe('what a line changed, in words', () => {
  const say = (facts: ChangeFacts) => inPlain(describeChange(facts, NAMES));
  const limit = { kind: 'limit_set', over: 'refuse', rollOverMaxCredits: null } as const;
  const before = { limitCredits: 300, over: 'refuse', rollOverMaxCredits: null } as const;
  const granted = { kind: 'granted', grantId: 'g', account: 'team:d', amountCredits: 20 } as const;

  test.each<[ChangeFacts, string]>([
    [{ kind: 'member_added', memberId: 'U1', role: 'creator' }, '@U1 joined as creator'],
    [{ kind: 'role_set', memberId: 'U1', role: 'owner' }, '@U1 became owner'],
    [{ kind: 'manages_set', memberId: 'U1', clientIds: ['a'], teamIds: ['d'] }, '@U1 manages Acme, Design'],
    [{ kind: 'manages_set', memberId: 'U1', clientIds: [], teamIds: [] }, '@U1 manages nothing'],
    [{ kind: 'teams_set', memberId: 'U1', teamIds: ['d'] }, '@U1 is in Design'],
    [{ kind: 'teams_set', memberId: 'U1', teamIds: [] }, '@U1 isn’t in any team'],
    [{ kind: 'member_removed', memberId: 'U1', reason: '' }, '@U1 was removed'],
    [{ kind: 'member_suspended', memberId: 'U1', reason: 'On leave' }, '@U1 was suspended: “On leave”'],
    [{ kind: 'delegate_set', toId: null, untilAt: null }, 'Handles their own approvals again'],
    [{ kind: 'delegate_set', toId: 'U2', untilAt: DECEMBER }, '@U2 handles their approvals until 2026-12-01T00:00'],
    [{ kind: 'team_created', teamId: 'd', name: 'Design' }, 'The team Design was created'],
    [{ kind: 'team_deleted', teamId: 'd' }, 'The team Design was deleted'],
    [{ kind: 'team_restored', teamId: 'd' }, 'The team Design was restored'],
    [{ kind: 'client_renamed', clientId: 'a', name: 'Apex' }, 'A client was renamed Apex'],
    [{ kind: 'client_renamed', clientId: 'a', name: 'Apex', before: 'Acme' }, 'Acme was renamed Apex'],
    [{ kind: 'team_renamed', teamId: 't', name: 'Film', before: 'Video' }, 'Video was renamed Film'],
    [{ kind: 'client_closed', clientId: 'a' }, 'Acme was closed'],
    [{ ...limit, account: 'client:a', window: 'month', limitCredits: 500 }, 'Acme has 500 credits a month'],
    [
      { ...limit, account: 'team:d', window: 'month', limitCredits: 500, before },
      'The team Design has 500 credits a month, previously 300',
    ],
    [
      { ...limit, account: 'project:p', window: 'total', limitCredits: 300, before },
      'The project Zebra has 300 credits in total',
    ],
    [{ ...limit, account: 'agency', window: 'total', limitCredits: null }, 'The agency has no limit in total'],
    [
      { ...limit, account: 'member:U1@client:a', window: 'day', limitCredits: 12, over: 'ask' },
      '@U1 for Acme has 12 credits a day, then asks for approval',
    ],
    [
      { kind: 'budget_moved', from: 'client:a', to: 'project:p', window: 'month', amountCredits: 5 },
      '5 credits moved from Acme to the project Zebra',
    ],
    [{ ...granted, expiresAt: null, reason: 'Pitch' }, '20 extra credits for the team Design: “Pitch”'],
    [{ ...granted, expiresAt: DECEMBER, reason: '' }, '20 extra credits for the team Design until 2026-12-01T00:00'],
    [
      {
        kind: 'rule_set',
        scope: 'role:creator',
        rule: { imagesMax: 4, priceMaxCredits: 20, models: null, qualities: [] },
      },
      'A request by creators: at most 4 images, at most 20 credits, qualities none',
    ],
    [{ kind: 'rule_set', scope: 'client:a', rule: null }, 'No rules for requests by Acme'],
    [{ kind: 'channel_bound', channelId: 'C1', clientId: null }, '#C1 belongs to no client'],
    [{ kind: 'channel_bound', channelId: 'C1', clientId: 'b', before: 'a' }, '#C1 belongs to Bolt, previously to Acme'],
    [{ kind: 'channel_bound', channelId: 'C1', clientId: 'x' }, '#C1 belongs to the client'],
    [{ kind: 'approvals_channel_set', clientId: 'a', channelId: 'C1' }, 'Approvals for Acme go to #C1'],
    [{ kind: 'client_digest_set', clientId: 'a', isOn: true }, 'The channels of Acme get a weekly digest'],
    [{ kind: 'client_digest_set', clientId: 'a', isOn: false }, 'The channels of Acme no longer get a weekly digest'],
    [
      { kind: 'project_bound', channelId: 'C1', threadTs: '1.0', projectId: 'p' },
      'The thread of 1970-01-01T00:00 in #C1 counts toward the project Zebra',
    ],
    [{ kind: 'project_bound', channelId: 'C1', threadTs: null, projectId: null }, '#C1 counts toward no project'],
    [{ kind: 'project_reopened', projectId: 'p' }, 'The project Zebra was reopened'],
  ])('%j', (facts, words) => {
    expect(say(facts)).toBe(words);
  });

  test.each(POLICY_CHANGES)('of how the agency is run: %j', (policy, words) => {
    expect(say({ kind: 'policy_set', policy })).toBe(words);
  });
});

describe('what a form changed, in words', () => {
  const said = { name: 'Zebra', dueOn: null, stage: 'concept' } as const;
  const project = { kind: 'project', projectId: 'p', before: said } as const;
  const bound = { kind: 'channel', channelId: 'C1' } as const;

  test.each<[SetUpChange, string]>([
    [{ kind: 'limit', account: 'client:a', window: 'month', before: null, after: 500 }, 'Acme has 500 credits a month'],
    [
      { kind: 'limit', account: 'project:p', window: 'total', before: 500, after: null },
      'The project Zebra has no limit in total, previously 500',
    ],
    [{ kind: 'name', clientId: 'a', before: '', after: 'Acme' }, 'The client Acme was created'],
    [{ kind: 'name', clientId: 'a', before: 'Acme', after: 'Apex' }, 'Acme was renamed Apex'],
    [{ kind: 'name', clientId: 'a', before: 'Apex', after: 'Apex' }, 'A client was renamed Apex'],
    [{ kind: 'role', memberId: 'U1', before: 'creator', after: 'manager' }, '@U1 became manager'],
    [{ kind: 'teams', memberId: 'U1', before: '', after: 'd,e' }, '@U1 is in Design, team:e'],
    [{ kind: 'teams', memberId: 'U1', before: 'd', after: '' }, '@U1 isn’t in any team'],
    [{ kind: 'suspended', memberId: 'U1', before: false, after: true }, '@U1 was suspended'],
    [{ kind: 'suspended', memberId: 'U1', before: true, after: false }, '@U1 is no longer suspended'],
    [{ ...bound, before: null, after: 'a' }, '#C1 belongs to Acme'],
    [{ ...bound, before: 'a', after: null }, '#C1 belongs to no client, previously to Acme'],
    [{ ...bound, before: 'a', after: 'a' }, '#C1 belongs to Acme'],
    [{ kind: 'closed', of: 'client', id: 'a', before: false, after: true }, 'Acme was closed'],
    [{ kind: 'closed', of: 'project', id: 'p', before: true, after: false }, 'The project Zebra was reopened'],
    [{ ...project, before: { ...said, name: '' }, after: said }, 'The project Zebra was created'],
    [{ ...project, after: { ...said, name: 'Yak' } }, 'Zebra was renamed Yak'],
    [{ ...project, after: { ...said, dueOn: '2026-12-01' } }, 'Zebra is now due 1 Dec 2026'],
    [{ ...project, after: said }, 'The project Zebra was changed'],
    [
      { ...project, before: { ...said, dueOn: '2026-12-01' }, after: { ...said, name: 'Yak', stage: 'final' } },
      'Zebra was renamed Yak, now has no due date, is now at the stage final',
    ],
    [
      { kind: 'place', channelId: 'C1', threadTs: null, before: null, after: 'p' },
      '#C1 counts toward the project Zebra',
    ],
  ])('%j', (change, words) => {
    expect(inPlain(describeChange(change, NAMES))).toBe(words);
  });
});

describe('what an approval changed, in words', () => {
  const approved = (how: object, grants: object[] = []) =>
    ({ kind: 'approved', requestId: 'r', memberId: 'U1', how, grants }) as unknown as ChangeFacts;
  const raised = { account: 'client:a', window: 'month', limitCredits: 500 } as const;
  const grants = [
    { account: 'client:a', amountCredits: 1 },
    { account: 'agency', amountCredits: 7 },
  ];

  test.each<[string, ChangeFacts, string]>([
    [
      'limits for good',
      approved({ kind: 'raise', limits: [raised, { ...raised, account: 'team:d' }] }),
      'Acme has 500 credits a month, raised from 300 and the team Design has 500 credits a month to approve a request by @U1',
    ],
    [
      'extra credits until a day',
      approved({ kind: 'until', expiresAt: DECEMBER }, grants),
      '1 extra credit for Acme and 7 extra credits for the agency until 2026-12-01T00:00 to approve a request by @U1',
    ],
    [
      'one request',
      approved({ kind: 'once' }, grants.slice(1)),
      '7 extra credits for the agency for one request by @U1',
    ],
  ])('%s', (_, facts, words) => {
    const before = [{ account: 'client:a', window: 'month', fromCredits: 300, toCredits: 500 }] as const;
    expect(inPlain(describeChange(facts, NAMES, before))).toBe(words);
  });
});

describe('what changed of one budget, in words', () => {
  const row = { at: 0, by: 'U9' };
  const moved = { ...row, kind: 'budget_moved', window: 'month', amountCredits: 5 } as const;
  const other = { account: 'team:d', kind: 'team', name: 'Design', memberId: null } as const;

  test.each<[BudgetChange, string]>([
    [
      { ...row, kind: 'limit_set', window: 'day', limitCredits: 9, over: 'ask', rollOverMaxCredits: null },
      '9 credits a day, then asks for approval',
    ],
    [{ ...row, kind: 'granted', amountCredits: 5, expiresAt: null, reason: 'Pitch' }, '5 extra credits: “Pitch”'],
    [
      { ...row, kind: 'raised', window: 'month', fromCredits: 3, toCredits: 9, memberId: 'U1' },
      '9 credits a month, raised from 3 to approve a request by @U1',
    ],
    [
      { ...row, kind: 'granted_to_request', how: 'once', amountCredits: 5, expiresAt: DECEMBER, memberId: 'U1' },
      '5 extra credits for one request by @U1',
    ],
    [
      { ...row, kind: 'granted_to_request', how: 'until', amountCredits: 5, expiresAt: DECEMBER, memberId: 'U1' },
      '5 extra credits until 2026-12-01T00:00 to approve a request by @U1',
    ],
    [{ ...moved, isAway: true, other }, '5 credits moved away to the team Design, this month'],
    [{ ...moved, isAway: false, other: null }, '5 credits moved here from an account you don’t manage, this month'],
  ])('%j', (change, words) => {
    expect(inPlain(describeBudgetChange(change))).toBe(words);
  });
});
