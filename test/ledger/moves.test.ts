import { describe, expect, test } from 'vitest';
import { standings } from '../../src/ledger/usage/standings.ts';
import { MONDAY } from '../support/clock.ts';
import { agency, bind, CREATOR, client, grant, hold, limit, MANAGER, OWNER } from '../support/fixtures.ts';
import { given } from '../support/given.ts';
import type { History } from '../support/history.ts';
import { manages, move, project } from '../support/wishes.ts';

const DECEMBER = Date.UTC(2026, 11, 1);
const two = [
  ...agency(),
  client('nova', 'Nova'),
  bind('C2', 'nova'),
  limit('client:acme', 'month', 100),
  limit('client:nova', 'month', 50),
];
const month = ({ state }: Pick<History, 'state'>, account: 'client:acme' | 'client:nova', at = MONDAY) =>
  standings(state, account, at).find(({ window }) => window === 'month');

describe('moving budget', () => {
  test('takes from one account and adds to the other, with a trace on both', () => {
    const { line, state } = given(two)
      .when(move('client:acme', 'client:nova', 30))
      .then({ kind: 'budget_moved' });
    const november = { window: 'month:2026-11', usedCredits: 0, heldCredits: 0 };
    expect(line.balances).toEqual([
      { account: 'client:acme', ...november, availableCredits: 70 },
      { account: 'client:nova', ...november, availableCredits: 80 },
    ]);
    expect(month({ state }, 'client:acme')?.limitCredits).toBe(70);
    expect(month({ state }, 'client:nova')?.limitCredits).toBe(80);
  });

  test('binds: what was moved away is not there, and what was moved here is', () => {
    const moved = [...two, move('client:acme', 'client:nova', 30)];
    given(moved)
      .when(hold(71))
      .thenRefused({ reason: 'limit_exceeded', binding: { limitCredits: 70, availableCredits: 70 } });
    given(moved)
      .when(hold(80, { channelId: 'C2' }))
      .then({ kind: 'held' });
    given(moved)
      .when(hold(81, { channelId: 'C2' }))
      .thenRefused({ reason: 'limit_exceeded', binding: { limitCredits: 80 } });
  });

  test('is for this window only, and only of this kind', () => {
    const moved = given(two, limit('client:acme', 'day', 40), move('client:acme', 'client:nova', 30));
    expect(month(moved, 'client:acme', DECEMBER)?.limitCredits).toBe(100);
    expect(month(moved, 'client:nova', DECEMBER)?.limitCredits).toBe(50);
    expect(standings(moved.state, 'client:acme', MONDAY)[0]).toMatchObject({ window: 'day', limitCredits: 40 });
  });

  test('of a total stays', () => {
    const steps = [limit('client:acme', 'total', 100), limit('client:nova', 'total', 50)];
    const { state } = given(two, steps, move('client:acme', 'client:nova', 30, { window: 'total' }));
    expect(standings(state, 'client:nova', MONDAY + 400 * 86_400_000)[1]).toMatchObject({ limitCredits: 80 });
  });

  test('can be moved back, and on', () => {
    const { state } = given(two, move('client:acme', 'client:nova', 30), hold(40))
      .when(move('client:nova', 'client:acme', 80))
      .then({ kind: 'budget_moved' });
    expect(month({ state }, 'client:nova')).toMatchObject({ limitCredits: 0, availableCredits: 0 });
    expect(month({ state }, 'client:acme')).toMatchObject({ limitCredits: 150, availableCredits: 110 });
  });

  test('moves what is available, and not what is used or held', () => {
    given(two, hold(60))
      .when(move('client:acme', 'client:nova', 41))
      .thenRefused({ reason: 'not_enough_to_move', account: 'client:acme', window: 'month', availableCredits: 40 });
    given(two, hold(60))
      .when(move('client:acme', 'client:nova', 40))
      .then({ kind: 'budget_moved' });
    given(two, hold(60), limit('client:acme', 'month', 10))
      .when(move('client:acme', 'client:nova', 1))
      .thenRefused({ reason: 'not_enough_to_move', availableCredits: 0 });
  });

  test('does not move what a grant adds: it was given to that account', () => {
    given(two, grant('client:acme', 500))
      .when(move('client:acme', 'client:nova', 101))
      .thenRefused({ reason: 'not_enough_to_move', availableCredits: 100 });
    given(two, hold(60), grant('client:acme', 500))
      .when(move('client:acme', 'client:nova', 41))
      .thenRefused({ reason: 'not_enough_to_move', availableCredits: 40 });
    given(two, grant('client:acme', 20), hold(110))
      .when(move('client:acme', 'client:nova', 1))
      .thenRefused({ reason: 'not_enough_to_move', availableCredits: 0 });
  });

  test.each([
    [move('client:acme', 'client:acme', 1), { reason: 'invalid', field: 'to' }],
    [move('client:acme', 'client:nova', 0), { reason: 'invalid', field: 'amountCredits' }],
    [move('client:acme', 'client:nova', 1.5), { reason: 'invalid', field: 'amountCredits' }],
    [move('client:acme', 'client:x', 1), { reason: 'client_unknown', clientId: 'x' }],
    [move('team:x', 'client:acme', 1), { reason: 'team_unknown', teamId: 'x' }],
    [move('client:acme', 'client:nova', 1, { window: 'day' }), { reason: 'no_limit', account: 'client:acme' }],
    [move('client:acme', `member:${CREATOR}`, 1), { reason: 'no_limit', account: `member:${CREATOR}` }],
  ] as const)('%j is refused', (wish, refusal) => {
    given(two).when(wish).thenRefused(refusal);
  });

  test('is for whoever looks after both sides', () => {
    given(two)
      .when(move('client:acme', 'client:nova', 1, { by: MANAGER }))
      .thenRefused({ reason: 'not_allowed', action: 'move_budget', account: 'client:nova' });
    given(two, manages(MANAGER, { clientIds: ['acme', 'nova'] }))
      .when(move('client:acme', 'client:nova', 1, { by: MANAGER }))
      .then({ kind: 'budget_moved' });
    given(two, project('p1', 'acme'), limit('project:p1', 'month', 5))
      .when(move('client:acme', 'project:p1', 1, { by: MANAGER }))
      .then({ kind: 'budget_moved', by: MANAGER });
    given(two)
      .when(move('client:acme', 'client:nova', 1, { by: OWNER }))
      .then({ kind: 'budget_moved' });
  });
});
