import { describe, expect, test } from 'vitest';
import type { AccountId } from '../../src/ledger/accounts.ts';
import { approvalsSince, ENDED_KEPT_MS, type Request } from '../../src/ledger/requests.ts';
import { approversOf, checkApproveOnce } from '../../src/ledger/rights/approval-authority.ts';
import type { State } from '../../src/ledger/state.ts';
import { MONDAY } from '../support/clock.ts';
import {
  type Asked,
  agency,
  bind,
  CREATOR,
  hold,
  limit,
  MANAGER,
  member,
  OWNER,
  open,
  role,
  VIEWER,
} from '../support/fixtures.ts';
import { given } from '../support/given.ts';
import { historyOf } from '../support/history.ts';
import {
  approve,
  delegate,
  deny,
  escalate,
  lapse,
  manages,
  policy,
  remove,
  suspend,
  team,
  teamsOf,
  withdraw,
} from '../support/wishes.ts';

const HOUR = 3_600_000;
const MONTH = 'client:acme month';
const asks = (account: AccountId, credits: number) => limit(account, 'month', credits, { over: 'ask' });
const asking = [...agency(), asks('client:acme', 10)];
const asked: Asked[] = [...asking, { ...hold(8, { imagesCount: 2 }), commandId: 'r' }];

function request(state: State, id = 'r'): Request {
  const found = state.requests.get(id);
  if (!found) throw new Error(`no request ${id}`);
  return found;
}

describe('over a limit that asks', () => {
  test('nothing is held, and a request waits', () => {
    const { state, line } = given(asking)
      .when({ ...hold(8, { imagesCount: 2 }), commandId: 'r' })
      .then({
        kind: 'asked',
        requestId: 'r',
        imagesCount: 2,
        eachCredits: 8,
        exceeded: [{ account: 'client:acme', window: 'month', over: 'ask', limitCredits: 10, availableCredits: 10 }],
        escalatesAt: MONDAY + 2 * HOUR,
        lapsesAt: MONDAY + 24 * HOUR,
      });
    expect(state.holds.size + state.use.size).toBe(0);
    expect(request(state)).toMatchObject({ memberId: CREATOR, askedAt: MONDAY, escalatedAt: null, end: null });
    expect(line.balances.map(({ account }) => account)).toContain(`member:${CREATOR}@client:acme`);
  });

  test('within it, credits are held as ever', () => {
    given(asking).when(hold(10)).then({ kind: 'held', warnings: [] });
  });

  test('and one that refuses, it is refused: nobody may approve that', () => {
    given(asking, limit('agency', 'day', 12))
      .when(hold(15))
      .thenRefused({
        reason: 'limit_exceeded',
        binding: { account: 'client:acme' },
        exceeded: [
          { account: 'agency', over: 'refuse' },
          { account: 'client:acme', over: 'ask' },
        ],
      });
    given(asking, limit('agency', 'day', 15))
      .when(hold(15))
      .then({ kind: 'asked' });
  });

  test('and one that warns, what is asked names only what stops it', () => {
    const { line } = given(asking, limit('agency', 'day', 1, { over: 'warn' }))
      .when(hold(15))
      .then({ kind: 'asked' });
    expect(line).toMatchObject({ exceeded: [{ account: 'client:acme' }] });
    expect(line).not.toMatchObject({ exceeded: [{}, {}] });
  });

  test('several of them are all named, widest first', () => {
    const both = [asks('agency', 5), limit('client:acme', 'day', 7, { over: 'ask' })];
    given(asking, both)
      .when(hold(11))
      .then({
        kind: 'asked',
        exceeded: [
          { account: 'agency', window: 'month' },
          { account: 'client:acme', window: 'day' },
          { account: 'client:acme', window: 'month' },
        ],
      });
  });

  test('where there is nobody to ask, it is a plain refusal', () => {
    const alone = [
      open(),
      { kind: 'create_client', clientId: 'acme', name: 'Acme' } as const,
      bind('C1', 'acme'),
      asks('client:acme', 10),
    ];
    given(alone)
      .when(hold(11, { by: OWNER }))
      .thenRefused({ reason: 'limit_exceeded', binding: { over: 'ask' } });
    given(alone, member(CREATOR)).when(hold(11)).then({ kind: 'asked' });
    given(alone, member(CREATOR), policy('ownerAboveCredits', 10))
      .when(hold(11, { by: OWNER }))
      .thenRefused({ reason: 'limit_exceeded' });
  });

  test('no more than twenty wait for one member', () => {
    const many = Array.from({ length: 20 }, (_, n) => ({ ...hold(11), commandId: `r${n}` }));
    given(asking, many).when(hold(11)).thenRefused({ reason: 'too_many_requests', requestsMax: 20 });
    given(asking, many, withdraw('r3', CREATOR)).when(hold(11)).then({ kind: 'asked' });
    given(asking, many)
      .when(hold(11, { by: MANAGER }))
      .then({ kind: 'asked' });
  });
});

