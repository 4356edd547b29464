import { describe, expect, test } from 'vitest';
import { type CommandBody, INKWELL } from '../../src/ledger/commands/commands.ts';
import { byOf } from '../../src/ledger/principal.ts';
import { type Action, type Look, RIGHTS } from '../../src/ledger/rights/actions.ts';
import { checkAtAll, checkRight, may } from '../../src/ledger/rights/rights.ts';
import { ROLES, type Role } from '../../src/ledger/roles.ts';

import { MONDAY } from '../support/clock.ts';
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
import { given } from '../support/given.ts';
import { answerTo } from '../support/history.ts';
import { stop } from '../support/wishes.ts';

const DAY_MS = 86_400_000;

/** Said again, on purpose: whoever changes the table changes it twice. */
const MAY: Record<CommandBody['kind'], readonly Role[]> = {
  open_workspace: [],
  set_policy: ['owner'],
  add_member: ['owner', 'manager'],
  set_role: ['owner'],
  set_manages: ['owner'],
  set_teams: ['owner'],
  suspend_member: ['owner', 'manager'],
  resume_member: ['owner', 'manager'],
  remove_member: ['owner', 'manager'],
  bring_back_member: ['owner'],
  appoint_owner: [],
  set_delegate: ['owner', 'manager'],
  create_team: ['owner'],
  rename_team: ['owner'],
  delete_team: ['owner'],
  restore_team: ['owner'],
  create_client: ['owner', 'manager'],
  rename_client: ['owner', 'manager'],
  close_client: ['owner'],
  reopen_client: ['owner'],
  set_approvals_channel: ['owner', 'manager'],
  set_client_digest: ['owner', 'manager'],
  bind_channel: ['owner', 'manager'],
  change_channel_id: [],
  create_project: ['owner', 'manager'],
  change_project: ['owner', 'manager'],
  close_project: ['owner', 'manager'],
  reopen_project: ['owner', 'manager'],
  bind_project: ['owner', 'manager'],
  set_limit: ['owner'],
  set_rule: ['owner', 'manager'],
  move_budget: ['owner', 'manager'],
  grant: ['owner'],
  stop_spending: [],
  resume_spending: ['owner'],
  correct_clock: ['owner'],
  hold: ['owner', 'manager', 'creator'],
  capture: [],
  void: [],
  slip: [],
  mark_image: ['owner', 'manager', 'creator'],
  set_stage: ['owner', 'manager', 'creator'],
  mute_alerts: ['owner', 'manager'],
  cap_quality: ['owner', 'manager'],
  expect_use: ['owner', 'manager'],
  approve: ['owner', 'manager'],
  deny: ['owner', 'manager'],
  withdraw: ['creator'],
  escalate: [],
  lapse: [],
};

