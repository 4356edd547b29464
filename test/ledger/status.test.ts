import { describe, expect, test } from 'vitest';
import { approversOf } from '../../src/ledger/rights/approval-authority.ts';
import { MONDAY } from '../support/clock.ts';
import {
  type Asked,
  agency,
  CREATOR,
  capture,
  grant,
  hold,
  limit,
  MANAGER,
  member,
  OWNER,
  role,
  slip,
  VIEWER,
  voided,
} from '../support/fixtures.ts';
import { given } from '../support/given.ts';
import { approve, bringBack, delegate, manages, remove, resume, suspend, team, teamsOf } from '../support/wishes.ts';

const HOUR = 3_600_000;

describe('a suspended member', () => {
  test('may do nothing, until resumed; what is being made comes to its end', () => {
    const steps = [...agency(), { ...hold(5), commandId: 'h' }, suspend(CREATOR)];
    given(steps).when(hold(1)).thenRefused({ reason: 'member_not_active', memberId: CREATOR, status: 'suspended' });
    given(steps).when(capture('h/1', 5)).then({ kind: 'captured', chargedTo: 'all' });
    given(steps, resume(CREATOR)).when(hold(1)).then({ kind: 'held' });
  });

  test('is told so whatever they try, also as an owner', () => {
    given(agency(), role(MANAGER, 'owner'), suspend(OWNER))
      .when(role(OWNER, 'owner'))
      .thenRefused({ reason: 'member_not_active', memberId: OWNER, status: 'suspended' });
  });

  test('can be removed, cannot be suspended again, nor brought back from where they have not gone', () => {
    given(agency(), suspend(CREATOR)).when(suspend(CREATOR)).thenRefused({ reason: 'member_not_active' });
    given(agency(), suspend(CREATOR)).when(remove(CREATOR)).then({ kind: 'member_removed' });
    given(agency(), suspend(CREATOR)).when(bringBack(CREATOR)).thenRefused({ reason: 'member_not_active' });
    given(agency()).when(resume(CREATOR)).thenRefused({ reason: 'member_not_active', status: 'active' });
    given(agency()).when(suspend('UNEW')).thenRefused({ reason: 'not_a_member' });
  });

  test('keeps what they asked for, and it is not approved before they are back', () => {
    const steps = [...agency(), limit('client:acme', 'total', 1, { over: 'ask' }), { ...hold(5), commandId: 'r' }];
    given(steps, suspend(CREATOR))
      .when(approve('r', ['client:acme total']))
      .thenRefused({ reason: 'member_not_active', memberId: CREATOR, status: 'suspended' });
    given(steps, suspend(CREATOR), resume(CREATOR))
      .when(approve('r', ['client:acme total']))
      .then({ kind: 'approved' });
  });
});

describe('the last owner', () => {
  const twoOwners = [...agency(), role(MANAGER, 'owner')];

  test.each([
    ['suspended', suspend(OWNER)],
    ['removed', remove(OWNER)],
    ['demoted', role(OWNER, 'viewer')],
  ])('is not %s', (_, wish) => {
    given(agency())
      .when({ ...wish, by: OWNER })
      .thenRefused({ reason: 'last_owner', memberId: OWNER });
    given(agency()).when(wish).thenRefused({ reason: 'last_owner' });
    given(twoOwners)
      .when({ ...wish, by: OWNER })
      .then({});
  });

  test.each([
    ['suspended', suspend(OWNER)],
    ['removed', remove(OWNER)],
    ['demoted', role(OWNER, 'viewer')],
  ])('is not %s where the other owner is suspended or removed: they own nothing meanwhile', (_, wish) => {
    for (const gone of [suspend(MANAGER), remove(MANAGER)]) {
      given(twoOwners, gone).when(wish).thenRefused({ reason: 'last_owner', memberId: OWNER });
    }
  });

  test('stays, and a suspended owner beside them can go for good', () => {
    given(twoOwners, suspend(MANAGER)).when(remove(MANAGER)).then({ kind: 'member_removed' });
    given(twoOwners, suspend(MANAGER)).when(role(MANAGER, 'creator')).then({ kind: 'role_set' });
  });
});

