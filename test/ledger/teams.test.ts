import { describe, expect, test } from 'vitest';
import type { State } from '../../src/ledger/state.ts';
import { teamNameOf } from '../../src/ledger/teams.ts';
import { WINDOWS } from '../../src/ledger/usage/windows.ts';
import { agency, CREATOR, capture, hold, limit, MANAGER, member, role, VIEWER } from '../support/fixtures.ts';
import { given } from '../support/given.ts';
import { deleteTeam, manages, remove, restoreTeam, team, teamsOf } from '../support/wishes.ts';

const five = ['a', 'b', 'c', 'd', 'e'] as const;
const teams = [...agency(), team('film', 'Film'), team('print', 'Print')];

describe('a team', () => {
  test('has a name that no other has, however it is written', () => {
    const { state } = given(agency()).when(team('film', 'Film')).then({ kind: 'team_created', teamId: 'film' });
    expect(state.teams.get('film')).toEqual({ teamId: 'film', name: 'Film' });
    given(teams).when(team('film2', 'ＦＩＬＭ')).thenRefused({ reason: 'name_in_use', name: 'ＦＩＬＭ', of: 'team' });
    given(teams).when(team('film', 'Other')).thenRefused({ reason: 'team_exists', teamId: 'film' });
  });

  test('can be called something else, also the same in capitals', () => {
    const { state } = given(teams).when({ kind: 'rename_team', teamId: 'film', name: 'FILM' }).then({});
    expect(state.teams.get('film')?.name).toBe('FILM');
    given(teams).when({ kind: 'rename_team', teamId: 'film', name: 'print' }).thenRefused({ reason: 'name_in_use' });
    given(teams).when({ kind: 'rename_team', teamId: 'web', name: 'Web' }).thenRefused({ reason: 'team_unknown' });
  });

  test.each([
    ['teamId', team('a:b', 'Film')],
    ['name', team('t', ' Film')],
    ['name', team('t', '')],
  ])('refuses a wrong %s', (field, wish) => {
    given(agency()).when(wish).thenRefused({ reason: 'invalid', field });
  });
});

describe("a member's teams", () => {
  test('are a whole list, and one said twice counts once', () => {
    const { state, line } = given(teams)
      .when(teamsOf(CREATOR, 'film', 'print', 'film'))
      .then({ kind: 'teams_set' });
    expect(state.members.get(CREATOR)?.teamIds).toEqual(['film', 'print']);
    const held = given(teams, line)
      .when(hold(5))
      .then({ kind: 'held', teamIds: ['film', 'print'] });
    expect(held.state.use.get('team:film')?.map(({ heldCredits }) => heldCredits)).toEqual(WINDOWS.map(() => 5));
    expect(given(teams, line).when(teamsOf(CREATOR)).then({}).state.members.get(CREATOR)?.teamIds).toEqual([]);
  });

  test('are known, few, and of somebody who is here', () => {
    given(teams).when(teamsOf(CREATOR, 'web')).thenRefused({ reason: 'team_unknown', teamId: 'web' });
    given(teams).when(teamsOf('UNEW', 'film')).thenRefused({ reason: 'not_a_member' });
    given(teams, remove(CREATOR)).when(teamsOf(CREATOR, 'film')).thenRefused({ reason: 'member_not_active' });
    const six = ['a', 'b', 'c', 'd', 'e', 'f'];
    given(agency(), ...six.map((id) => team(id)))
      .when(teamsOf(CREATOR, ...six))
      .thenRefused({ reason: 'invalid', field: 'teamIds' });
  });

  test('all bind, each for all of its members together', () => {
    const steps = [
      ...teams,
      member('UMATE'),
      teamsOf(CREATOR, 'film', 'print'),
      teamsOf('UMATE', 'print'),
      limit('team:film', 'day', 20),
      limit('team:print', 'week', 12),
      hold(8, { by: 'UMATE' }),
    ];
    given(steps)
      .when(hold(5))
      .thenRefused({ reason: 'limit_exceeded', binding: { account: 'team:print', availableCredits: 4 } });
    given(steps).when(hold(4)).then({ kind: 'held' });
    given(steps)
      .when(hold(5, { by: MANAGER }))
      .then({ kind: 'held', teamIds: [] });
  });

  test('count what was held while the member was in them, however it ends later', () => {
    const steps = [
      ...teams,
      teamsOf(CREATOR, 'film'),
      limit('team:film', 'month', 20),
      limit('team:print', 'month', 5),
      { ...hold(15), commandId: 'h' },
      teamsOf(CREATOR, 'print'),
    ];
    const { line } = given(steps)
      .when(capture('h/1', 12))
      .then({ kind: 'captured', teamIds: ['film'] });
    expect(line.balances).toContainEqual({
      account: 'team:film',
      window: 'month:2026-11',
      usedCredits: 12,
      heldCredits: 0,
      availableCredits: 8,
    });
    given(steps, line)
      .when(hold(6))
      .thenRefused({ binding: { account: 'team:print' } });
  });
});