/** One wish of each kind that would be accepted from somebody who may. */
const WISHES: Record<Exclude<CommandBody['kind'], 'open_workspace'>, Asked> = {
  set_policy: { kind: 'set_policy', policy: { name: 'ownerAboveCredits', value: 100 } },
  add_member: member('UNEW'),
  set_role: role(VIEWER, 'creator'),
  set_manages: { kind: 'set_manages', memberId: MANAGER, clientIds: [], teamIds: ['film'] },
  set_teams: { kind: 'set_teams', memberId: VIEWER, teamIds: ['film'] },
  suspend_member: { kind: 'suspend_member', memberId: 'UMATE', reason: '' },
  resume_member: { kind: 'resume_member', memberId: 'UIDLE' },
  remove_member: { kind: 'remove_member', memberId: 'UMATE', reason: '' },
  bring_back_member: { kind: 'bring_back_member', memberId: 'UGONE', role: 'creator' },
  appoint_owner: { kind: 'appoint_owner', memberId: VIEWER, how: 'operator' },
  set_delegate: { kind: 'set_delegate', toId: CREATOR, untilAt: MONDAY + DAY_MS },
  create_team: { kind: 'create_team', teamId: 'print', name: 'Print' },
  rename_team: { kind: 'rename_team', teamId: 'film', name: 'Motion' },
  delete_team: { kind: 'delete_team', teamId: 'film' },
  restore_team: { kind: 'restore_team', teamId: 'film' },
  create_client: client('nova', 'Nova'),
  rename_client: { kind: 'rename_client', clientId: 'acme', name: 'Acme Group' },
  close_client: { kind: 'close_client', clientId: 'acme' },
  reopen_client: { kind: 'reopen_client', clientId: 'acme' },
  set_approvals_channel: { kind: 'set_approvals_channel', clientId: 'acme', channelId: 'C7' },
  set_client_digest: { kind: 'set_client_digest', clientId: 'acme', isOn: true },
  bind_channel: bind('C2', 'acme'),
  change_channel_id: { kind: 'change_channel_id', channelId: 'C1', toChannelId: 'C9' },
  create_project: {
    kind: 'create_project',
    projectId: 'p2',
    clientId: 'acme',
    name: 'Fall',
    dueAt: null,
    stage: 'final',
  },
  change_project: { kind: 'change_project', projectId: 'p1', name: 'Spring', dueAt: null, stage: 'final' },
  close_project: { kind: 'close_project', projectId: 'p1' },
  reopen_project: { kind: 'reopen_project', projectId: 'p1' },
  bind_project: { kind: 'bind_project', channelId: 'C1', threadTs: null, projectId: 'p1' },
  set_limit: limit('agency', 'month', 100),
  set_rule: {
    kind: 'set_rule',
    scope: 'client:acme',
    rule: { imagesMax: 1, priceMaxCredits: null, models: null, qualities: null },
  },
  move_budget: { kind: 'move_budget', from: 'client:acme', to: 'project:p1', window: 'total', amountCredits: 1 },
  grant: grant('agency', 100),
  stop_spending: stop(),
  resume_spending: { kind: 'resume_spending', stopId: 's' },
  correct_clock: { kind: 'correct_clock', wrongAt: MONDAY + DAY_MS, at: MONDAY },
  hold: hold(1),
  capture: capture('h/1', 1),
  void: voided('h/1'),
  slip: slip('h/1'),
  mark_image: { kind: 'mark_image', holdId: 'm/1', mark: 'keep' },
  set_stage: { kind: 'set_stage', holdId: 'm/1', stage: 'final' },
  cap_quality: {
    kind: 'cap_quality',
    clientId: 'acme',
    cap: { qualities: ['low'], untilAt: MONDAY + DAY_MS },
  },
  mute_alerts: { kind: 'mute_alerts', account: 'client:acme', untilAt: MONDAY + DAY_MS },
  expect_use: { kind: 'expect_use', account: 'client:acme', hourMaxCredits: 9, untilAt: MONDAY + DAY_MS },
  approve: { kind: 'approve', requestId: 'r', how: { kind: 'once' }, seen: ['client:acme total'] },
  deny: { kind: 'deny', requestId: 'r', reason: '' },
  withdraw: { kind: 'withdraw', requestId: 'r' },
  escalate: { kind: 'escalate', requestId: 'r', at: MONDAY + 2 * 3_600_000 },
  lapse: { kind: 'lapse', requestId: 'r', at: MONDAY + 24 * 3_600_000 },
};

const KEY = byOf({ kind: 'api_key', keyId: 'k1' });
const WHO: Record<Role, string> = { owner: OWNER, manager: MANAGER, creator: CREATOR, viewer: VIEWER };
const past: Asked[] = [
  ...agency(),
  { kind: 'create_team', teamId: 'film', name: 'Film' },
  { kind: 'set_manages', memberId: MANAGER, clientIds: ['acme'], teamIds: ['film'] },
  ...['UMATE', 'UIDLE', 'UGONE'].flatMap((id): Asked[] => [
    member(id),
    { kind: 'set_teams', memberId: id, teamIds: ['film'] },
  ]),
  { kind: 'suspend_member', memberId: 'UIDLE', reason: '' },
  { kind: 'remove_member', memberId: 'UGONE', reason: '' },
  { kind: 'create_project', projectId: 'p1', clientId: 'acme', name: 'Spring', dueAt: null, stage: 'concept' },
  limit('client:acme', 'total', 10, { over: 'ask' }),
  limit('project:p1', 'total', 10),
  { ...hold(1), commandId: 'h' },
  { ...hold(1), commandId: 'm' },
  capture('m/1', 1),
  { ...hold(20), commandId: 'r' },
];
const pastFor = (kind: CommandBody['kind']) => [...past, ...(NEEDS[kind] ?? [])];
/** What has to be so before a wish can change anything. */
const NEEDS: Partial<Record<CommandBody['kind'], Asked[]>> = {
  resume_spending: [stop({ commandId: 's' })],
  /** A ledger that is dated ahead. */
  correct_clock: [{ ...limit('team:film', 'day', 1), at: MONDAY + DAY_MS }],
  reopen_client: [{ kind: 'close_client', clientId: 'acme' }],
  reopen_project: [{ kind: 'close_project', projectId: 'p1' }],
  restore_team: [{ kind: 'delete_team', teamId: 'film' }],
};
const everyPair = Object.values(WISHES).flatMap((wish) => ROLES.map((each) => [each, wish.kind, wish] as const));

