import { describe, expect, test } from 'vitest';
import type { AccountId } from '../../src/ledger/accounts.ts';
import type { ApproveHow } from '../../src/ledger/commands/commands.ts';
import type { OnExceeded } from '../../src/ledger/state.ts';
import { standings } from '../../src/ledger/usage/standings.ts';
import type { Window } from '../../src/ledger/usage/windows.ts';
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
  role,
  VIEWER,
  voided,
} from '../support/fixtures.ts';
import { given } from '../support/given.ts';
import {
  approve,
  bindProject,
  bringBack,
  closeClient,
  closeProject,
  manages,
  policy,
  project,
  remove,
  rule,
  team,
  teamsOf,
} from '../support/wishes.ts';

const DAY = 86_400_000;
const ME: AccountId = `member:${CREATOR}@client:acme`;
const asks = (account: AccountId, window: Window, credits: number, over: OnExceeded = 'ask') =>
  limit(account, window, credits, { over });
const base = [...agency(), asks('client:acme', 'month', 100)];
const asked = (credits: number, ...before: Asked[]): Asked[] => [
  ...base,
  ...before,
  { ...hold(credits), commandId: 'r' },
];
const MONTH = 'client:acme month';

describe('approving once', () => {
  test('holds exactly what was asked for, by a grant of what is missing', () => {
    const { state, line } = given(asked(30, hold(80)))
      .when(approve('r', [MONTH], { commandId: 'a' }))
      .then({
        kind: 'approved',
        requestId: 'r',
        by: MANAGER,
        memberId: CREATOR,
        deadlineAt: MONDAY + 600_000,
        grants: [{ grantId: 'r/1', account: 'client:acme', amountCredits: 10, expiresAt: MONDAY }],
        holds: [{ holdId: 'r/1', amountCredits: 30, draws: [{ account: 'client:acme', grantId: 'r/1', credits: 10 }] }],
      });
    expect(state.requests.get('r')?.end).toEqual({ as: 'approved', by: MANAGER, at: MONDAY, reason: null });
    const grants = [{ account: 'client:acme', amountCredits: 10 }];
    expect(state.requests.get('r')?.room).toEqual({ kind: 'once', grants });
    expect(line.balances).toContainEqual({
      account: 'client:acme',
      window: 'month:2026-11',
      usedCredits: 0,
      heldCredits: 110,
      availableCredits: 0,
    });
  });

  test('leaves nothing for the next one, whatever becomes of it', () => {
    const approved = [...asked(30, hold(80)), approve('r', [MONTH])];
    given(approved).when(hold(1)).then({ kind: 'asked' });
    given(approved, capture('r/1', 30)).when(hold(1)).then({ kind: 'asked' });
    given(approved, voided('r/1')).when(hold(20)).then({ kind: 'held' });
    given(approved, voided('r/1')).when(hold(21)).then({ kind: 'asked' });
    given(approved, capture('r/1', 5)).when(hold(15)).then({ kind: 'held' });
    given(approved, capture('r/1', 5)).when(hold(16)).then({ kind: 'asked' });
  });

  test('gives each account what it lacks, on its tightest window', () => {
    given(
      asked(
        30,
        asks('client:acme', 'day', 25),
        asks('client:acme', 'week', 28),
        asks(ME, 'day', 4),
        asks('agency', 'day', 30),
      ),
    )
      .when(approve('r', ['client:acme day', 'client:acme week', `${ME} day`]))
      .then({
        kind: 'approved',
        grants: [
          { grantId: 'r/1', account: 'client:acme', amountCredits: 5 },
          { grantId: 'r/2', account: ME, amountCredits: 26 },
        ],
      });
  });

  test('several images draw what they need, one after the other', () => {
    const { line } = given(base, hold(80), { ...hold(10, { imagesCount: 4 }), commandId: 'r' })
      .when(approve('r', [MONTH]))
      .then({ kind: 'approved', grants: [{ amountCredits: 20 }] });
    const drawn = line.kind === 'approved' ? line.holds.map(({ draws }) => draws.map(({ credits }) => credits)) : [];
    expect(drawn).toEqual([[], [], [10], [10]]);
  });

  test('uses up grants that are there, and adds only the rest', () => {
    const granted = grant('client:acme', 6, { expiresAt: MONDAY + DAY });
    const { state } = given(asked(30, hold(80), granted))
      .when(approve('r', [MONTH]))
      .then({ kind: 'approved', grants: [{ amountCredits: 4 }] });
    expect(state.grants.get('client:acme')?.map(({ heldCredits }) => heldCredits)).toEqual([6, 4]);
  });

  test('covers the request, not the past, where the limit was lowered below what is used', () => {
    const lowered = [...asked(30, hold(80)), asks('client:acme', 'month', 50)];
    const { line, state } = given(lowered)
      .when(approve('r', [MONTH]))
      .then({ kind: 'approved', grants: [{ amountCredits: 30 }] });
    expect(line.balances).toContainEqual(expect.objectContaining({ account: 'client:acme', availableCredits: -30 }));
    expect(standings(state, 'client:acme', MONDAY)[0]).toMatchObject({ availableCredits: -30, grantsCredits: 30 });
  });

  test('needs no grant where there is room by now, and then asks whoever looks after the client', () => {
    const raised = [...asked(30, hold(80)), asks('client:acme', 'month', 500)];
    given(raised)
      .when(approve('r', [MONTH]))
      .then({ kind: 'approved', grants: [], holds: [{ draws: [] }] });
    given(raised)
      .when(approve('r', [], { by: OWNER }))
      .then({ kind: 'approved' });
    given(raised, manages(MANAGER, {}))
      .when(approve('r', [MONTH]))
      .thenRefused({ reason: 'not_allowed', account: 'client:acme' });
  });

  test('happens in the window of the approval', () => {
    const december = Date.UTC(2026, 11, 2);
    const { state } = given(asked(130, hold(80)))
      .when(approve('r', [MONTH], { at: december }))
      .then({ kind: 'approved', grants: [{ amountCredits: 30 }], deadlineAt: december + 600_000 });
    expect(state.holds.get('r/1')?.keys.month).toBe('month:2026-12');
  });
});

