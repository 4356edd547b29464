import { describe, expect, test } from '@jest/globals';
import { type Action, INKWELL, type Wish } from '../../src/ledger/commands.ts';
import { may, RIGHTS } from '../../src/ledger/rights.ts';
import { ROLES, type Role } from '../../src/ledger/state.ts';
import {
  type Asked,
  agency,
  bind,
  CREATOR,
  capture,
  client,
  grant,
  hold,
  limit,
  MANAGER,
  member,
  OWNER,
  open,
  role,
  slip,
  VIEWER,
  voided,
} from '../support/fixtures.ts';
import { answerTo, given } from '../support/given.ts';

/** Said again, on purpose: whoever changes the table changes it twice. */
const MAY: Record<Wish['kind'], readonly Role[]> = {
  open_workspace: [],
  add_member: [],
  set_role: ['owner'],
  create_client: ['owner', 'manager'],
  rename_client: ['owner', 'manager'],
  bind_channel: ['owner', 'manager'],
  set_limit: ['owner'],
  grant: ['owner'],
  hold: ['owner', 'manager', 'creator'],
  capture: [],
  void: [],
  slip: [],
};
const LOOKS: Partial<Record<Action, readonly Role[]>> = {
  see_agency: ['owner'],
  see_client: ['owner', 'manager', 'creator', 'viewer'],
  see_own: ['owner', 'manager', 'creator', 'viewer'],
  set_up: ['owner', 'manager'],
};

/** One wish of each kind that would be accepted from somebody who may. */
const WISHES: Record<Exclude<Wish['kind'], 'open_workspace'>, Asked> = {
  add_member: member('UNEW'),
  set_role: role(VIEWER, 'creator'),
  create_client: client('nova', 'Nova'),
  rename_client: { kind: 'rename_client', clientId: 'acme', name: 'Acme Group' },
  bind_channel: bind('C2', 'acme'),
  set_limit: limit('agency', 'month', 100),
  grant: grant('agency', 100),
  hold: hold(1),
  capture: capture('h/1', 1),
  void: voided('h/1'),
  slip: slip('h/1'),
};

const WHO: Record<Role, string> = { owner: OWNER, manager: MANAGER, creator: CREATOR, viewer: VIEWER };
const past = [...agency(), { ...hold(1), commandId: 'h' }];
const everyPair = Object.values(WISHES).flatMap((wish) => ROLES.map((each) => [each, wish.kind, wish] as const));

describe('rights', () => {
  test.each(everyPair)('%s: %s', (asRole, kind, wish) => {
    const asked = given(past).when({ ...wish, by: WHO[asRole] });
    if (MAY[kind].includes(asRole)) expect(asked.line.kind).not.toBe('refused');
    else asked.thenRefused({ reason: 'not_allowed', action: kind, role: asRole, roles: MAY[kind] });
  });

  test.each(Object.values(WISHES).map((wish) => [wish.kind, wish] as const))('the product itself: %s', (_, wish) => {
    expect(given(past).when({ ...wish, by: INKWELL }).line.kind).not.toBe('refused');
  });

  test.each(Object.values(WISHES).map((wish) => [wish.kind, wish] as const))('a stranger: %s', (_, wish) => {
    given(past)
      .when({ ...wish, by: 'USTRANGER' })
      .thenRefused({ reason: 'not_a_member', memberId: 'USTRANGER' });
  });

  test('nobody opens what is open', () => {
    for (const by of [...Object.values(WHO), INKWELL])
      given(past)
        .when({ ...open(), by })
        .thenRefused({ reason: 'already_open' });
  });

  test('are listed for every action, and nothing else is', () => {
    expect(RIGHTS).toEqual({ ...MAY, ...LOOKS });
  });

  test('to look are asked of the same table', () => {
    const { state } = given(agency());
    for (const [action, roles] of Object.entries(LOOKS)) {
      for (const each of ROLES) expect(may(state, WHO[each], action as Action)).toBe(roles.includes(each));
      expect(may(state, 'USTRANGER', action as Action)).toBe(false);
    }
  });

  test('go with the role at once', () => {
    given(past, role(CREATOR, 'viewer')).when(hold(1)).thenRefused({ reason: 'not_allowed', role: 'viewer' });
  });

  test('of somebody unknown leave no account behind that could not be read', () => {
    const { line } = answerTo(given(past).state, hold(1, { by: 'U:odd@one' }));
    expect(line).toMatchObject({ kind: 'refused', accounts: [] });
  });
});