describe('removing a member', () => {
  const led = [
    ...agency(),
    team('film', 'Film'),
    manages(MANAGER, { clientIds: ['acme'], teamIds: ['film'] }),
    teamsOf(CREATOR, 'film'),
  ];
  const asking = [
    ...led,
    limit('client:acme', 'total', 10, { over: 'ask' }),
    { ...hold(20), commandId: 'r1' },
    { ...hold(30), commandId: 'r2' },
    { ...hold(30, { by: MANAGER }), commandId: 'r3' },
  ];

  test('withdraws every open request of theirs, and nobody else’s', () => {
    const denied = { kind: 'deny', requestId: 'r1', reason: 'No', by: MANAGER } as const;
    const { state, line } = given(asking, denied).when(remove(CREATOR)).then({ kind: 'member_removed' });
    expect(state.requests.get('r1')?.end).toMatchObject({ as: 'denied' });
    expect(state.requests.get('r2')?.end).toEqual({ as: 'withdrawn', by: 'inkwell', at: MONDAY, reason: null });
    expect(state.requests.get('r3')?.end).toBeNull();
    given(asking, denied, line, bringBack(CREATOR))
      .when(approve('r2', ['client:acme total']))
      .thenRefused({ reason: 'request_ended', requestId: 'r2', end: { as: 'withdrawn' } });
  });

  test('ends all that they were in, looked after, and were asked for', () => {
    const until = MONDAY + 24 * HOUR;
    const { state } = given(asking, delegate(CREATOR, until), role(VIEWER, 'manager'), delegate(OWNER, until, VIEWER))
      .when(remove(CREATOR))
      .then({});
    expect(state.members.get(CREATOR)).toMatchObject({ status: 'removed', teamIds: [], delegate: null });
    expect(state.members.get(MANAGER)?.delegate).toBeNull();
    expect(state.members.get(VIEWER)?.delegate).toMatchObject({ toId: OWNER, untilAt: until });
    const gone = given(asking, delegate(CREATOR, until)).when(remove(MANAGER)).then({}).state.members.get(MANAGER);
    expect(gone).toMatchObject({ manages: { clientIds: [], teamIds: [] }, delegate: null });
  });

  test('re-routes what waited for them: the owners are asked', () => {
    const { state } = given(asking).when(remove(MANAGER)).then({});
    const request = state.requests.get('r1');
    expect(request && approversOf(state, request, MONDAY)).toEqual([OWNER]);
  });

  test('lets a running image end on the agency’s account: no client, team, project or member is charged', () => {
    const steps = [...led, limit('client:acme', 'month', 10), grant('client:acme', 5)];
    const made = [...steps, { ...hold(12), commandId: 'h' }, remove(CREATOR)];
    const { state, line } = given(made)
      .when(capture('h/1', 11, 70))
      .then({ kind: 'captured', chargedTo: 'agency' });
    const used = ['agency', 'team:film', 'client:acme', `member:${CREATOR}`, `member:${CREATOR}@client:acme`] as const;
    const total = (account: (typeof used)[number]) => state.use.get(account)?.find(({ key }) => key === 'total');
    expect(used.map((account) => total(account)?.usedCredits)).toEqual([11, 0, 0, 0, 0]);
    expect(used.map((account) => total(account)?.heldCredits)).toEqual([0, 0, 0, 0, 0]);
    expect(state.grants.get('client:acme')).toMatchObject([{ usedCredits: 0, heldCredits: 0 }]);
    given(made, line)
      .when(hold(15, { by: MANAGER }))
      .then({ kind: 'held' });
  });

  test('is known at the capture: brought back before, everybody pays as ever; void and slip are as ever', () => {
    const held = [...agency(), { ...hold(5), commandId: 'h' }, remove(CREATOR)];
    given(held, bringBack(CREATOR)).when(capture('h/1', 5)).then({ chargedTo: 'all' });
    given(held).when(voided('h/1')).then({ kind: 'voided' });
    given(held).when(slip('h/1')).then({ kind: 'slipped' });
  });

  test('leaves nothing that they may, or that may be changed about them', () => {
    const gone = [...agency(), team('film', 'Film'), remove(CREATOR)];
    for (const wish of [member(CREATOR), role(CREATOR, 'owner'), suspend(CREATOR), remove(CREATOR), resume(CREATOR)]) {
      given(gone).when(wish).thenRefused({ reason: 'member_not_active', memberId: CREATOR, status: 'removed' });
    }
    given(gone).when(hold(1)).thenRefused({ reason: 'member_not_active', status: 'removed' });
  });

  test('says why, in some words', () => {
    given(agency())
      .when({ kind: 'remove_member', memberId: CREATOR, reason: 'x'.repeat(301) })
      .thenRefused({ reason: 'invalid', field: 'reason' });
    given(agency())
      .when({ kind: 'suspend_member', memberId: CREATOR, reason: 'a\u0000' })
      .thenRefused({ reason: 'invalid', field: 'reason' });
  });
});

describe('coming back', () => {
  test('is an owner’s to allow, with a role chosen then', () => {
    const gone = [...agency(), remove(MANAGER)];
    const { state } = given(gone)
      .when({ ...bringBack(MANAGER, 'creator'), by: OWNER })
      .then({ kind: 'member_brought_back', role: 'creator' });
    expect(state.members.get(MANAGER)).toMatchObject({ role: 'creator', roleBy: OWNER, status: 'active' });
    given(gone, role(CREATOR, 'manager'))
      .when({ ...bringBack(MANAGER), by: CREATOR })
      .thenRefused({ reason: 'not_allowed', roles: ['owner'] });
    given(gone)
      .when(bringBack(CREATOR))
      .thenRefused({ reason: 'member_not_active', memberId: CREATOR, status: 'active' });
  });
});

