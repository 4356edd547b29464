import { describe, expect, test } from 'vitest';
import type { State } from '../../src/ledger/state.ts';
import { MONDAY } from '../support/clock.ts';
import {
  type Asked,
  agency,
  CREATOR,
  capture,
  client,
  hold,
  limit,
  MANAGER,
  slip,
  voided,
  WORK,
} from '../support/fixtures.ts';
import { given } from '../support/given.ts';

const DAY = 86_400_000;
const use = (state: State, account: 'agency' | `client:${string}` | `member:${string}`, key = 'total') =>
  state.use.get(account)?.find((each) => each.key === key);
const past = (eachCredits = 10, change: Partial<ReturnType<typeof hold>> = {}): Asked[] => [
  ...agency(),
  { ...hold(eachCredits, change), commandId: 'h' },
];

describe('a hold', () => {
  test('sets credits aside for the client, the member and the agency, until its deadline', () => {
    const { state, line } = given(agency())
      .when({ ...hold(10, { timeoutMs: 60_000 }), commandId: 'h' })
      .then({
        kind: 'held',
        memberId: CREATOR,
        clientId: 'acme',
        channelId: 'C1',
        holds: [{ holdId: 'h/1', amountCredits: 10, draws: [] }],
        work: WORK,
        deadlineAt: MONDAY + 60_000,
      });
    for (const account of ['agency', 'client:acme', `member:${CREATOR}`, `member:${CREATOR}@client:acme`] as const) {
      for (const key of ['total', 'month:2026-11', 'week:2026-11-23', 'day:2026-11-23']) {
        expect(use(state, account, key)).toMatchObject({ usedCredits: 0, heldCredits: 10 });
      }
    }
    expect(line.balances).toEqual(
      ['agency', 'client:acme', `member:${CREATOR}`, `member:${CREATOR}@client:acme`].map((account) => ({
        account,
        window: 'total',
        usedCredits: 0,
        heldCredits: 10,
        availableCredits: null,
      })),
    );
  });

  test('of several images is one hold each', () => {
    const { state } = given(agency())
      .when({ ...hold(10, { imagesCount: 3 }), commandId: 'h' })
      .then({ kind: 'held', holds: ['h/1', 'h/2', 'h/3'].map((holdId) => ({ holdId, amountCredits: 10 })) });
    expect([...state.holds.keys()].sort()).toEqual(['h/1', 'h/2', 'h/3']);
    expect(use(state, 'agency')?.heldCredits).toBe(30);
  });

  test.each(['refuse', 'ask', 'warn'] as const)(
    'of free images is over no limit, also not over one that was set below what was used (%s)',
    (over) => {
      const spent = [...agency(), hold(10, { imagesCount: 2 })];
      given(...spent, limit('client:acme', 'month', 5, { over }))
        .when(hold(0, { imagesCount: 2 }))
        .then({
          kind: 'held',
          holds: [
            { amountCredits: 0, draws: [] },
            { amountCredits: 0, draws: [] },
          ],
          warnings: [],
        });
    },
  );

  test('in a channel that nobody has bound is refused', () => {
    given(agency())
      .when(hold(10, { channelId: 'C9' }))
      .thenRefused({ reason: 'channel_unbound', channelId: 'C9' });
  });

  test.each<[string, Partial<Asked & { kind: 'hold' }>]>([
    ['eachCredits', { eachCredits: -1 }],
    ['eachCredits', { eachCredits: 1.5 }],
    ['eachCredits', { eachCredits: 1_000_000_001 }],
    ['imagesCount', { imagesCount: 0 }],
    ['imagesCount', { imagesCount: 11 }],
    ['timeoutMs', { timeoutMs: 999 }],
    ['timeoutMs', { timeoutMs: DAY + 1 }],
    ['commandId', { commandId: 'a:b' }],
  ])('of a wrong %s is refused', (field, change) => {
    given(agency()).when(hold(10, change)).thenRefused({ reason: 'invalid', field });
  });

  test('of the most that is allowed is held', () => {
    const most = { imagesCount: 10, timeoutMs: DAY };
    const { state } = given(agency()).when(hold(1_000_000_000, most)).then({ kind: 'held' });
    expect(use(state, 'agency')?.heldCredits).toBe(10_000_000_000);
  });
});

