import { describe, expect, test } from 'vitest';
import type { AccountId } from '../../src/ledger/accounts.ts';
import type { State } from '../../src/ledger/state.ts';
import { MONDAY } from '../support/clock.ts';
import { type Asked, agency, CREATOR, capture, grant, hold, limit, slip, voided } from '../support/fixtures.ts';
import { given } from '../support/given.ts';

const DAY = 86_400_000;
const ACME = 'client:acme';
const limited = (credits = 10): Asked[] => [...agency(), limit(ACME, 'day', credits)];
const grantsOf = (state: State, account: AccountId = ACME) =>
  state.grants.get(account)?.map(({ grantId, usedCredits, heldCredits }) => [grantId, usedCredits, heldCredits]);
const h = (credits: number, change: Partial<Asked & { kind: 'hold' }> = {}) =>
  hold(credits, { commandId: 'h', ...change });

describe('giving a grant', () => {
  test('states who gave it, why, and what is left with it', () => {
    const { state, line } = given(limited())
      .when(grant(ACME, 5, { by: 'UOWNER', expiresAt: MONDAY + DAY }))
      .then({ kind: 'granted', grantId: 'G1', amountCredits: 5, reason: 'For the pitch', by: 'UOWNER' });
    expect(state.grants.get(ACME)).toEqual([
      {
        grantId: 'G1',
        amountCredits: 5,
        usedCredits: 0,
        heldCredits: 0,
        expiresAt: MONDAY + DAY,
        grantedAt: MONDAY,
        by: 'UOWNER',
        reason: 'For the pitch',
      },
    ]);
    expect(line.balances).toMatchObject([{ account: ACME, availableCredits: 15 }]);
  });

  test.each<[string, Partial<Asked & { kind: 'grant' }>]>([
    ['amountCredits', { amountCredits: 0 }],
    ['amountCredits', { amountCredits: 1.5 }],
    ['amountCredits', { amountCredits: 1_000_000_001 }],
    ['expiresAt', { expiresAt: MONDAY }],
    ['expiresAt', { expiresAt: MONDAY + 0.5 }],
    ['expiresAt', { expiresAt: Number.NaN }],
    ['grantId', { grantId: 'a b' }],
    ['account', { account: 'desk:film' as 'agency' }],
    ['reason', { reason: '' }],
  ])('of a wrong %s is refused', (field, change) => {
    given(limited())
      .when(grant(ACME, 5, change))
      .thenRefused({ reason: 'invalid', field });
  });

  test('to nobody is refused', () => {
    given(limited()).when(grant('client:nova', 5)).thenRefused({ reason: 'client_unknown', clientId: 'nova' });
    given(limited()).when(grant('member:UNEW', 5)).thenRefused({ reason: 'not_a_member', memberId: 'UNEW' });
  });

  test('happens once an id', () => {
    given(limited(), grant(ACME, 5)).when(grant(ACME, 5)).thenRefused({ reason: 'grant_exists', grantId: 'G1' });
  });
});

