import { describe, expect, test } from 'vitest';
import type { AccountId } from '../../src/ledger/accounts.ts';
import { limitName } from '../../src/ledger/accounts.ts';
import type { OwnersOnly } from '../../src/ledger/refusals.ts';
import { approversOf } from '../../src/ledger/rights/approval-authority.ts';

import { MONDAY } from '../support/clock.ts';
import {
  type Asked,
  agency,
  bind,
  CREATOR,
  capture,
  client,
  hold,
  limit,
  MANAGER,
  member,
  OWNER,
} from '../support/fixtures.ts';
import { given } from '../support/given.ts';
import {
  approve,
  closeClient,
  delegate,
  deleteTeam,
  manages,
  move,
  policy,
  project,
  remove,
  resume,
  rule,
  suspend,
  team,
  teamsOf,
} from '../support/wishes.ts';

const by = MANAGER;
const OTHER = 'UOTHER';
const inAcme = (memberId: string): AccountId => `member:${memberId}@client:acme`;
const refused = (why: OwnersOnly, account: AccountId) => ({ reason: 'owners_only', why, account }) as const;
const asks = (account: AccountId, credits: number, window: 'day' | 'month' = 'month') =>
  limit(account, window, credits, { over: 'ask' });

/** One manager of two clients and a team, another manager of one of the clients. */
const base: Asked[] = [
  ...agency(),
  client('nova', 'Nova'),
  bind('C2', 'nova'),
  member(OTHER, 'manager'),
  team('film'),
  teamsOf(CREATOR, 'film'),
  manages(MANAGER, { clientIds: ['acme', 'nova'], teamIds: ['film'] }),
  manages(OTHER, { clientIds: ['acme'] }),
  limit('client:acme', 'month', 100),
  limit('client:nova', 'month', 50),
];