describe('a capture', () => {
  test('charges what was used and gives the rest back', () => {
    const { state } = given(past())
      .when(capture('h/1', 7, 123_456))
      .then({
        kind: 'captured',
        capturedCredits: 7,
        costMicroUsd: 123_456,
        memberId: CREATOR,
        clientId: 'acme',
        heldCredits: 10,
      });
    expect(use(state, 'client:acme')).toMatchObject({ usedCredits: 7, heldCredits: 0 });
    expect(state.holds.size).toBe(0);
  });

  test.each([0, 10])('of %i of 10 is accepted', (credits) => {
    given(past()).when(capture('h/1', credits)).then({ kind: 'captured', capturedCredits: credits });
  });

  test('of more than was held is refused', () => {
    given(past())
      .when(capture('h/1', 11))
      .thenRefused({ reason: 'capture_exceeds_hold', holdId: 'h/1', heldCredits: 10, capturedCredits: 11 });
  });

  test.each([
    ['capturedCredits', -1, 1],
    ['capturedCredits', 1.5, 1],
    ['costMicroUsd', 1, -1],
    ['costMicroUsd', 1, 0.5],
    ['costMicroUsd', 1, 1_000_000_000_001],
  ])('of a wrong %s is refused', (field, credits, cost) => {
    given(past())
      .when(capture('h/1', credits, cost))
      .thenRefused({ reason: 'invalid', field });
  });

  test('after the deadline is accepted, as long as nobody has ended the hold', () => {
    given(past())
      .when({ ...capture('h/1', 7), at: MONDAY + 3 * DAY })
      .then({ kind: 'captured' });
  });

  test('takes one image of several, the others stay held', () => {
    const { state } = given(past(10, { imagesCount: 3 }))
      .when(capture('h/2', 10))
      .then({ kind: 'captured' });
    expect([...state.holds.keys()].sort()).toEqual(['h/1', 'h/3']);
    expect(use(state, 'agency')).toMatchObject({ usedCredits: 10, heldCredits: 20 });
  });

  test('counts for the member and the channel’s client of then, whatever they are now', () => {
    const { state } = given(past(), client('nova', 'Nova'), {
      kind: 'bind_channel',
      channelId: 'C1',
      clientId: 'nova',
      ifUnbound: false,
    })
      .when(capture('h/1', 7))
      .then({ kind: 'captured', clientId: 'acme' });
    expect(use(state, 'client:nova')).toBeUndefined();
  });
});

describe('a void', () => {
  test('gives everything back', () => {
    const { state } = given(past()).when(voided('h/1')).then({ kind: 'voided', reason: 'refused', heldCredits: 10 });
    expect(use(state, 'agency')).toMatchObject({ usedCredits: 0, heldCredits: 0 });
    expect(state.holds.size).toBe(0);
  });
});

describe('a slip', () => {
  test('charges the agency and nobody else, and is listed by name', () => {
    const { state } = given(past()).when(slip('h/1')).then({ kind: 'slipped', holdId: 'h/1', heldCredits: 10 });
    expect(use(state, 'agency')).toMatchObject({ usedCredits: 10, heldCredits: 0 });
    expect(use(state, 'client:acme')).toMatchObject({ usedCredits: 0, heldCredits: 0 });
    expect(use(state, `member:${CREATOR}`)).toMatchObject({ usedCredits: 0, heldCredits: 0 });
    expect(state.slips.get('h/1')).toEqual({
      holdId: 'h/1',
      memberId: CREATOR,
      clientId: 'acme',
      amountCredits: 10,
      slippedAt: MONDAY,
    });
  });

  test('leaves the client the room it had, and the agency less', () => {
    const limits = [limit('agency', 'month', 15), limit('client:acme', 'month', 10)];
    const { state } = given(agency(), limits, { ...hold(10), commandId: 'h' }, slip('h/1'))
      .when(hold(5))
      .then({ kind: 'held' });
    expect(use(state, 'client:acme')).toMatchObject({ usedCredits: 0, heldCredits: 5 });
    given(agency(), limits, { ...hold(10), commandId: 'h' }, slip('h/1'))
      .when(hold(6))
      .thenRefused({ reason: 'limit_exceeded', binding: { account: 'agency', availableCredits: 5 } });
  });
});

