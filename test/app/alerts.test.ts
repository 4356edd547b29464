import { beforeEach, describe, expect, test } from 'vitest';
import { limitAlertCard } from '../../src/app/alerts/limit-alert-card.ts';
import { muteAlerts } from '../../src/app/alerts/mute-alerts.ts';
import { tendAlerts } from '../../src/app/alerts/tend-alerts.ts';
import { submitChange } from '../../src/app/submit-change.ts';
import type { AccountId } from '../../src/ledger/accounts.ts';
import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import type { Window } from '../../src/ledger/usage/windows.ts';
import { cardMessage } from '../../src/slack/messenger/card.ts';
import { capture, hold } from '../support/fixtures.ts';
import { BEN, CHANNEL, CLIENT, createWorld, MARCUS, OLIVIA, openAgency, type TestWorld } from '../support/world.ts';

const ACCOUNT: AccountId = `client:${CLIENT}`;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let world: TestWorld;
let ids = 0;
const as = (by: string, wish: CommandBody, on = world) =>
  submitChange(on, { deliveryId: `alert-${++ids}`, by, command: wish });
const limit = (limitCredits: number, account: AccountId = ACCOUNT, window: Window = 'month') =>
  ({ kind: 'set_limit', account, window, limitCredits, over: 'refuse', rollOverMaxCredits: null }) as const;

/** So many credits are charged to the client, by Ana. */
async function use(credits: number, on = world): Promise<void> {
  const id = `use-${++ids}`;
  const { commandId: _, by: __, ...held } = { ...hold(credits, { channelId: CHANNEL }), commandId: id };
  const answer = await on.book.submit({ ...held, commandId: id, by: MARCUS });
  expect(answer.ok).toBe(true);
  const { commandId: ___, ...captured } = { ...capture(`${id}/1`, credits), commandId: id };
  await on.book.submit({ by: 'inkwell', ...captured, commandId: `${id}/capture` });
}

const alertsOf = (memberId: string, on = world) =>
  on.messenger.cards.flatMap(({ memberId: to, card }) =>
    to === memberId && card.kind === 'limit_alert' ? [card] : [],
  );
const headsOf = (memberId: string) => alertsOf(memberId).map((card) => cardMessage(card).text.split('\n')[0]);

beforeEach(async () => {
  world = await createWorld();
  await openAgency(world, { monthCredits: 100 });
});

describe('a budget that is being used up', () => {
  test.each([
    [49, []],
    [50, ['Northwind Coffee’s monthly budget is 50% used.']],
    [79, ['Northwind Coffee’s monthly budget is 50% used.']],
    [80, ['Northwind Coffee’s monthly budget is 80% used.']],
    [100, ['Northwind Coffee’s monthly budget is used up.']],
  ])('at %d of 100 is told to its manager alone', async (credits, heads) => {
    await use(credits);
    await tendAlerts(world);
    expect(headsOf(MARCUS)).toEqual(heads);
    expect(headsOf(OLIVIA)).toEqual([]);
  });

  test('is one message that climbs, and is seen to be resolved', async () => {
    const heads: (string | undefined)[] = [];
    const look = async () => {
      await tendAlerts(world);
      expect(alertsOf(MARCUS)).toHaveLength(1);
      heads.push(headsOf(MARCUS)[0]);
    };
    await use(50);
    await look();
    await use(30);
    await look();
    await use(20);
    await look();
    await as(OLIVIA, limit(150));
    await look();
    await as(OLIVIA, limit(1_000));
    await look();
    await use(500);
    await look();
    expect(heads).toEqual([
      'Northwind Coffee’s monthly budget is 50% used.',
      'Northwind Coffee’s monthly budget is 80% used.',
      'Northwind Coffee’s monthly budget is used up.',
      'Northwind Coffee’s monthly budget is 50% used.',
      'Resolved: Northwind Coffee’s monthly budget has room again.',
      'Northwind Coffee’s monthly budget is 50% used.',
    ]);
    expect(alertsOf(MARCUS)[0]?.reached.map(({ percent }) => percent)).toEqual([50, 80, 100]);
  });

  test('is no longer told of once its limit is taken away, and comes back with the limit in the same message', async () => {
    await use(80);
    await tendAlerts(world);
    await as(OLIVIA, { ...limit(100), limitCredits: null });
    await tendAlerts(world);
    expect(alertsOf(MARCUS).at(-1)?.now).toMatchObject({ percent: null, isOver: false });
    expect(alertsOf(MARCUS).at(-1)?.may).toEqual({
      raise: false,
      move: false,
      mute: false,
      cap: false,
      ask: false,
    });
    await as(OLIVIA, limit(100));
    await tendAlerts(world);
    expect(alertsOf(MARCUS)).toHaveLength(1);
    expect(headsOf(MARCUS)).toEqual(['Northwind Coffee’s monthly budget is 80% used.']);
  });

  test('ends with its month, and the next month has a message of its own', async () => {
    await use(60);
    await tendAlerts(world);
    world.clock.set(Date.UTC(2026, 11, 1, 12));
    await tendAlerts(world);
    expect(headsOf(MARCUS)).toEqual(['Northwind Coffee’s monthly budget has ended.']);
    await use(85);
    await tendAlerts(world);
    expect(headsOf(MARCUS)).toEqual([
      'Northwind Coffee’s monthly budget has ended.',
      'Northwind Coffee’s monthly budget is 80% used.',
    ]);
  });

  test('goes to owners where nobody manages the account, and to no guest', async () => {
    await as(OLIVIA, { kind: 'set_manages', memberId: MARCUS, clientIds: [], teamIds: [] });
    await as(OLIVIA, { kind: 'add_member', memberId: BEN, role: 'owner' });
    world.channels.audience = async (_, userId) => (userId === BEN ? 'shared' : 'internal');
    await as(OLIVIA, limit(10, 'agency', 'quarter'));
    await as(OLIVIA, { kind: 'set_manages', memberId: MARCUS, clientIds: [CLIENT], teamIds: [] });
    await use(9);
    await tendAlerts(world);
    expect(headsOf(OLIVIA)).toEqual(['The agency’s quarterly limit is 80% used.']);
    expect(alertsOf(BEN)).toEqual([]);
  });

  test.each<[AccountId, Window]>([
    [ACCOUNT, 'day'],
    [`member:${MARCUS}`, 'month'],
    [`member:${MARCUS}@client:${CLIENT}`, 'total'],
  ])('is not told of %s by the %s: who meets it is told at once', async (account, window) => {
    await as(OLIVIA, limit(20, account, window));
    await use(19);
    await tendAlerts(world);
    expect(world.messenger.cards).toEqual([]);
  });

  test('is told at the shares that owners set, and at none where there is none', async () => {
    const set = (percents: number[]) =>
      as(OLIVIA, { kind: 'set_policy', policy: { name: 'alerts', value: { percents, quiet: null } } });
    await set([]);
    await use(90);
    await tendAlerts(world);
    expect(alertsOf(MARCUS)).toEqual([]);
    await set([90]);
    await tendAlerts(world);
    expect(headsOf(MARCUS)).toEqual(['Northwind Coffee’s monthly budget is 90% used.']);
  });
});