describe('a manager', () => {
  test.each([
    [limit(inAcme(MANAGER), 'month', 90, { by }), refused('own_limit', inAcme(MANAGER))],
    [limit(inAcme(MANAGER), 'day', null, { by }), refused('own_limit', inAcme(MANAGER))],
    [limit(inAcme(OTHER), 'month', 90, { by }), refused('limit_of_leader', inAcme(OTHER))],
    [limit(inAcme(OWNER), 'week', 0, { by }), refused('limit_of_leader', inAcme(OWNER))],
    [move('client:acme', inAcme(MANAGER), 5, { by }), refused('own_limit', inAcme(MANAGER))],
    [move(inAcme(OWNER), 'client:acme', 5, { by }), refused('limit_of_leader', inAcme(OWNER))],
    [move('project:p1', 'client:acme', 5, { by }), refused('move_to_owners_limit', 'client:acme')],
    [move(inAcme(CREATOR), 'client:nova', 5, { by }), refused('move_to_owners_limit', 'client:nova')],
    [move('client:acme', 'team:film', 5, { by }), refused('move_to_owners_limit', 'team:film')],
  ] as const)('%j is an owner’s', (wish, refusal) => {
    const all = [MANAGER, OWNER, OTHER, CREATOR].map((id) => limit(inAcme(id), 'month', 10));
    const steps = [
      ...base,
      project('p1', 'acme'),
      limit('project:p1', 'month', 20),
      limit('team:film', 'month', 9),
      ...all,
    ];
    given(steps).when(wish).thenRefused(refusal);
    given(steps)
      .when({ ...wish, by: OWNER })
      .then({ by: OWNER });
  });

  test('sets the limits of people who make images, as before', () => {
    given(base, limit(inAcme(CREATOR), 'month', 6, { over: 'ask' }))
      .when(limit(inAcme(CREATOR), 'month', 100, { by }))
      .then({ kind: 'limit_set' });
    given(base, limit(inAcme(CREATOR), 'day', 6))
      .when(limit(inAcme(CREATOR), 'day', null, { by }))
      .then({ kind: 'limit_set' });
  });

  test.each([
    ['more', limit(inAcme(CREATOR), 'month', 7, { by, over: 'ask' })],
    ['none', limit(inAcme(CREATOR), 'month', null, { by, over: 'ask' })],
    ['a softer one', limit(inAcme(CREATOR), 'month', 6, { by, over: 'warn' })],
    ['roll-over', limit(inAcme(CREATOR), 'month', 6, { by, over: 'ask', rollOverMaxCredits: 5 })],
  ])('loosens none where nothing above stops the account: %s', (_, wish) => {
    const uncovered = [...base, limit('client:acme', 'month', 80, { over: 'warn' }), asks(inAcme(CREATOR), 6)];
    const { line } = given(uncovered).when(wish).then({ kind: 'refused' });
    expect(line).toMatchObject({ refusal: { reason: expect.stringMatching(/^(owners_only|above_limit_of)$/) } });
    given(uncovered)
      .when(limit(inAcme(CREATOR), 'month', 5, { by }))
      .then({ kind: 'limit_set' });
    for (const above of [limit('agency', 'total', 500), limit('client:acme', 'total', 500)]) {
      given(uncovered, limit('client:acme', 'month', null), above)
        .when(wish)
        .then({ kind: 'limit_set' });
    }
  });

  test('makes the rules of a client stricter, and not looser', () => {
    const ruled = [...base, rule('client:acme', { imagesMax: 4, models: ['one', 'two'] })];
    given(ruled)
      .when({ ...rule('client:acme', { imagesMax: 2, priceMaxCredits: 9, models: ['one'] }), by })
      .then({ kind: 'rule_set' });
    for (const looser of [
      null,
      { imagesMax: 5, models: ['one'] },
      { imagesMax: 4 },
      { imagesMax: 4, models: ['three'] },
    ]) {
      given(ruled)
        .when({ ...rule('client:acme', looser), by })
        .thenRefused(refused('client_rule', 'client:acme'));
      given(ruled)
        .when({ ...rule('client:acme', looser), by: OWNER })
        .then({ kind: 'rule_set' });
    }
  });

  test('takes no channel over for a client that no limit stops', () => {
    const second = [...base, client('second')].map((step) => step);
    const created: Asked[] = [...second.slice(0, -1), { ...client('second'), by }];
    for (const channelId of ['C1', 'C9']) {
      given(created)
        .when(bind(channelId, 'second', { by }))
        .thenRefused(refused('client_without_limit', 'client:second'));
      given(created, limit('client:second', 'month', 5, { over: 'warn' }))
        .when(bind(channelId, 'second', { by }))
        .thenRefused(refused('client_without_limit', 'client:second'));
      given(created, limit('client:second', 'day', 5))
        .when(bind(channelId, 'second', { by }))
        .then({ kind: 'channel_bound', by });
    }
    given(created)
      .when(bind('C1', 'nova', { by }))
      .then({ kind: 'channel_bound' });
  });

  test('binds freely where no client has a limit', () => {
    given(agency(), { ...client('second'), by })
      .when(bind('C9', 'second', { by }))
      .then({ kind: 'channel_bound' });
  });

  test('moves credits between clients, but not from a softer limit, nor from a closed client', () => {
    given(base)
      .when(move('client:acme', 'client:nova', 30, { by }))
      .then({ kind: 'budget_moved' });
    given(base, asks('client:acme', 100))
      .when(move('client:acme', 'client:nova', 30, { by }))
      .thenRefused(refused('move_from_softer_limit', 'client:nova'));
    given(base, closeClient('acme'))
      .when(move('client:acme', 'client:nova', 30, { by }))
      .thenRefused(refused('move_from_closed', 'client:acme'));
  });

  test('takes back what was moved from a client to a person, and no more', () => {
    const lent = [...base, limit(inAcme(CREATOR), 'month', 20), move('client:acme', inAcme(CREATOR), 7, { by })];
    given(lent)
      .when(move(inAcme(CREATOR), 'client:acme', 7, { by }))
      .then({ kind: 'budget_moved' });
    for (const [to, credits] of [
      ['client:acme', 8],
      ['client:nova', 7],
    ] as const) {
      given(lent)
        .when(move(inAcme(CREATOR), to, credits, { by }))
        .thenRefused(refused('move_to_owners_limit', to));
    }
    given(base, limit(inAcme(CREATOR), 'month', 20), move('client:acme', 'client:nova', 7, { by }))
      .when(move(inAcme(CREATOR), 'client:acme', 7, { by }))
      .thenRefused(refused('move_to_owners_limit', 'client:acme'));
  });

  test.each([7, 1])('does not take back %i credits of what a team has that was deleted', (credits) => {
    const teams = [
      ...base,
      team('photo'),
      manages(MANAGER, { clientIds: ['acme'], teamIds: ['film', 'photo'] }),
      limit('team:film', 'month', 20),
      limit('team:photo', 'month', 20),
      limit(inAcme(CREATOR), 'month', 20),
      move('team:film', 'team:photo', 7, { by }),
    ];
    const deleted = deleteTeam('photo');
    const again: Asked = { kind: 'restore_team', teamId: 'photo' };
    for (const steps of [teams, [...teams, deleted], [...teams, deleted, again]]) {
      given(steps)
        .when(move(inAcme(CREATOR), 'team:film', credits, { by }))
        .thenRefused(refused('move_to_owners_limit', 'team:film'));
    }
  });

  test.each(['owner', 'manager'] as const)('invites nobody as %s', (role) => {
    given(base)
      .when({ ...member('UNEW', role), by })
      .thenRefused({ reason: 'not_allowed', action: 'set_role', roles: ['owner'] });
    given(base)
      .when({ ...member('UNEW', role), by: OWNER })
      .then({ kind: 'member_added', role });
  });

  test('lifts no suspension by an owner', () => {
    given(base, { ...suspend(CREATOR), by: OWNER })
      .when({ ...resume(CREATOR), by })
      .thenRefused(refused('suspended_by_owner', `member:${CREATOR}`));
    given(base, { ...suspend(CREATOR), by })
      .when({ ...resume(CREATOR), by })
      .then({ kind: 'member_resumed' });
  });

  test('removes nobody whose images are in progress', () => {
    const making = [...base, { ...hold(5), commandId: 'h' }];
    given(making)
      .when({ ...remove(CREATOR), by })
      .thenRefused(refused('images_in_progress', `member:${CREATOR}`));
    given(making, capture('h/1', 5))
      .when({ ...remove(CREATOR), by })
      .then({ kind: 'member_removed' });
    given(making)
      .when({ ...remove(CREATOR), by: OWNER })
      .then({ kind: 'member_removed' });
  });
});