describe('a limit that warns', () => {
  const warning = [...agency(), limit('client:acme', 'day', 5, { over: 'warn' })];

  test('lets it through, and says so on the line', () => {
    given(warning, hold(3))
      .when(hold(4))
      .then({ kind: 'held', warnings: [{ account: 'client:acme', window: 'day', over: 'warn', availableCredits: 2 }] });
    given(warning).when(hold(5)).then({ kind: 'held', warnings: [] });
  });

  test('goes below zero, and on', () => {
    const { line } = given(warning, hold(8)).when(hold(2)).then({ kind: 'held' });
    expect(line.balances).toContainEqual(expect.objectContaining({ account: 'client:acme', availableCredits: -5 }));
  });

  test('stands beside others, which bind as ever', () => {
    given(warning, limit(`member:${CREATOR}`, 'day', 6))
      .when(hold(7))
      .thenRefused({ reason: 'limit_exceeded', exceeded: [{ account: `member:${CREATOR}` }] });
    given(warning, limit(`member:${CREATOR}`, 'day', 6))
      .when(hold(6))
      .then({ kind: 'held', warnings: [{ account: 'client:acme' }] });
  });
});

describe('who is asked', () => {
  const ask = (...steps: Asked[]) => {
    const { state } = historyOf([...agency(), ...steps, { ...hold(11), commandId: 'r' }]);
    return approversOf(state, request(state), MONDAY);
  };

  test('are the managers of every account that lacks credits', () => {
    expect(ask(asks('client:acme', 10))).toEqual([MANAGER]);
    expect(ask(asks(`member:${CREATOR}@client:acme`, 10))).toEqual([MANAGER]);
    const film = [team('film'), teamsOf(CREATOR, 'film'), asks('team:film', 10)];
    const both = manages(MANAGER, { clientIds: ['acme'], teamIds: ['film'] });
    expect(ask(...film, both)).toEqual([MANAGER]);
    expect(ask(...film, both, asks('client:acme', 10), asks(`member:${CREATOR}`, 3))).toEqual([MANAGER]);
  });

  test('are the owners where there is no such manager, or for the agency’s own', () => {
    expect(ask(asks('agency', 10))).toEqual([OWNER]);
    expect(ask(asks('agency', 10), asks('client:acme', 10))).toEqual([OWNER]);
    expect(ask(asks('client:acme', 10), suspend(MANAGER))).toEqual([OWNER]);
    expect(ask(asks('client:acme', 10), manages(MANAGER, {}))).toEqual([OWNER]);
    expect(ask(asks(`member:${CREATOR}`, 10), member('UBOSS', 'owner'), suspend(OWNER))).toEqual(['UBOSS']);
  });

  test('are never those who ask', () => {
    const { state } = historyOf([...asking, { ...hold(11, { by: MANAGER }), commandId: 'r' }]);
    expect(approversOf(state, request(state), MONDAY)).toEqual([OWNER]);
  });

  test('are delegates in place of those who are away, for as long as they are; and an owner alone above the threshold', () => {
    const away = [member('UMATE'), delegate('UMATE', MONDAY + HOUR)];
    expect(ask(asks('client:acme', 10), ...away)).toEqual(['UMATE']);
    const { state } = historyOf([...asked, ...away]);
    expect(approversOf(state, request(state), MONDAY + HOUR)).toEqual([MANAGER]);
    expect(ask(asks('client:acme', 10), ...away, policy('ownerAboveCredits', 10))).toEqual([OWNER]);
    expect(ask(asks('client:acme', 10), ...away, policy('ownerAboveCredits', 11))).toEqual(['UMATE']);
    const ofOwner = [member('UMATE'), delegate('UMATE', MONDAY + HOUR, OWNER), policy('ownerAboveCredits', 10)];
    expect(ask(asks('client:acme', 10), ...ofOwner)).toEqual([OWNER]);
  });

  const until = MONDAY + 24 * HOUR;
  const both = [member('UMATE'), member('UBOSS', 'owner')];
  const second = [member('UDEPUTY', 'manager'), manages('UDEPUTY', { clientIds: ['acme'] })];

  test.each<[string, Asked[], string[]]>([
    ['the delegate asks for themselves', [delegate(CREATOR, until)], [OWNER]],
    ['the delegate was suspended', [...both, delegate('UMATE', until), suspend('UMATE')], ['UBOSS', OWNER]],
    ['the delegate only looks by now', [...both, delegate('UMATE', until), role('UMATE', 'viewer')], ['UBOSS', OWNER]],
    ['the delegate is away too', [...second, delegate('UDEPUTY', until), delegate(OWNER, until, 'UDEPUTY')], [OWNER]],
    [
      'they stand in for each other',
      [...second, delegate('UDEPUTY', until), delegate(MANAGER, until, 'UDEPUTY')],
      [OWNER],
    ],
    ['an owner stands in', [...both, delegate('UBOSS', until)], ['UBOSS']],
    ['another manager is there', [...second, delegate(CREATOR, until)], ['UDEPUTY']],
    [
      'the owner is away, with a delegate',
      [...both.slice(0, 1), delegate(CREATOR, until), delegate('UMATE', until, OWNER)],
      ['UMATE'],
    ],
    ['one of two owners is away too', [...both, delegate(CREATOR, until), delegate(CREATOR, until, OWNER)], ['UBOSS']],
    ['everybody is away', [delegate(CREATOR, until), delegate(CREATOR, until, OWNER)], [MANAGER, OWNER]],
    ['they lost the client, and are away', [delegate('UMATE', until), manages(MANAGER, {})], [OWNER]],
  ])('are people who can answer now, with the manager away: %s', (_name, steps, expected) => {
    const known = steps.some((step) => 'memberId' in step && step.memberId === 'UMATE') ? [] : [member('UMATE')];
    expect(ask(asks('client:acme', 10), ...known, ...steps)).toEqual(expected);
  });

  test('are owners who are there, once nobody answered: or those who are away, where no owner is there', () => {
    const late = MONDAY + 2 * HOUR;
    const escalated = (...steps: Asked[]) => {
      const { state } = historyOf([...asked, ...both, ...steps, escalate('r', late)]);
      return approversOf(state, request(state), late);
    };
    expect(escalated()).toEqual([MANAGER, 'UBOSS', OWNER]);
    expect(escalated(delegate(CREATOR, until, OWNER))).toEqual([MANAGER, 'UBOSS']);
    expect(escalated(delegate('UMATE', until, OWNER))).toEqual([MANAGER, 'UBOSS', 'UMATE']);
    expect(escalated(delegate(CREATOR, until, OWNER), delegate(CREATOR, until, 'UBOSS'))).toEqual([
      MANAGER,
      'UBOSS',
      OWNER,
    ]);
    expect(escalated(delegate('UMATE', until))).toEqual(['UMATE', 'UBOSS', OWNER]);
  });

  test.each<[string, Asked[], string[]]>([
    ['is there', [], [MANAGER]],
    ['is there, and the owner is away', [delegate(MANAGER, until, OWNER)], [MANAGER]],
    ['is away, with a delegate', [delegate(CREATOR, until)], [CREATOR]],
    ['is away, with the owner as delegate', [delegate(OWNER, until)], [MANAGER]],
  ])('are never the sole owner who asks for themselves: the sole manager %s', (_name, steps, expected) => {
    const { state } = historyOf([...asking, { ...hold(11, { by: OWNER }), commandId: 'r' }, ...steps]);
    expect(approversOf(state, request(state), MONDAY)).toEqual(expected);
  });

  test('are the ones who may approve, and nobody else may', () => {
    const everybody = [member('UMATE'), delegate('UMATE', MONDAY + HOUR), member('UMANAGER2', 'manager')];
    for (const steps of [[], [policy('ownerAboveCredits', 10)], [asks('agency', 3)]]) {
      const { state } = historyOf([...asking, ...everybody, ...steps, { ...hold(11), commandId: 'r' }]);
      const may = [...state.members.keys()].filter(
        (by) => checkApproveOnce(state, request(state), { by, at: MONDAY }) === null,
      );
      expect(may).toEqual(expect.arrayContaining(approversOf(state, request(state), MONDAY)));
      for (const by of state.members.keys()) {
        const seen = request(state) && (['client:acme month', 'agency month'] as const);
        const { line } = given(asking, everybody, steps, { ...hold(11), commandId: 'r' }).when(
          approve('r', seen, { by }),
        );
        expect([by, line.kind === 'approved']).toEqual([by, may.includes(by)]);
      }
    }
  });
});