describe('approving until a date', () => {
  const until = (amountCredits: number, expiresAt = MONDAY + DAY): ApproveHow => ({
    kind: 'until',
    amountCredits,
    expiresAt,
  });

  test('adds a grant that the request is the first to use', () => {
    const approved = approve('r', [MONTH], { how: until(50) });
    const { state, line } = given(asked(30, hold(80)))
      .when(approved)
      .then({ kind: 'approved', grants: [{ amountCredits: 50, expiresAt: MONDAY + DAY }] });
    expect(state.grants.get('client:acme')).toMatchObject([{ heldCredits: 10, amountCredits: 50, by: MANAGER }]);
    const room = { kind: 'until', amountCredits: 50, expiresAt: MONDAY + DAY, accounts: ['client:acme'] };
    expect(state.requests.get('r')?.room).toEqual(room);
    given(asked(30, hold(80)), line)
      .when(hold(40))
      .then({ kind: 'held' });
    given(asked(30, hold(80)), line)
      .when(hold(41))
      .then({ kind: 'asked' });
    given(asked(30, hold(80)), line)
      .when(hold(1, { at: MONDAY + DAY }))
      .then({ kind: 'asked' });
  });

  test.each([
    [until(9), { reason: 'invalid', field: 'amountCredits' }],
    [until(10.5), { reason: 'invalid', field: 'amountCredits' }],
    [until(50, MONDAY), { reason: 'invalid', field: 'expiresAt' }],
    [until(50, MONDAY + 367 * DAY), { reason: 'invalid', field: 'expiresAt' }],
    [until(50, Number.NaN), { reason: 'invalid', field: 'expiresAt' }],
  ] as const)('%j is refused', (how, refusal) => {
    given(asked(30, hold(80)))
      .when(approve('r', [MONTH], { how }))
      .thenRefused(refusal);
  });

  test('has to make up for a limit that was lowered below what is used, too', () => {
    const lowered = [...asked(30, hold(80)), asks('client:acme', 'month', 50)];
    given(lowered)
      .when(approve('r', [MONTH], { how: until(59) }))
      .thenRefused({ reason: 'invalid', field: 'amountCredits' });
    given(lowered)
      .when(approve('r', [MONTH], { how: until(60) }))
      .then({ kind: 'approved' });
  });

  test('gives every account that lacks some the same', () => {
    given(asked(30, hold(80), asks(ME, 'day', 5)))
      .when(approve('r', [MONTH, `${ME} day`], { how: until(105) }))
      .then({
        grants: [
          { account: 'client:acme', amountCredits: 105 },
          { account: ME, amountCredits: 105 },
        ],
      });
  });
});

