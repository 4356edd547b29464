import { describe, expect, test } from 'vitest';
import { standings } from '../../src/ledger/usage/standings.ts';
import { MONDAY } from '../support/clock.ts';
import {
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
  voided,
} from '../support/fixtures.ts';
import { given } from '../support/given.ts';

const DAY = 86_400_000;
const TUESDAY_0000 = Date.UTC(2026, 10, 23, 23);
const ME = `member:${CREATOR}` as const;

describe('setting a limit', () => {
  test('puts it in place, another one instead of it, and none', () => {
    const one = given(agency())
      .when(limit('agency', 'month', 100))
      .then({ kind: 'limit_set', limitCredits: 100 });
    expect(one.state.limits.get('agency')).toMatchObject([{ window: 'month', limitCredits: 100, over: 'refuse' }]);
    const two = given(agency(), one.line, limit('agency', 'day', 5))
      .when(limit('agency', 'month', 50))
      .then({});
    expect(two.state.limits.get('agency')).toMatchObject([
      { window: 'day', limitCredits: 5 },
      { window: 'month', limitCredits: 50 },
    ]);
    const none = given(agency(), one.line)
      .when(limit('agency', 'month', null))
      .then({ limitCredits: null });
    expect(none.state.limits.get('agency')).toEqual([]);
  });

  test.each([
    ['client:nova', { reason: 'client_unknown', clientId: 'nova' }],
    ['member:UNEW', { reason: 'not_a_member', memberId: 'UNEW' }],
    ['team:film', { reason: 'team_unknown', teamId: 'film' }],
    ['project:p1', { reason: 'project_unknown', projectId: 'p1' }],
    ['desk:film', { reason: 'invalid', field: 'account' }],
    ['client:', { reason: 'invalid', field: 'account' }],
    ['client:a b', { reason: 'invalid', field: 'account' }],
    ['', { reason: 'invalid', field: 'account' }],
  ] as const)('of %s is refused', (account, refusal) => {
    given(agency())
      .when(limit(account as 'agency', 'month', 1))
      .thenRefused(refusal);
  });

  test.each([-1, 0.5, 1_000_000_001])('to %d credits is refused', (credits) => {
    given(agency())
      .when(limit('agency', 'month', credits))
      .thenRefused({ reason: 'invalid', field: 'limitCredits' });
  });

  test('states at once what is left', () => {
    const { line } = given(agency(), { ...hold(30), commandId: 'h' }, capture('h/1', 20))
      .when(limit('client:acme', 'week', 50))
      .then({ kind: 'limit_set' });
    expect(line.balances).toEqual([
      { account: 'client:acme', window: 'week:2026-11-23', usedCredits: 20, heldCredits: 0, availableCredits: 30 },
    ]);
  });
});

describe('a limit', () => {
  const accounts = ['agency', 'client:acme', ME] as const;
  const windows = ['day', 'week', 'month', 'quarter', 'year', 'total'] as const;
  const everyLimit = accounts.flatMap((account) => windows.map((window) => [account, window] as const));

  test.each(everyLimit)('of %s a %s binds: all of it may be held, and not a credit more', (account, window) => {
    const limited = [...agency(), limit(account, window, 30)];
    given(limited)
      .when(hold(10, { imagesCount: 3 }))
      .then({ kind: 'held' });
    given(limited, hold(20)).when(hold(10)).then({ kind: 'held' });
    given(limited, hold(20))
      .when(hold(11))
      .thenRefused({
        reason: 'limit_exceeded',
        requestedCredits: 11,
        binding: { account, window, availableCredits: 10 },
      });
    given(limited)
      .when(hold(11, { imagesCount: 3 }))
      .thenRefused({ reason: 'limit_exceeded', requestedCredits: 33 });
  });

  test.each(everyLimit)('of %s a %s is at its end again when the window is', (account, window) => {
    const limited = [...agency(), limit(account, window, 30), { ...hold(30), commandId: 'h' }, capture('h/1', 30)];
    const resetsAt = {
      day: TUESDAY_0000,
      week: TUESDAY_0000 + 6 * DAY,
      month: TUESDAY_0000 + 7 * DAY,
      quarter: TUESDAY_0000 + 38 * DAY,
      year: TUESDAY_0000 + 38 * DAY,
      total: null,
    };
    const ends = resetsAt[window];
    given(limited)
      .when(hold(1))
      .thenRefused({ reason: 'limit_exceeded', binding: { account, window, resetsAt: ends } });
    if (ends === null) {
      given(limited)
        .when(hold(1, { at: MONDAY + 400 * DAY }))
        .thenRefused({ reason: 'limit_exceeded' });
    } else {
      given(limited)
        .when(hold(1, { at: ends - 1 }))
        .thenRefused({ reason: 'limit_exceeded' });
      given(limited)
        .when(hold(30, { at: ends }))
        .then({ kind: 'held' });
    }
  });

  test('of nothing refuses everything', () => {
    given(agency(), limit('agency', 'total', 0))
      .when(hold(1))
      .thenRefused({ reason: 'limit_exceeded' });
  });

  test('counts what is used and what is held', () => {
    given(agency(), limit('client:acme', 'month', 100), { ...hold(50), commandId: 'h' }, capture('h/1', 40), hold(50))
      .when(hold(20))
      .thenRefused({
        reason: 'limit_exceeded',
        requestedCredits: 20,
        binding: {
          account: 'client:acme',
          window: 'month',
          limitCredits: 100,
          grantsCredits: 0,
          usedCredits: 40,
          heldCredits: 50,
          availableCredits: 10,
        },
      });
  });

  test('of a client does not touch another client, nor one of a member another member', () => {
    const steps = [...agency(), client('nova', 'Nova'), bind('C2', 'nova')];
    given(steps, limit('client:acme', 'day', 1))
      .when(hold(5, { channelId: 'C2' }))
      .then({ kind: 'held' });
    given(steps, limit(ME, 'day', 1))
      .when(hold(5, { by: MANAGER }))
      .then({ kind: 'held' });
  });

  test('lowered below what is used leaves open holds and refuses new ones', () => {
    const steps = [...agency(), limit('client:acme', 'month', 100), { ...hold(30), commandId: 'h' }, hold(50)];
    const { state, line } = given(steps)
      .when(limit('client:acme', 'month', 20))
      .then({ kind: 'limit_set' });
    expect(line.balances[0]).toMatchObject({ heldCredits: 80, availableCredits: -60 });
    expect(state.holds.size).toBe(2);
    given(steps, line)
      .when(hold(1))
      .thenRefused({ reason: 'limit_exceeded', binding: { availableCredits: -60 } });
    given(steps, line).when(capture('h/1', 30)).then({ kind: 'captured' });
  });

  test('raised again, there is room again', () => {
    given(agency(), limit('agency', 'day', 10), hold(10), limit('agency', 'day', 15))
      .when(hold(5))
      .then({ kind: 'held' });
  });

  test('gets back what a void gives back', () => {
    const steps = [...agency(), limit('agency', 'day', 10), { ...hold(10), commandId: 'h' }];
    given(steps).when(hold(1)).thenRefused({ reason: 'limit_exceeded' });
    given(steps, voided('h/1')).when(hold(10)).then({ kind: 'held' });
  });
});