describe('extra credits from an approval', () => {
  const until = { kind: 'until', amountCredits: 60, expiresAt: MONDAY + 86_400_000 } as const;
  const MONTH = limitName({ account: 'client:acme', window: 'month' });
  const asking = [...base, asks('client:acme', 10), { ...hold(15), commandId: 'r' }];

  test('are not for whoever gave them, and for everybody else', () => {
    const approved = [...asking, approve('r', [MONTH], { how: until })];
    given(approved)
      .when(hold(55, { by: MANAGER }))
      .then({ kind: 'asked' });
    for (const memberId of [CREATOR, OTHER, OWNER]) {
      given(approved)
        .when(hold(55, { by: memberId }))
        .then({ kind: 'held' });
    }
  });

  test('come for longer than once from no delegate', () => {
    const away = [...asking, member('UMATE'), delegate('UMATE', MONDAY + 1_000)];
    given(away)
      .when(approve('r', [MONTH], { by: 'UMATE', how: until }))
      .thenRefused(refused('lasting_as_delegate', 'client:acme'));
    given(away)
      .when(approve('r', [MONTH], { by: 'UMATE' }))
      .then({ kind: 'approved' });
  });

  test('lift no limit of the same account that refuses, unless the approver might raise it', () => {
    const both = [...base, asks('client:acme', 10, 'day'), { ...hold(15), commandId: 'r' }];
    const DAY = limitName({ account: 'client:acme', window: 'day' });
    const { state } = given(both)
      .when(approve('r', [DAY]))
      .thenRefused(refused('also_refuses', 'client:acme'));
    const request = state.requests.get('r');
    expect(request && approversOf(state, request, MONDAY)).toEqual([OWNER]);
    given(both)
      .when(approve('r', [DAY], { by: OWNER }))
      .then({ kind: 'approved' });
    const own = inAcme(CREATOR);
    given(base, asks(own, 10, 'day'), limit(own, 'month', 30), { ...hold(15), commandId: 'r' })
      .when(approve('r', [limitName({ account: own, window: 'day' })]))
      .then({ kind: 'approved' });
  });

  test('stay an owner’s above the threshold', () => {
    given(asking, policy('ownerAboveCredits', 50))
      .when(approve('r', [MONTH], { how: until }))
      .thenRefused({ reason: 'owner_needed' });
  });
});