describe('a team that is deleted', () => {
  const led = [
    ...teams,
    member('UMATE'),
    manages(MANAGER, { clientIds: ['acme'], teamIds: ['film', 'print'] }),
    teamsOf(CREATOR, 'film', 'print'),
    teamsOf('UMATE', 'film'),
    limit('team:film', 'month', 10, { over: 'ask', rollOverMaxCredits: 4 }),
    limit('team:film', 'day', 3),
  ];
  const stands = (state: State) => ({
    people: [CREATOR, 'UMATE', VIEWER].map((id) => state.members.get(id)?.teamIds),
    led: state.members.get(MANAGER)?.manages.teamIds,
    limits: (state.limits.get('team:film') ?? []).map(({ before: _, ...each }) => each),
  });

  test('is left by its people and managers, and its limits end; restored, it is as before', () => {
    const before = given(led).state;
    const gone = given(led).when(deleteTeam('film')).then({ kind: 'team_deleted', teamId: 'film' });
    expect(stands(gone.state)).toEqual({ people: [['print'], [], []], led: ['print'], limits: [] });
    expect(gone.state.teams.has('film')).toBe(false);
    expect(teamNameOf(gone.state, 'film')).toBe('Film');
    const back = given(led, gone.line).when(restoreTeam('film')).then({ kind: 'team_restored', teamId: 'film' });
    const [people, manager] = [
      [['print', 'film'], ['film'], []],
      ['print', 'film'],
    ];
    expect(stands(back.state)).toEqual({ ...stands(before), people, led: manager });
    expect(back.state.deletedTeams.size).toBe(0);
  });

  test('stops nobody, and keeps what was counted in it', () => {
    const used = [...led, { ...hold(3), commandId: 'h' }, capture('h/1', 3)];
    given(used)
      .when(hold(1))
      .thenRefused({ reason: 'limit_exceeded', binding: { account: 'team:film' } });
    const gone = given(used, deleteTeam('film'))
      .when(hold(1))
      .then({ kind: 'held', teamIds: ['print'] });
    expect(gone.state.use.get('team:film')?.every(({ usedCredits }) => usedCredits === 3)).toBe(true);
    given(used, deleteTeam('film'), restoreTeam('film'))
      .when(hold(1))
      .thenRefused({ reason: 'limit_exceeded', binding: { account: 'team:film' } });
  });

  test('still pays for what was held in it', () => {
    const { state } = given(led, { ...hold(2), commandId: 'h' }, deleteTeam('film'))
      .when(capture('h/1', 2))
      .then({ kind: 'captured', teamIds: ['film', 'print'] });
    expect(state.use.get('team:film')?.every(({ usedCredits }) => usedCredits === 2)).toBe(true);
  });

  test.each([
    ['who was removed', [remove('UMATE')], []],
    ['who is in five others', [...five.map((id) => team(id)), teamsOf('UMATE', ...five)], [...five]],
    ['who joined another', [teamsOf('UMATE', 'print')], ['print', 'film']],
  ] as const)('is restored without those it cannot have: a person %s', (_, meanwhile, teamIds) => {
    const { state } = given(led, deleteTeam('film'), ...meanwhile)
      .when(restoreTeam('film'))
      .then({});
    expect(state.members.get('UMATE')?.teamIds).toEqual(teamIds);
    expect(state.members.get(CREATOR)?.teamIds).toEqual(['print', 'film']);
  });

  test('is restored without a manager who is none any more', () => {
    const { state } = given(led, deleteTeam('film'), role(MANAGER, 'creator')).when(restoreTeam('film')).then({});
    expect(state.members.get(MANAGER)?.manages.teamIds).toEqual([]);
  });

  test.each([
    [teamsOf(CREATOR, 'film'), { reason: 'team_unknown' }],
    [manages(MANAGER, { teamIds: ['film'] }), { reason: 'team_unknown' }],
    [limit('team:film', 'week', 5), { reason: 'team_unknown' }],
    [{ kind: 'rename_team', teamId: 'film', name: 'Motion' }, { reason: 'team_unknown' }],
    [team('film', 'Motion'), { reason: 'team_exists' }],
    [deleteTeam('film'), { reason: 'nothing_changed' }],
  ] as const)('takes nothing: %j', (wish, refusal) => {
    given(led, deleteTeam('film')).when(wish).thenRefused(refusal);
  });

  test('leaves its name to others, and waits for it then', () => {
    const taken = [...led, deleteTeam('film'), team('film2', 'FILM')];
    given(taken).when(restoreTeam('film')).thenRefused({ reason: 'name_in_use', of: 'team' });
    given(taken, { kind: 'rename_team', teamId: 'film2', name: 'Motion' })
      .when(restoreTeam('film'))
      .then({ kind: 'team_restored' });
  });

  test('is known', () => {
    for (const wish of [deleteTeam('web'), restoreTeam('web')]) {
      given(led).when(wish).thenRefused({ reason: 'team_unknown', teamId: 'web' });
    }
    given(led).when(restoreTeam('film')).thenRefused({ reason: 'nothing_changed' });
  });
});