describe('of several limits', () => {
  const limits = [limit('agency', 'month', 50), limit('client:acme', 'month', 40), limit(ME, 'day', 45)];

  test('the one with the least left binds, and all that are in the way are named', () => {
    const { line } = given(agency(), limits)
      .when(hold(60))
      .thenRefused({ reason: 'limit_exceeded', binding: { account: 'client:acme' } });
    expect(line).toMatchObject({
      refusal: { exceeded: [{ account: 'agency' }, { account: 'client:acme' }, { account: ME }] },
    });
    given(agency(), limits)
      .when(hold(46))
      .thenRefused({ exceeded: [{ account: 'client:acme' }, { account: ME }] });
  });

  test('the narrower of two alike binds', () => {
    given(agency(), limit('agency', 'month', 10), limit('client:acme', 'week', 10), limit('client:acme', 'day', 10))
      .when(hold(11))
      .thenRefused({ reason: 'limit_exceeded', binding: { account: 'client:acme', window: 'week' } });
  });

  test('nothing is held where one of them refuses', () => {
    const { state } = given(agency(), limits).when(hold(60)).thenRefused({ reason: 'limit_exceeded' });
    expect(state.use.size).toBe(0);
  });
});

describe('standings', () => {
  test('say how an account stands against each of its limits', () => {
    const { state } = given(
      agency(),
      limit('client:acme', 'day', 20),
      limit('client:acme', 'month', 100),
      grant('client:acme', 5),
      { ...hold(15), commandId: 'h' },
      capture('h/1', 12),
      hold(4),
    );
    expect(standings(state, 'client:acme', MONDAY)).toEqual([
      {
        account: 'client:acme',
        window: 'day',
        key: 'day:2026-11-23',
        over: 'refuse',
        rolledCredits: 0,
        movedCredits: 0,
        limitCredits: 20,
        grantsCredits: 5,
        usedCredits: 12,
        heldCredits: 4,
        balanceCredits: 13,
        availableCredits: 9,
      },
      {
        account: 'client:acme',
        window: 'month',
        key: 'month:2026-11',
        over: 'refuse',
        rolledCredits: 0,
        movedCredits: 0,
        limitCredits: 100,
        grantsCredits: 5,
        usedCredits: 12,
        heldCredits: 4,
        balanceCredits: 93,
        availableCredits: 89,
      },
    ]);
  });

  test('are none where nothing limits the account, and nothing is asked before the workspace is open', () => {
    expect(standings(given(agency()).state, 'agency', MONDAY)).toEqual([]);
    expect(standings(given().state, 'agency', MONDAY)).toEqual([]);
  });
});

test('limits can be set for somebody at first sight', () => {
  given(agency(), member('UNEW'))
    .when(limit('member:UNEW', 'day', 5))
    .then({ kind: 'limit_set' });
});