describe('a grant is drawn', () => {
  test('only where the limits do not cover', () => {
    const { state } = given(limited(), grant(ACME, 20))
      .when(hold(10))
      .then({ holds: [{ draws: [] }] });
    expect(grantsOf(state)).toEqual([['G1', 0, 0]]);
    given(limited(), grant(ACME, 20))
      .when(hold(13))
      .then({ holds: [{ draws: [{ account: ACME, grantId: 'G1', credits: 3 }] }] });
  });

  test('to the last credit, and not one more', () => {
    given(limited(), grant(ACME, 5))
      .when(hold(15))
      .then({ holds: [{ draws: [{ credits: 5 }] }] });
    given(limited(), grant(ACME, 5))
      .when(hold(16))
      .thenRefused({ reason: 'limit_exceeded', binding: { grantsCredits: 5, availableCredits: 15 } });
    given(limited(), grant(ACME, 5), hold(15))
      .when(hold(1))
      .thenRefused({ reason: 'limit_exceeded', binding: { grantsCredits: 5, heldCredits: 15, availableCredits: 0 } });
  });

  test('not at all where nothing limits the account', () => {
    given(agency(), grant(ACME, 5))
      .when(hold(100))
      .then({ holds: [{ draws: [] }] });
  });

  test('soonest to expire first, those that never do last', () => {
    const grants = [
      grant(ACME, 2, { grantId: 'never' }),
      grant(ACME, 2, { grantId: 'late', expiresAt: MONDAY + 2 * DAY }),
      grant(ACME, 2, { grantId: 'soon', expiresAt: MONDAY + DAY }),
    ];
    given(limited(0), grants)
      .when(hold(5))
      .then({
        holds: [
          {
            draws: [
              { grantId: 'soon', credits: 2 },
              { grantId: 'late', credits: 2 },
              { grantId: 'never', credits: 1 },
            ],
          },
        ],
      });
  });

  test('for each of several images what is missing for it', () => {
    given(limited(), grant(ACME, 20))
      .when(hold(4, { imagesCount: 4 }))
      .then({ holds: [{ draws: [] }, { draws: [] }, { draws: [{ credits: 2 }] }, { draws: [{ credits: 4 }] }] });
  });

  test('for each account by itself', () => {
    const { state } = given(limited(), limit('agency', 'month', 12), grant(ACME, 20), grant('agency', 20))
      .when(hold(15))
      .then({
        holds: [
          {
            draws: [
              { account: 'agency', credits: 3 },
              { account: ACME, credits: 5 },
            ],
          },
        ],
      });
    expect(grantsOf(state)).toEqual([['G1', 0, 5]]);
    expect(grantsOf(state, 'agency')).toEqual([['G1', 0, 3]]);
  });

  test('for the tightest of the account’s limits, and counts on top of all of them', () => {
    const steps = [...agency(), limit(ACME, 'day', 10), limit(ACME, 'month', 100), grant(ACME, 20)];
    const { line } = given(steps)
      .when(hold(25))
      .then({ holds: [{ draws: [{ credits: 15 }] }] });
    expect(line.balances.filter(({ account }) => account === ACME)).toMatchObject([
      { window: 'day:2026-11-23', heldCredits: 25, availableCredits: 5 },
      { window: 'month:2026-11', heldCredits: 25, availableCredits: 95 },
    ]);
  });
});

describe('what was drawn', () => {
  const drawn = [...limited(), grant(ACME, 20, { expiresAt: MONDAY + DAY }), h(13)];

  test('comes back with a void', () => {
    expect(grantsOf(given(drawn).when(voided('h/1')).then({}).state)).toEqual([['G1', 0, 0]]);
    given(drawn, voided('h/1')).when(hold(30)).then({ kind: 'held' });
  });

  test('is used last: what is captured comes out of the limit first', () => {
    expect(grantsOf(given(drawn).when(capture('h/1', 9)).then({}).state)).toEqual([['G1', 0, 0]]);
    expect(grantsOf(given(drawn).when(capture('h/1', 12)).then({}).state)).toEqual([['G1', 2, 0]]);
    expect(grantsOf(given(drawn).when(capture('h/1', 13)).then({}).state)).toEqual([['G1', 3, 0]]);
  });

  test('of several grants is used in the order it was drawn', () => {
    const grants = [grant(ACME, 2, { grantId: 'soon', expiresAt: MONDAY + DAY }), grant(ACME, 5, { grantId: 'never' })];
    const { state } = given(limited(0), grants, h(6)).when(capture('h/1', 3)).then({});
    expect(grantsOf(state)).toEqual([
      ['soon', 2, 0],
      ['never', 1, 0],
    ]);
  });

  test('comes back to the client with a slip, and is used of the agency’s', () => {
    const steps = [...limited(), limit('agency', 'day', 10), grant(ACME, 20), grant('agency', 20), h(13)];
    const { state } = given(steps).when(slip('h/1')).then({});
    expect(grantsOf(state)).toEqual([['G1', 0, 0]]);
    expect(grantsOf(state, 'agency')).toEqual([['G1', 3, 0]]);
  });

  test('does not eat into the limit', () => {
    const { line } = given(drawn, capture('h/1', 13))
      .when(limit(ACME, 'month', 10))
      .then({});
    expect(line.balances).toMatchObject([
      { window: 'day:2026-11-23', usedCredits: 13, availableCredits: 17 },
      { window: 'month:2026-11', usedCredits: 13, availableCredits: 17 },
    ]);
  });
});