describe('what a manager looks after', () => {
  test('is named clients and teams: whole lists, each once', () => {
    const { state } = given(teams)
      .when(manages(MANAGER, { clientIds: ['acme', 'acme'], teamIds: ['film', 'film'] }))
      .then({ kind: 'manages_set' });
    expect(state.members.get(MANAGER)?.manages).toEqual({ clientIds: ['acme'], teamIds: ['film'] });
  });

  test.each([
    [manages(MANAGER, { clientIds: ['nova'] }), { reason: 'client_unknown', clientId: 'nova' }],
    [manages(MANAGER, { teamIds: ['web'] }), { reason: 'team_unknown', teamId: 'web' }],
    [manages('UNEW', {}), { reason: 'not_a_member', memberId: 'UNEW' }],
    [manages(CREATOR, {}), { reason: 'not_a_manager', memberId: CREATOR, role: 'creator' }],
    [manages(MANAGER, { clientIds: Array<string>(501).fill('acme') }), { reason: 'invalid', field: 'clientIds' }],
    [manages(MANAGER, { teamIds: Array<string>(501).fill('film') }), { reason: 'invalid', field: 'teamIds' }],
  ] as const)('%j is refused', (wish, refusal) => {
    given(teams).when(wish).thenRefused(refusal);
  });

  test('is nothing for somebody who was removed: they would come back with it', () => {
    given(teams, remove(MANAGER))
      .when(manages(MANAGER, { clientIds: ['acme'] }))
      .thenRefused({ reason: 'member_not_active', memberId: MANAGER, status: 'removed' });
  });

  test('is nothing for whoever is manager no more', () => {
    const { state } = given(teams, role(MANAGER, 'creator')).when(role(MANAGER, 'manager')).then({});
    expect(state.members.get(MANAGER)?.manages).toEqual({ clientIds: [], teamIds: [] });
  });

  test('includes the client that they created', () => {
    const { state } = given(teams)
      .when({ kind: 'create_client', clientId: 'nova', name: 'Nova', by: MANAGER })
      .then({ kind: 'client_created' });
    expect(state.members.get(MANAGER)?.manages.clientIds).toEqual(['acme', 'nova']);
  });

  test('are people who make or look, in a team of theirs; and nobody else', () => {
    const led = [...teams, manages(MANAGER, { teamIds: ['film'] }), teamsOf(CREATOR, 'film'), teamsOf(VIEWER, 'print')];
    const suspendBy = (memberId: string) => ({ kind: 'suspend_member', memberId, reason: '', by: MANAGER }) as const;
    given(led).when(suspendBy(CREATOR)).then({ kind: 'member_suspended' });
    given(led)
      .when(suspendBy(VIEWER))
      .thenRefused({ reason: 'not_allowed', account: `member:${VIEWER}` });
    given(led, role(CREATOR, 'manager'))
      .when(suspendBy(CREATOR))
      .thenRefused({ reason: 'not_allowed', roles: ['owner', 'manager'] });
  });
});