describe('approving by raising the limit', () => {
  const raise = (account: AccountId, limitCredits: number, window: Window = 'month') => ({
    account,
    window,
    limitCredits,
  });
  const how = (...limits: ReturnType<typeof raise>[]): ApproveHow => ({ kind: 'raise', limits });
  const by = OWNER;

  test('sets it for good, and holds in it', () => {
    const wish = approve('r', [MONTH], { by, how: how(raise('client:acme', 150)) });
    const { state, line } = given(asked(30, hold(80)))
      .when(wish)
      .then({ kind: 'approved', grants: [] });
    expect(state.limits.get('client:acme')).toMatchObject([{ window: 'month', limitCredits: 150, over: 'ask' }]);
    const limits = [{ account: 'client:acme', window: 'month', fromCredits: 100, toCredits: 150 }];
    expect(state.requests.get('r')?.room).toEqual({ kind: 'raise', limits });
    given(asked(30, hold(80)), line)
      .when(hold(40))
      .then({ kind: 'held' });
    given(asked(30, hold(80)), line)
      .when(hold(41))
      .then({ kind: 'asked' });
  });

  test('keeps what the limit does otherwise', () => {
    const rolling = limit('client:acme', 'month', 100, { over: 'ask', rollOverMaxCredits: 7 });
    const { state } = given(asked(30, rolling, hold(80)))
      .when(approve('r', [MONTH], { by, how: how(raise('client:acme', 150)) }))
      .then({ kind: 'approved' });
    expect(state.limits.get('client:acme')).toMatchObject([{ over: 'ask', rollOverMaxCredits: 7 }]);
    expect(state.limits.get('client:acme')?.[0]?.before).toEqual({ key: 'month:2026-11', limitCredits: null });
  });

  test('has to make room for it all', () => {
    given(asked(30, hold(80)))
      .when(approve('r', [MONTH], { by, how: how(raise('client:acme', 109)) }))
      .thenRefused({ reason: 'other_limits', exceeded: [{ account: 'client:acme', limitCredits: 109 }] });
    given(asked(30, hold(80), asks(ME, 'day', 5)))
      .when(approve('r', [MONTH, `${ME} day`], { by, how: how(raise('client:acme', 110)) }))
      .thenRefused({ reason: 'other_limits', exceeded: [{ account: ME, window: 'day' }] });
    given(asked(30, hold(80)))
      .when(approve('r', [MONTH], { by, how: how() }))
      .thenRefused({ reason: 'other_limits' });
  });

  test.each([
    [how(raise('client:acme', 100)), { reason: 'invalid', field: 'limitCredits' }],
    [how(raise('client:acme', 1_000_000_001)), { reason: 'invalid', field: 'limitCredits' }],
    [how(raise('client:acme', 150.5)), { reason: 'invalid', field: 'limitCredits' }],
    [how(raise('agency', 150)), { reason: 'invalid', field: 'limits' }],
    [how(raise('client:acme', 150, 'day')), { reason: 'invalid', field: 'limits' }],
  ] as const)('%j is refused', (wrong, refusal) => {
    given(asked(30, hold(80)))
      .when(approve('r', [MONTH], { by, how: wrong }))
      .thenRefused(refusal);
  });

  test('is for whoever may set it, as far as they may', () => {
    given(asked(30, hold(80)))
      .when(approve('r', [MONTH], { how: how(raise('client:acme', 150)) }))
      .thenRefused({ reason: 'not_allowed', action: 'set_limit', roles: ['owner'] });
    const mine = [...agency(), limit('client:acme', 'month', 100), asks(ME, 'month', 10)];
    const request = { ...hold(30), commandId: 'r' };
    given(mine, request)
      .when(approve('r', [`${ME} month`], { how: how(raise(ME, 100)) }))
      .then({ kind: 'approved' });
    given(mine, request)
      .when(approve('r', [`${ME} month`], { how: how(raise(ME, 101)) }))
      .thenRefused({ reason: 'above_limit_of', account: ME, of: 'client:acme', limitCredits: 100 });
  });
});