describe('rights', () => {
  test.each(everyPair)('%s: %s', (asRole, kind, wish) => {
    const asked = given(pastFor(kind)).when({ ...wish, by: WHO[asRole] });
    if (MAY[kind].includes(asRole)) expect(asked.line.kind).not.toBe('refused');
    else
      asked.thenRefused(
        kind === 'approve' && asRole === 'creator'
          ? { reason: 'own_request' }
          : kind === 'deny' && asRole === 'creator'
            ? { reason: 'own_request' }
            : { reason: 'not_allowed' },
      );
  });

  test.each(Object.values(WISHES).map((wish) => [wish.kind, wish] as const))('the product itself: %s', (kind, wish) => {
    const { line } = given(pastFor(kind)).when({ ...wish, by: INKWELL });
    // It has nobody to decide in its place.
    expect(line.kind === 'refused').toBe(wish.kind === 'set_delegate');
  });

  test.each(Object.values(WISHES).map((wish) => [wish.kind, wish] as const))('a stranger: %s', (_, wish) => {
    given(past)
      .when({ ...wish, by: 'USTRANGER' })
      .thenRefused({ reason: 'not_a_member', memberId: 'USTRANGER' });
  });

  test.each(Object.values(WISHES).map((wish) => [wish.kind, wish] as const))('an API key: %s', (_, wish) => {
    given(past)
      .when({ ...wish, by: KEY })
      .thenRefused({ reason: 'key_without_rights', keyId: 'k1' });
  });

  test('an API key opens no workspace, and no one becomes one', () => {
    given()
      .when({ ...open(), by: KEY })
      .thenRefused({ reason: 'key_without_rights', keyId: 'k1' });
    given(past).when(member(KEY)).thenRefused({ reason: 'invalid', field: 'memberId' });
  });

  test('an API key may look at nothing', () => {
    const { state } = given(past);
    for (const action of Object.keys(RIGHTS) as Action[]) {
      expect(may(state, KEY, action, { account: 'client:acme' })).toBe(false);
      const refused = { ok: false, refusal: { reason: 'key_without_rights', keyId: 'k1' } };
      expect(checkRight(state, KEY, action)).toEqual(refused);
      expect(checkAtAll(state, KEY, action)).toEqual(refused);
    }
  });

  test('nobody opens what is open', () => {
    for (const by of [...Object.values(WHO), INKWELL])
      given(past)
        .when({ ...open(), by })
        .thenRefused({ reason: 'already_open' });
  });

  test('are listed for every wish', () => {
    expect(Object.keys(RIGHTS)).toEqual(expect.arrayContaining(Object.keys(MAY)));
  });

  test.each<[Look, readonly Role[]]>([
    ['see_own', ['owner', 'manager', 'creator', 'viewer']],
    ['see_client', ['owner', 'manager', 'creator', 'viewer']],
    ['see_figures', ['owner', 'manager']],
    ['see_agency', ['owner']],
    ['see_people', ['owner', 'manager']],
    ['see_changes', ['owner', 'manager']],
    ['set_up', ['owner', 'manager']],
  ])('to look are asked of the same table: %s', (look, roles) => {
    const { state } = given(past);
    for (const each of ROLES)
      expect(may(state, WHO[each], look, { account: 'client:acme' })).toBe(roles.includes(each));
    for (const id of ['USTRANGER', 'UIDLE', 'UGONE']) expect(may(state, id, look)).toBe(false);
  });

  test('go with the role at once', () => {
    given(past, role(CREATOR, 'viewer')).when(hold(1)).thenRefused({ reason: 'not_allowed', role: 'viewer' });
  });

  test('of somebody unknown leave no account behind that could not be read', () => {
    const { line } = answerTo(given(past).state, hold(1, { by: 'U:odd@one' }));
    expect(line).toMatchObject({ kind: 'refused', accounts: [] });
  });
});