describe('a grant that expires', () => {
  const expiresAt = MONDAY + 60_000;
  const steps = [...limited(), grant(ACME, 20, { expiresAt })];

  test('counts to its last millisecond', () => {
    given(steps)
      .when(hold(30, { at: expiresAt - 1 }))
      .then({ kind: 'held' });
    given(steps)
      .when(hold(11, { at: expiresAt }))
      .thenRefused({ reason: 'limit_exceeded', binding: { grantsCredits: 0, availableCredits: 10 } });
  });

  test('leaves what was drawn from it where it is', () => {
    const { state } = given(steps, h(13), { ...capture('h/1', 13), at: expiresAt + 1 })
      .when(hold(1))
      .thenRefused({
        reason: 'limit_exceeded',
        binding: { limitCredits: 10, grantsCredits: 3, usedCredits: 13, availableCredits: 0 },
      });
    expect(grantsOf(state)).toEqual([['G1', 3, 0]]);
  });

  test('is no use any more when a void gives it back', () => {
    given(steps, h(13), { ...voided('h/1'), at: expiresAt })
      .when(hold(11))
      .thenRefused({ reason: 'limit_exceeded' });
    given(steps, h(13), { ...voided('h/1'), at: expiresAt })
      .when(hold(10))
      .then({ holds: [{ draws: [] }] });
  });
});

describe('a grant across the end of a month', () => {
  const LAST_MINUTE = Date.UTC(2026, 10, 30, 22, 59);
  const NEXT_MONTH = LAST_MINUTE + 120_000;
  const steps = [...agency(), limit(ACME, 'month', 10), grant(ACME, 20), h(25, { at: LAST_MINUTE })];

  test('has in the new month what the old one left of it, and the limit is whole again', () => {
    const { line } = given(steps)
      .when({ ...capture('h/1', 22), at: NEXT_MONTH })
      .then({});
    expect(line.balances.find(({ account }) => account === ACME)).toEqual({
      account: ACME,
      window: 'month:2026-12',
      usedCredits: 0,
      heldCredits: 0,
      availableCredits: 18,
    });
    given(steps, line)
      .when(hold(18))
      .then({ holds: [{ draws: [{ credits: 8 }] }] });
    given(steps, line).when(hold(19)).thenRefused({ reason: 'limit_exceeded' });
  });

  test('is still held by the hold of the old month', () => {
    given(steps)
      .when(hold(15, { at: NEXT_MONTH }))
      .then({ holds: [{ draws: [{ credits: 5 }] }] });
    given(steps)
      .when(hold(16, { at: NEXT_MONTH }))
      .thenRefused({ reason: 'limit_exceeded' });
  });
});

describe('a grant for an account above its limit', () => {
  const steps = [...agency(), limit(ACME, 'month', 100), h(80), limit(ACME, 'month', 50)];

  test('has to cover what is over it first: used and held never exceed limit and grants', () => {
    given(steps, grant(ACME, 30))
      .when(hold(1))
      .thenRefused({ binding: { availableCredits: 0 } });
    given(steps, grant(ACME, 35))
      .when(hold(5))
      .then({ holds: [{ draws: [{ credits: 5 }] }] });
    given(steps, grant(ACME, 35))
      .when(hold(6))
      .thenRefused({ binding: { availableCredits: 5 } });
  });
});

test('grants of one member do not help another', () => {
  const me = `member:${CREATOR}` as const;
  given(agency(), limit('member:UMANAGER', 'day', 1), limit(me, 'day', 1), grant(me, 5))
    .when(hold(2, { by: 'UMANAGER' }))
    .thenRefused({ reason: 'limit_exceeded', binding: { account: 'member:UMANAGER' } });
});