describe('whoever approves', () => {
  test('saw what binds: where another limit does by now, they are told which', () => {
    given(asked(30, hold(80)))
      .when(approve('r', []))
      .thenRefused({ reason: 'other_limits', requestedCredits: 30, exceeded: [{ account: 'client:acme' }] });
    given(asked(30, hold(80)), asks(ME, 'week', 5))
      .when(approve('r', [MONTH]))
      .thenRefused({ reason: 'other_limits', requestId: 'r', exceeded: [{ account: ME, window: 'week' }] });
    given(asked(30, hold(80)), asks(ME, 'week', 5))
      .when(approve('r', [MONTH, `${ME} week`]))
      .then({ kind: 'approved' });
  });

  test('does not approve over a limit that refuses, whatever they saw and whoever they are', () => {
    for (const by of [MANAGER, OWNER]) {
      given(asked(30, hold(80)), limit('agency', 'day', 100))
        .when(approve('r', [MONTH, 'agency day'], { by }))
        .thenRefused({ reason: 'other_limits', exceeded: [{ account: 'agency', over: 'refuse' }] });
      given(asked(30, hold(80)), limit('client:acme', 'month', 90))
        .when(approve('r', [MONTH], { by }))
        .thenRefused({ reason: 'other_limits', exceeded: [{ account: 'client:acme', over: 'refuse' }] });
    }
  });

  test('is not stopped by a limit that warns', () => {
    given(asked(30, hold(80)), asks('agency', 'day', 1, 'warn'))
      .when(approve('r', [MONTH]))
      .then({ kind: 'approved' });
  });

  test('has a say over every account that lacks credits', () => {
    given(asked(30, hold(80)), asks('agency', 'day', 5))
      .when(approve('r', [MONTH, 'agency day']))
      .thenRefused({ reason: 'not_allowed', action: 'approve', account: 'agency' });
    given(asked(30, hold(80)), asks('agency', 'day', 5))
      .when(approve('r', [MONTH, 'agency day'], { by: OWNER }))
      .then({ kind: 'approved' });
    for (const by of [VIEWER, 'UMATE', 'UOTHER']) {
      given(asked(30, hold(80)), member('UMATE'), member('UOTHER', 'manager'))
        .when(approve('r', [MONTH], { by }))
        .thenRefused({ reason: 'not_allowed', account: 'client:acme' });
    }
    given(asked(30, hold(80)), role(MANAGER, 'creator'))
      .when(approve('r', [MONTH]))
      .thenRefused({ reason: 'not_allowed', role: 'creator' });
  });

  test('is never the one who asked, also as an owner', () => {
    const own = [...base, hold(80), { ...hold(30, { by: OWNER }), commandId: 'r' }];
    given(own)
      .when(approve('r', [MONTH], { by: OWNER }))
      .thenRefused({ reason: 'own_request', requestId: 'r' });
    given(own)
      .when(approve('r', [MONTH]))
      .then({ kind: 'approved' });
    given(asked(30, hold(80)), role(CREATOR, 'owner'))
      .when(approve('r', [MONTH], { by: CREATOR }))
      .thenRefused({ reason: 'own_request' });
  });

  test('is an owner above the threshold: of the request, or of what is given', () => {
    const above = [...asked(30, hold(80)), policy('ownerAboveCredits', 29)];
    given(above)
      .when(approve('r', [MONTH]))
      .thenRefused({ reason: 'owner_needed', requestId: 'r', aboveCredits: 29 });
    given(above)
      .when(approve('r', [MONTH], { by: OWNER }))
      .then({ kind: 'approved' });
    const until = (amountCredits: number): ApproveHow => ({ kind: 'until', amountCredits, expiresAt: MONDAY + 1 });
    const at = [...asked(30, hold(80)), policy('ownerAboveCredits', 30)];
    given(at)
      .when(approve('r', [MONTH], { how: until(31) }))
      .thenRefused({ reason: 'owner_needed' });
    given(at)
      .when(approve('r', [MONTH], { how: until(30) }))
      .then({ kind: 'approved' });
  });

  test('knows what is asked', () => {
    given(asked(30)).when(approve('x', [])).thenRefused({ reason: 'request_unknown', requestId: 'x' });
  });
});