describe('a hold ends once', () => {
  const ends = { capture: capture('h/1', 7), void: voided('h/1'), slip: slip('h/1') };
  const pairs = Object.values(ends).flatMap((first) => Object.values(ends).map((then) => [first, then] as const));
  test.each(pairs.map(([first, then]) => [first.kind, then.kind, first, then] as const))(
    'after a %s, a %s is refused',
    (_, __, first, then) => {
      given(past(), first)
        .when({ ...then, commandId: 'again' })
        .thenRefused({ reason: 'hold_not_open', holdId: 'h/1' });
    },
  );

  test.each(Object.values(ends).map((end) => [end.kind, end] as const))('a %s needs a hold', (_, end) => {
    given(agency()).when(end).thenRefused({ reason: 'hold_not_open', holdId: 'h/1' });
  });

  test('what was refused about an open hold is found at its accounts', () => {
    const { line } = given(past()).when(capture('h/1', 11)).thenRefused({ reason: 'capture_exceeds_hold' });
    expect(line).toMatchObject({
      accounts: ['agency', 'client:acme', `member:${CREATOR}`, `member:${CREATOR}@client:acme`],
    });
  });
});

describe('a hold that ends in a later window', () => {
  const LAST_MINUTE = Date.UTC(2026, 10, 30, 22, 59);
  const NEXT_MONTH = LAST_MINUTE + 5 * 60_000;
  const limited = [...agency(), limit('client:acme', 'day', 10), limit('client:acme', 'month', 100)];
  const held = [...limited, { ...hold(10, { at: LAST_MINUTE }), commandId: 'h' }];

  test('counts in the window it was held in', () => {
    const { state, line } = given(held)
      .when({ ...capture('h/1', 7), at: NEXT_MONTH })
      .then({ kind: 'captured' });
    expect(use(state, 'client:acme', 'month:2026-11')).toMatchObject({ usedCredits: 7, heldCredits: 0 });
    expect(use(state, 'client:acme', 'month:2026-12')).toBeUndefined();
    expect(line.balances.filter(({ account }) => account === 'client:acme')).toEqual([
      { account: 'client:acme', window: 'day:2026-12-01', usedCredits: 0, heldCredits: 0, availableCredits: 10 },
      { account: 'client:acme', window: 'month:2026-12', usedCredits: 0, heldCredits: 0, availableCredits: 100 },
    ]);
  });

  test('leaves the new window all its room, while it is open and after', () => {
    given(held)
      .when(hold(10, { at: NEXT_MONTH }))
      .then({ kind: 'held' });
    given(held, { ...capture('h/1', 10), at: NEXT_MONTH })
      .when(hold(10))
      .then({ kind: 'held' });
    given(held)
      .when(hold(10))
      .thenRefused({ reason: 'limit_exceeded', binding: { window: 'day' } });
  });

  test('ends also when its day is no longer kept', () => {
    const later = [1, 2, 3].map((days) => hold(1, { at: LAST_MINUTE + days * DAY }));
    const { state } = given(held, later).when(capture('h/1', 7)).then({ kind: 'captured' });
    expect(use(state, 'client:acme', 'day:2026-11-30')).toBeUndefined();
    expect(use(state, 'client:acme', 'total')).toMatchObject({ usedCredits: 7, heldCredits: 3 });
    expect(
      state.use
        .get('client:acme')
        ?.map(({ key }) => key)
        .sort(),
    ).toEqual([
      ...['day:2026-12-02', 'day:2026-12-03', 'month:2026-11', 'month:2026-12', 'quarter:2026-Q4'],
      ...['total', 'week:2026-11-30', 'year:2026'],
    ]);
  });
});

test('time never goes back: a clock that does is read as the last line’s time', () => {
  const { line } = given(past())
    .when(hold(1, { by: MANAGER, at: MONDAY - DAY, timeoutMs: 1_000 }))
    .then({ kind: 'held' });
  expect(line).toMatchObject({ at: MONDAY, deadlineAt: MONDAY + 1_000 });
});