describe('denying', () => {
  test('ends a request, with a reason; nothing was ever held', () => {
    const { state } = given(asked)
      .when(deny('r', { reason: 'Next month' }))
      .then({ kind: 'denied', by: MANAGER });
    expect(request(state).end).toEqual({ as: 'denied', by: MANAGER, at: MONDAY, reason: 'Next month' });
    expect(state.use.size).toBe(0);
  });

  test('takes a say over one of the accounts, and not one’s own request', () => {
    given(asking, asks('agency', 10), asked.slice(-1)).when(deny('r')).then({ kind: 'denied' });
    given(asked)
      .when(deny('r', { by: CREATOR }))
      .thenRefused({ reason: 'own_request', requestId: 'r' });
    given(asked)
      .when(deny('r', { by: VIEWER }))
      .thenRefused({ reason: 'not_allowed', action: 'deny', account: 'client:acme' });
    given(asked, manages(MANAGER, {}))
      .when(deny('r'))
      .thenRefused({ reason: 'not_allowed', roles: ['owner', 'manager'] });
  });

  test('says why in some words', () => {
    given(asked)
      .when(deny('r', { reason: 'x'.repeat(301) }))
      .thenRefused({ reason: 'invalid', field: 'reason' });
  });
});

describe('withdrawing', () => {
  test('is for whoever asked', () => {
    const { state } = given(asked).when(withdraw('r', CREATOR)).then({ kind: 'withdrawn' });
    expect(request(state).end).toEqual({ as: 'withdrawn', by: CREATOR, at: MONDAY, reason: null });
    for (const by of [MANAGER, OWNER, VIEWER]) {
      given(asked).when(withdraw('r', by)).thenRefused({ reason: 'not_allowed', action: 'withdraw' });
    }
  });

  test('of what is not known says so', () => {
    given(asked).when(withdraw('x', CREATOR)).thenRefused({ reason: 'request_unknown', requestId: 'x' });
  });
});