describe('what changed since it was asked', () => {
  const seen = [MONTH] as const;
  const nova = [client('nova', 'Nova')];

  test.each<[string, Asked[], object]>([
    ['the channel went to another client', [...nova, bind('C1', 'nova')], { reason: 'channel_moved', channelId: 'C1' }],
    ['the channel belongs to nobody', [bind('C1', null)], { reason: 'channel_moved', channelId: 'C1' }],
    ['the client was closed', [closeClient('acme')], { reason: 'client_closed', clientId: 'acme' }],
    ['who asked only looks now', [role(CREATOR, 'viewer')], { reason: 'not_allowed', action: 'hold', role: 'viewer' }],
    ['who asked was removed', [remove(CREATOR)], { reason: 'request_ended', end: { as: 'withdrawn' } }],
    ['… and is back', [remove(CREATOR), bringBack(CREATOR)], { reason: 'request_ended' }],
    ['a rule', [rule('client:acme', { models: ['m'] })], { reason: 'model_not_allowed', scope: 'client:acme' }],
    ['another rule', [rule(`member:${CREATOR}`, { priceMaxCredits: 9 })], { reason: 'price_too_high' }],
  ])('%s: nothing is held', (_, since, refusal) => {
    given(asked(30, hold(80)), since)
      .when(approve('r', seen))
      .thenRefused(refusal);
  });

  test('the project was closed: nothing is held', () => {
    const ofProject = [
      ...base,
      project('p1', 'acme'),
      bindProject('C1', 'p1'),
      hold(80),
      { ...hold(30), commandId: 'r' },
    ];
    given(ofProject).when(approve('r', seen)).then({ kind: 'approved', projectId: 'p1' });
    given(ofProject, bindProject('C1', null)).when(approve('r', seen)).then({ projectId: 'p1' });
    given(ofProject, closeProject('p1'))
      .when(approve('r', seen))
      .thenRefused({ reason: 'project_closed', projectId: 'p1' });
  });

  test('the channel was bound to a project: what was asked for none is for none, also when that one is closed', () => {
    const bound = [...asked(30, hold(80)), project('p1', 'acme'), bindProject('C1', 'p1')];
    given(bound).when(approve('r', seen)).then({ kind: 'approved', projectId: null });
    given(bound, closeProject('p1')).when(approve('r', seen)).then({ kind: 'approved', projectId: null });
  });

  test('the teams of who asked: those of now are charged', () => {
    given(asked(30, hold(80)), team('film'), teamsOf(CREATOR, 'film'))
      .when(approve('r', seen))
      .then({ kind: 'approved', teamIds: ['film'] });
  });

  test('the burst limit counts the asking, and not the approving', () => {
    given(base, policy('burst', { requestsMax: 2, withinMs: 60_000 }), hold(80), { ...hold(30), commandId: 'r' })
      .when(approve('r', seen))
      .then({ kind: 'approved' });
  });
});