describe('a message that is held back', () => {
  test.each([
    ['20:00', '08:00', 23, 32],
    ['20:00', '08:00', 3, 8],
    ['12:00', '14:00', 13, 14],
  ])('by quiet hours from %s to %s comes when they end, with the newest state', async (from, to, hour, endsHour) => {
    const value = { percents: [50, 80, 100], quiet: { from, to } };
    await as(OLIVIA, { kind: 'set_policy', policy: { name: 'alerts', value } });
    const midnight = Date.UTC(2026, 10, 25);
    world.clock.set(midnight + hour * HOUR);
    await use(55);
    await tendAlerts(world);
    await use(30);
    world.clock.set(midnight + endsHour * HOUR - 1_000);
    await tendAlerts(world);
    expect(alertsOf(MARCUS)).toEqual([]);
    world.clock.set(midnight + endsHour * HOUR);
    await tendAlerts(world);
    expect(headsOf(MARCUS)).toEqual(['Northwind Coffee’s monthly budget is 80% used.']);
  });

  test('by quiet hours is not begun where it is resolved by their end', async () => {
    const value = { percents: [50], quiet: { from: '20:00', to: '08:00' } };
    await as(OLIVIA, { kind: 'set_policy', policy: { name: 'alerts', value } });
    world.clock.set(Date.UTC(2026, 10, 25, 23));
    await use(55);
    await tendAlerts(world);
    await as(OLIVIA, limit(1_000));
    world.clock.set(Date.UTC(2026, 10, 26, 9));
    await tendAlerts(world);
    expect(alertsOf(MARCUS)).toEqual([]);
  });

  test('by a mute comes when that ends, by itself or by hand', async () => {
    const mute = (until: 'day' | null) =>
      muteAlerts(world, { deliveryId: `m-${++ids}`, by: MARCUS, account: ACCOUNT, until });
    await mute('day');
    await use(55);
    await tendAlerts(world);
    expect(alertsOf(MARCUS)).toEqual([]);
    world.clock.set(world.clock.now() + DAY);
    await tendAlerts(world);
    expect(alertsOf(MARCUS)).toHaveLength(1);
    await mute('day');
    expect(cardMessage(alertsOf(MARCUS)[0]!).text).toContain('Muted until');
    await mute(null);
    expect(cardMessage(alertsOf(MARCUS)[0]!).text).not.toContain('Muted until');
    await mute('day');
    world.clock.set(world.clock.now() + DAY);
    await tendAlerts(world);
    expect(cardMessage(alertsOf(MARCUS)[0]!).text).not.toContain('Muted until');
  });

  test('by a mute of somebody who may not is not held back, and they hear why', async () => {
    await as(OLIVIA, { kind: 'add_member', memberId: BEN, role: 'manager' });
    const muted = await muteAlerts(world, { deliveryId: 'm', by: BEN, account: ACCOUNT, until: 'month' });
    expect(muted).toMatchObject({ ok: false, refusal: { reason: 'not_allowed', action: 'mute_alerts' } });
  });
});