describe('a request that nobody answers', () => {
  test('is shown to owners too after a while, and lapses after a longer one', () => {
    given(asked)
      .when(escalate('r', MONDAY + 2 * HOUR - 1))
      .thenRefused({ reason: 'request_not_due', requestId: 'r', dueAt: MONDAY + 2 * HOUR });
    const { state } = given(asked)
      .when(escalate('r', MONDAY + 2 * HOUR))
      .then({ kind: 'escalated' });
    expect(request(state)).toMatchObject({ escalatedAt: MONDAY + 2 * HOUR, end: null });
    expect(approversOf(state, request(state), MONDAY + 2 * HOUR)).toEqual([MANAGER, OWNER]);
    given(asked)
      .when(lapse('r', MONDAY + 24 * HOUR - 1))
      .thenRefused({ reason: 'request_not_due', dueAt: MONDAY + 24 * HOUR });
    const lapsed = given(asked, escalate('r', MONDAY + 3 * HOUR))
      .when(lapse('r', MONDAY + 24 * HOUR))
      .then({ kind: 'lapsed' });
    expect(request(lapsed.state).end).toMatchObject({ as: 'lapsed', by: 'inkwell' });
  });

  test('is due as the policy was when it was asked', () => {
    const slow = [policy('escalateAfterMs', HOUR), policy('lapseAfterMs', 5 * HOUR)];
    given(asking, slow, asked.slice(-1), policy('escalateAfterMs', 9 * HOUR), policy('lapseAfterMs', 9 * HOUR))
      .when(escalate('r', MONDAY + HOUR))
      .then({ kind: 'escalated' });
    given(asking, slow, asked.slice(-1), policy('lapseAfterMs', 9 * HOUR))
      .when(lapse('r', MONDAY + 5 * HOUR))
      .then({ kind: 'lapsed' });
  });

  test('can still be approved by those who were asked first', () => {
    given(asked, escalate('r', MONDAY + 3 * HOUR))
      .when(approve('r', [MONTH]))
      .then({ kind: 'approved' });
  });
});

