import { describe, expect, test } from 'vitest';
import { INKWELL } from '../../src/ledger/commands/commands.ts';
import { type Asked, agency, CREATOR, MANAGER, member, OWNER, open, role } from '../support/fixtures.ts';
import { given } from '../support/given.ts';
import { appoint, remove, suspend } from '../support/wishes.ts';

describe('opening a workspace', () => {
  test('makes its first owner', () => {
    const { state } = given()
      .when(open())
      .then({ kind: 'workspace_opened', ownerId: OWNER, timeZone: 'Europe/Berlin' });
    expect(state.members.get(OWNER)?.role).toBe('owner');
    expect(state.settings).toMatchObject({ timeZone: 'Europe/Berlin', weekStartsOn: 1, defaultRole: 'creator' });
  });

  test('happens once', () => {
    given(open())
      .when(open({ ownerId: 'UOTHER' }))
      .thenRefused({ reason: 'already_open' });
  });

  test.each([
    ['timeZone', { timeZone: 'Mars/Olympus' }],
    ['ownerId', { ownerId: 'two words' }],
    ['ownerId', { ownerId: '' }],
    ['weekStartsOn', { weekStartsOn: 7 }],
    ['weekStartsOn', { weekStartsOn: 1.5 }],
    ['creditValueMicroUsd', { creditValueMicroUsd: 0 }],
    ['creditValueMicroUsd', { creditValueMicroUsd: 1_000_000_001 }],
    ['markupBasisPoints', { markupBasisPoints: Number.NaN }],
  ])('refuses a wrong %s', (field, change) => {
    given().when(open(change)).thenRefused({ reason: 'invalid', field });
  });

  test('comes before everything else', () => {
    given().when(member('U1')).thenRefused({ reason: 'not_open' });
  });
});

describe('members', () => {
  test('are added with a role', () => {
    const { state } = given(open()).when(member('U1', 'viewer')).then({ kind: 'member_added', memberId: 'U1' });
    expect(state.members.get('U1')?.role).toBe('viewer');
  });

  test('keep the role they have when they are seen again', () => {
    const { state } = given(agency())
      .when(member(MANAGER, 'viewer'))
      .thenRefused({ reason: 'nothing_changed', stands: { kind: 'member_added', memberId: MANAGER } });
    expect(state.members.get(MANAGER)?.role).toBe('manager');
  });

  test('need an id that is one', () => {
    given(open()).when(member('a:b')).thenRefused({ reason: 'invalid', field: 'memberId' });
    given(open())
      .when(member('x'.repeat(121)))
      .thenRefused({ reason: 'invalid', field: 'memberId' });
  });

  test('who are unknown may do nothing', () => {
    given(agency())
      .when(role(CREATOR, 'viewer', 'USTRANGER'))
      .thenRefused({ reason: 'not_a_member' });
  });
});

describe('a role', () => {
  test('is given by an owner, whose name stands with it; since when somebody is a member stays', () => {
    const before = given(agency());
    const { state } = before.when(role(CREATOR, 'manager')).then({ kind: 'role_set', by: OWNER });
    expect(state.members.get(CREATOR)).toEqual({
      ...before.state.members.get(CREATOR),
      role: 'manager',
      roleBy: OWNER,
    });
  });

  test('can be given to somebody who was never here', () => {
    const { state } = given(agency()).when(role('UNEW', 'owner')).then({ kind: 'role_set' });
    expect(state.members.get('UNEW')?.role).toBe('owner');
  });

  test.each(['manager', 'creator', 'viewer'] as const)('the last owner cannot become %s', (to) => {
    given(agency()).when(role(OWNER, to)).thenRefused({ reason: 'last_owner', memberId: OWNER });
  });

  test('nor can the product take the last owner away', () => {
    given(agency())
      .when({ ...role(OWNER, 'viewer'), by: 'inkwell' })
      .thenRefused({ reason: 'last_owner' });
  });

  test('the last owner is an owner already', () => {
    given(agency())
      .when(role(OWNER, 'owner'))
      .thenRefused({ reason: 'nothing_changed', stands: { kind: 'role_set', role: 'owner' } });
  });

  test('one of two owners can go, and then the other cannot', () => {
    const { line } = given(agency(), role(MANAGER, 'owner')).when(role(OWNER, 'viewer')).then({ kind: 'role_set' });
    given(agency(), role(MANAGER, 'owner'), line)
      .when(role(MANAGER, 'creator', MANAGER))
      .thenRefused({ reason: 'last_owner', memberId: MANAGER });
  });

  test('somebody who is owner no more may not give it back', () => {
    given(agency(), role(MANAGER, 'owner'), role(OWNER, 'viewer'))
      .when(role(OWNER, 'owner'))
      .thenRefused({ reason: 'not_allowed', action: 'set_role', role: 'viewer', roles: ['owner'] });
  });
});

describe('an owner from outside Slack', () => {
  const gone: [string, Asked[]][] = [
    ['somebody new', []],
    ['a creator', [member('UNEXT', 'creator')]],
    ['somebody suspended', [member('UNEXT', 'viewer'), suspend('UNEXT')]],
    ['somebody removed', [member('UNEXT', 'manager'), remove('UNEXT')]],
  ];
  test.each(gone)('is an active one, whatever they were: %s', (_, before) => {
    const { state, line } = given([...agency(), ...before]).when(appoint('UNEXT', 'operator'));
    expect(line).toMatchObject({ kind: 'owner_appointed', by: INKWELL, memberId: 'UNEXT', how: 'operator' });
    const { at } = line;
    const appointed = { role: 'owner', status: 'active', roleBy: INKWELL, appointed: { at, how: 'operator' } };
    expect(state.members.get('UNEXT')).toMatchObject(appointed);
  });

  test('looks after nothing in particular any more', () => {
    const { state } = given(agency()).when(appoint(MANAGER, 'variable'));
    expect(state.members.get(MANAGER)?.manages).toEqual({ clientIds: [], teamIds: [] });
  });

  test('is not appointed twice, nor by a person', () => {
    given(agency()).when(appoint(OWNER, 'operator')).thenRefused({ reason: 'invalid', field: 'memberId' });
    given(agency())
      .when(appoint('UNEXT', 'operator', { by: OWNER }))
      .thenRefused({ reason: 'not_allowed' });
    given(agency()).when(appoint('two words', 'variable')).thenRefused({ reason: 'invalid', field: 'memberId' });
  });
});