describe('several processes', () => {
  /** What a process remembers belongs to its records. */
  const another = () => {
    const { journal, messenger, clock } = world;
    const records = { ...world.records, marks: { ...world.records.marks } };
    return createWorld({ journal, records, messenger, clock, processId: 'p2' });
  };

  test('tell each alert once, whoever comes first, and all of them know it', async () => {
    const stores = { journal: world.journal, records: world.records, messenger: world.messenger, clock: world.clock };
    await use(55);
    const others = await Promise.all(['p2', 'p3'].map((processId) => createWorld({ ...stores, processId })));
    await Promise.all([world, ...others].map((each) => tendAlerts(each)));
    await use(30);
    for (const each of [...others, world, ...others]) await tendAlerts(each);
    expect(headsOf(MARCUS)).toEqual(['Northwind Coffee’s monthly budget is 80% used.']);
  });

  test('resolve what another one told before its limit was taken away, also where that one is gone', async () => {
    await use(80);
    await tendAlerts(world);
    await as(OLIVIA, { ...limit(100), limitCredits: null });
    const later = await another();
    await tendAlerts(later);
    await tendAlerts(later);
    expect(headsOf(MARCUS)).toEqual(['Resolved: Northwind Coffee’s monthly budget has room again.']);
  });

  test.each(['look it up', 'write it down'])('resolve it also where they could not %s at first', async (what) => {
    const later = await another();
    await use(10);
    await tendAlerts(later);
    await use(70);
    await tendAlerts(world);
    await as(OLIVIA, { ...limit(100), limitCredits: null });
    const { marks } = later.records;
    const { get, put } = marks;
    let failures = 1;
    const fails = <Mark, Result>(work: (mark: Mark) => Promise<Result>) => {
      return (mark: Mark) => (failures-- > 0 ? Promise.reject(new Error('the store is away')) : work(mark));
    };
    if (what === 'look it up') marks.get = fails(get);
    else marks.put = fails(put);
    await expect(tendAlerts(later)).rejects.toThrow('the store is away');
    await tendAlerts(later);
    expect(headsOf(MARCUS)).toEqual(['Resolved: Northwind Coffee’s monthly budget has room again.']);
  });

  test('resolve what another one told while they did not look, also where that one is gone', async () => {
    const later = await another();
    await use(10);
    await tendAlerts(later);
    await use(70);
    await tendAlerts(world);
    await as(OLIVIA, limit(1_000));
    world.clock.set(world.clock.now() + HOUR);
    await tendAlerts(later);
    expect(headsOf(MARCUS)).toEqual(['Resolved: Northwind Coffee’s monthly budget has room again.']);
  });

  test('draw the newest state at once where an earlier attempt left an older one', async () => {
    const { postCard, redrawCard } = world.messenger;
    world.messenger.postCard = async (memberId, card) => ({
      ...(await postCard(memberId, card, undefined)),
      isEarlier: true,
    });
    const drawn: unknown[] = [];
    world.messenger.redrawCard = (place, card) => {
      drawn.push(place);
      return redrawCard(place, card);
    };
    await use(55);
    await tendAlerts(world);
    expect(drawn).toEqual(world.messenger.cards.map(({ place }) => place));
    expect(drawn).toHaveLength(1);
    for (let times = 0; times < 3; times += 1) await tendAlerts(world);
    expect(drawn).toHaveLength(1);
    expect(world.messenger.cards).toHaveLength(1);
  });

  test('go on after one that died before it wrote down where the message is', async () => {
    await use(55);
    world.messenger.answerNext('postCard', { kind: 'failed', code: 'timeout' });
    await tendAlerts(world);
    expect(alertsOf(MARCUS)).toEqual([]);
    await tendAlerts(world);
    await tendAlerts(world);
    expect(alertsOf(MARCUS)).toHaveLength(1);
  });
});

test('a manager is offered what they may do, and to ask for what only owners may', async () => {
  await use(55);
  await tendAlerts(world);
  expect(alertsOf(MARCUS)[0]?.may).toEqual({ raise: false, move: true, mute: true, cap: true, ask: true });
  expect(() =>
    limitAlertCard(world.book.now(), { account: ACCOUNT, window: 'month', states: [], memberId: MARCUS, at: 0 }),
  ).toThrow('without a state');
});