describe('a request that has ended', () => {
  const ends: [string, Asked][] = [
    ['approved', approve('r', [MONTH])],
    ['denied', deny('r')],
    ['withdrawn', withdraw('r', CREATOR)],
    ['lapsed', lapse('r', MONDAY + 24 * HOUR)],
  ];

  test.each(ends)('%s: whoever comes second is told how, and by whom', (as, end) => {
    const second: Asked[] = [
      ...ends.map(([, wish]) => wish),
      escalate('r', MONDAY + 24 * HOUR),
      approve('r', [], { by: OWNER }),
    ];
    for (const wish of second) {
      given(asked, end)
        .when({ ...wish, at: MONDAY + 24 * HOUR })
        .thenRefused({ reason: 'request_ended', requestId: 'r', end: { as: as as 'lapsed', by: end.by ?? 'inkwell' } });
    }
  });

  test('is forgotten long after, when somebody asks again', () => {
    const endedAt = MONDAY + HOUR;
    const again = (at: number) =>
      given(asked, { ...deny('r'), at: endedAt }, { ...hold(11, { by: MANAGER }), commandId: 'open' })
        .when({ ...hold(11), commandId: 'r2', at })
        .then({ kind: 'asked' }).state;
    expect([...again(endedAt + ENDED_KEPT_MS).requests.keys()].sort()).toEqual(['open', 'r', 'r2']);
    expect([...again(endedAt + ENDED_KEPT_MS + 1).requests.keys()].sort()).toEqual(['open', 'r2']);
    given(asked, { ...deny('r'), at: endedAt }, { ...hold(11), at: endedAt + ENDED_KEPT_MS + 1 })
      .when(approve('r', [MONTH]))
      .thenRefused({ reason: 'request_unknown', requestId: 'r' });
  });

  test('counts among those approved lately, for its member and as long as is asked', () => {
    const { state } = historyOf([
      ...asked,
      approve('r', [MONTH]),
      { ...hold(11), commandId: 'r2' },
      deny('r2'),
      { ...hold(11), commandId: 'r3', at: MONDAY + HOUR },
      approve('r3', [MONTH]),
    ]);
    expect(approvalsSince(state.requests, CREATOR, MONDAY)).toBe(2);
    expect(approvalsSince(state.requests, CREATOR, MONDAY + 1)).toBe(1);
    expect(approvalsSince(state.requests, MANAGER, 0)).toBe(0);
  });

  test('stays ended when its member is removed', () => {
    const { state } = given(asked, deny('r')).when(remove(CREATOR)).then({});
    expect(request(state).end?.as).toBe('denied');
    expect(given(asked, role(MANAGER, 'creator')).when(remove(CREATOR)).then({}).state.requests.get('r')?.end).toEqual({
      as: 'withdrawn',
      by: 'inkwell',
      at: MONDAY,
      reason: null,
    });
  });
});