describe('a delegate', () => {
  const until = MONDAY + 24 * HOUR;
  const asking = [
    ...agency(),
    member('UMATE'),
    limit('client:acme', 'total', 10, { over: 'ask' }),
    { ...hold(20), commandId: 'r' },
  ];
  const seen = ['client:acme total'] as const;

  test('decides for a manager who is away, until the moment', () => {
    const steps = [...asking, delegate('UMATE', until)];
    const { state } = given(steps)
      .when(approve('r', seen, { by: 'UMATE', at: until - 1 }))
      .then({ kind: 'approved' });
    expect(state.requests.get('r')?.end).toMatchObject({ as: 'approved', by: 'UMATE' });
    given(steps)
      .when(approve('r', seen, { by: 'UMATE', at: until }))
      .thenRefused({ reason: 'not_allowed', action: 'approve', account: 'client:acme' });
    given(steps, delegate(null, null))
      .when(approve('r', seen, { by: 'UMATE' }))
      .thenRefused({ reason: 'not_allowed' });
  });

  test.each<[string, Asked[], string | undefined]>([
    ['in the place of the manager who is away', [delegate('UMATE', until)], MANAGER],
    ['in the place of the owner who is away', [delegate('UMATE', until, OWNER)], OWNER],
    ['of both, the first who might', [delegate('UMATE', until), delegate('UMATE', until, OWNER)], MANAGER],
    ['in their own name, where they may', [role('UMATE', 'owner'), delegate('UMATE', until)], undefined],
  ])('decides %s, and the line says so', (_name, steps, expected) => {
    const by = 'UMATE';
    for (const wish of [approve('r', seen, { by }), { kind: 'deny', requestId: 'r', reason: 'No', by } as const]) {
      const { state, line } = given(asking, steps).when(wish).then({});
      expect(line).toMatchObject({ kind: wish.kind === 'deny' ? 'denied' : 'approved' });
      expect('inPlaceOf' in line ? line.inPlaceOf : undefined).toBe(expected);
      expect(state.requests.get('r')?.end?.inPlaceOf).toBe(expected);
    }
  });

  test('may only what the other may, at that moment', () => {
    const steps = [...asking, delegate('UMATE', until)];
    const by = 'UMATE';
    for (const after of [suspend(MANAGER), role(MANAGER, 'creator'), manages(MANAGER, {}), suspend('UMATE')]) {
      given(steps, after)
        .when(approve('r', seen, { by }))
        .then({ kind: 'refused' });
    }
    given(steps, role('UMATE', 'viewer'))
      .when(approve('r', seen, { by }))
      .thenRefused({ reason: 'not_allowed' });
    given(steps)
      .when(limit(`member:${CREATOR}@client:acme`, 'day', 1, { by }))
      .thenRefused({ reason: 'not_allowed' });
  });

  test('does not decide about their own request, nor about that of the one they stand in for', () => {
    given(asking, delegate(CREATOR, until))
      .when(approve('r', seen, { by: CREATOR }))
      .thenRefused({ reason: 'own_request' });
    const own = [...asking, delegate('UMATE', until), { ...hold(20, { by: MANAGER }), commandId: 'm' }];
    for (const wish of [
      approve('m', seen, { by: 'UMATE' }),
      { kind: 'deny', requestId: 'm', reason: '', by: 'UMATE' } as const,
    ]) {
      given(own).when(wish).thenRefused({ reason: 'not_allowed', account: 'client:acme' });
    }
    const { state } = given(own).when(member('UNEXT')).then({});
    const request = state.requests.get('m');
    expect(request && approversOf(state, request, MONDAY)).toEqual([OWNER]);
  });

  test('does not pass it on', () => {
    const steps = [...asking, role('UMATE', 'manager'), delegate('UMATE', until), delegate(VIEWER, until, 'UMATE')];
    given(asking, role(VIEWER, 'creator'), steps.slice(-3))
      .when(approve('r', seen, { by: VIEWER }))
      .thenRefused({ reason: 'not_allowed' });
  });

  test.each([
    [delegate('UNEW', until), { reason: 'cannot_delegate_to', memberId: 'UNEW' }],
    [delegate(VIEWER, until), { reason: 'cannot_delegate_to', memberId: VIEWER }],
    [delegate(MANAGER, until), { reason: 'cannot_delegate_to', memberId: MANAGER }],
    [delegate('UMATE', MONDAY), { reason: 'invalid', field: 'untilAt' }],
    [delegate('UMATE', MONDAY + 366 * 24 * HOUR), { reason: 'invalid', field: 'untilAt' }],
    [delegate('UMATE', null), { reason: 'invalid', field: 'untilAt' }],
    [delegate(null, until), { reason: 'invalid', field: 'untilAt' }],
    [delegate('UMATE', until, CREATOR), { reason: 'not_allowed' }],
  ] as const)('%j is refused', (wish, refusal) => {
    given(asking).when(wish).thenRefused(refusal);
  });

  test('is nobody who is suspended', () => {
    given(asking, suspend('UMATE')).when(delegate('UMATE', until)).thenRefused({ reason: 'cannot_delegate_to' });
  });
});