describe("a manager's limits", () => {
  const led = [
    ...teams,
    manages(MANAGER, { clientIds: ['acme'], teamIds: ['film'] }),
    teamsOf(CREATOR, 'film', 'print'),
    limit('client:acme', 'month', 100),
    limit('team:film', 'week', 30),
    limit('team:print', 'week', 5),
    { kind: 'create_project', projectId: 'p1', clientId: 'acme', name: 'P', dueAt: null, stage: 'final' },
  ] as const;
  const by = MANAGER;

  test.each([
    [`member:${CREATOR}@client:acme`, 'month', 'client:acme', 100],
    ['project:p1', 'month', 'client:acme', 100],
    [`member:${CREATOR}`, 'week', 'team:film', 30],
  ] as const)('of %s a %s end at the limit of what it belongs to', (account, window, of, most) => {
    given(...led)
      .when(limit(account, window, most, { by }))
      .then({ kind: 'limit_set' });
    for (const above of [most + 1, null]) {
      given(...led)
        .when(limit(account, window, above, { by }))
        .thenRefused({ reason: 'above_limit_of', account, of, window, limitCredits: most });
    }
    given(...led)
      .when(limit(account, window, most + 1))
      .then({ kind: 'limit_set' });
  });

  test('have no bound in a window in which there is none above, and are loosened only where there is one', () => {
    given(...led)
      .when(limit('project:p1', 'day', 1_000, { by }))
      .then({ kind: 'limit_set' });
    given(...led, limit('client:acme', 'month', null), limit('project:p1', 'month', 5))
      .when(limit('project:p1', 'month', null, { by }))
      .thenRefused({ reason: 'owners_only', why: 'limit_uncovered', account: 'project:p1' });
    given(...led, limit('project:p1', 'month', 5))
      .when(limit('project:p1', 'month', 6, { by }))
      .then({ kind: 'limit_set' });
  });

  test('are not those of clients, teams and the agency, nor of people elsewhere', () => {
    for (const account of ['client:acme', 'team:film', 'agency'] as const) {
      given(...led)
        .when(limit(account, 'month', 1, { by }))
        .thenRefused({ reason: 'not_allowed', action: 'set_limit', roles: ['owner'] });
    }
    given(...led)
      .when(limit(`member:${VIEWER}`, 'month', 1, { by }))
      .thenRefused({ reason: 'not_allowed', action: 'set_people_limit', roles: ['owner', 'manager'] });
  });
});
