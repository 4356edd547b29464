import { beforeEach, describe, expect, test } from 'vitest';
import { expectUse } from '../../src/app/alerts/expect-use.ts';
import { tendAlerts } from '../../src/app/alerts/tend-alerts.ts';
import { cardMessage } from '../../src/slack/messenger/card.ts';
import { capture, hold, WORK } from '../support/fixtures.ts';
import { ANA, CHANNEL, CLIENT, createWorld, MARCUS, OLIVIA, openAgency, type TestWorld } from '../support/world.ts';

const ACCOUNT = `client:${CLIENT}` as const;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let world: TestWorld;
let ids = 0;

async function use(credits: number, by = MARCUS, quality = 'low', channelId = CHANNEL): Promise<void> {
  const id = `use-${++ids}`;
  await world.book.submit({ ...hold(credits, { channelId, work: { ...WORK, quality } }), commandId: id, by });
  const answer = await world.book.submit({ ...capture(`${id}/1`, credits), by: 'inkwell', commandId: `${id}/capture` });
  expect(answer.ok).toBe(true);
}

const alerts = () =>
  world.messenger.cards.flatMap(({ memberId, card }) => (card.kind === 'use_alert' ? [{ memberId, card }] : []));
const textOf = (index: number) => cardMessage(alerts()[index]!.card).text;

/** Ten credits at ten in the morning, and five at two, on each of so many days. */
async function usualDays(count: number): Promise<void> {
  const firstDay = Math.floor(world.clock.now() / DAY) * DAY + DAY;
  for (let day = 0; day < count; day += 1) {
    world.clock.set(firstDay + day * DAY + 10 * HOUR);
    await use(10);
    world.clock.set(firstDay + day * DAY + 14 * HOUR);
    await use(5, ANA);
  }
  world.clock.set(firstDay + count * DAY + 10 * HOUR + 5 * 60_000);
}

beforeEach(async () => {
  world = await createWorld();
  await openAgency(world, { monthCredits: 100_000 });
  await world.book.submit({ commandId: 'ana', by: OLIVIA, kind: 'add_member', memberId: ANA, role: 'creator' });
  await world.book.submit({
    commandId: 'no-limits',
    by: OLIVIA,
    kind: 'set_policy',
    policy: { name: 'alerts', value: { percents: [], quiet: null } },
  });
});

describe('an hour far out of what is usual', () => {
  test('is told to the manager of the client once, with what was usual and who explains it', async () => {
    await usualDays(8);
    await use(200, ANA, 'high');
    await tendAlerts(world);
    await tendAlerts(world);
    const ofClient = alerts().filter(({ card }) => card.label.account === ACCOUNT);
    expect(ofClient.map(({ memberId }) => memberId)).toEqual([MARCUS]);
    expect(ofClient[0]?.card.finding).toMatchObject({ hour: 10, actualCredits: 200, expectedCredits: 0 });
    expect(ofClient[0]?.card.finding.cause).toMatchObject({ share: 1 });
    expect(textOf(0)).toMatch(/^Northwind Coffee used far more than usual in an hour\.\n200 credits were used/);
  });

  test.each([
    ['of a usual size', 8, 12],
    ['a handful of images above it', 8, 49],
    ['after four days of use', 4, 200],
  ])('%s is none', async (_, days, credits) => {
    await usualDays(days);
    await use(credits, ANA);
    await tendAlerts(world);
    expect(alerts()).toEqual([]);
  });

  test('that somebody expects is shown so, and hours like it are told no more', async () => {
    await usualDays(8);
    await use(200);
    await tendAlerts(world);
    expect(alerts()).toHaveLength(1);
    const { date, hour } = alerts()[0]!.card.finding;
    const said = { by: MARCUS, account: ACCOUNT, date, hour };
    expect(await expectUse(world, { deliveryId: 'e-1', ...said })).toMatchObject({ ok: true });
    expect(await expectUse(world, { deliveryId: 'e-2', ...said })).toMatchObject({
      refusal: { reason: 'nothing_changed' },
    });
    expect(textOf(0)).toContain('Expected, says <@U0MARCUS>');
    world.clock.set(world.clock.now() + DAY);
    await use(220);
    await tendAlerts(world);
    expect(alerts().filter(({ card }) => card.label.account === ACCOUNT)).toHaveLength(1);
    await use(200);
    await tendAlerts(world);
    expect(alerts().filter(({ card }) => card.label.account === ACCOUNT)).toHaveLength(2);
  });

  test.each([1, 60_000])('is expected once where two processes hear of one click, %d ms apart', async (ms) => {
    await usualDays(8);
    await use(200);
    await tendAlerts(world);
    const { journal, records, messenger, clock } = world;
    const ahead = { ...clock, now: () => clock.now() + ms };
    const other = await createWorld({ journal, records, messenger, clock: ahead, processId: 'p2' });
    const { date, hour } = alerts()[0]!.card.finding;
    const click = { deliveryId: 'one', by: MARCUS, account: ACCOUNT, date, hour };
    const answers = await Promise.all([world, other].map((each) => expectUse(each, click)));
    const expected = (await world.book.read()).alerts.get(ACCOUNT)?.expected;
    const { untilAt } = expected!;
    expect(answers).toEqual([
      { ok: true, untilAt },
      { ok: true, untilAt },
    ]);
  });

  test.each([
    ['a date without use', '2020-01-01', null],
    ['an hour without use', null, 3],
    ['no date', '9', null],
    ['no hour', null, 99],
  ])('cannot be expected for %s, whatever a button carries', async (_, date, hour) => {
    await usualDays(8);
    await use(200);
    await tendAlerts(world);
    const said = { by: MARCUS, account: ACCOUNT, date: date ?? alerts()[0]!.card.finding.date, hour };
    expect(await expectUse(world, { deliveryId: 'forged', ...said })).toBeNull();
    expect(world.book.now().alerts.get(ACCOUNT)?.expected ?? null).toBeNull();
  });

  test('of a person is told to their team’s manager without the name of a client that is another manager’s', async () => {
    const wishes = [
      { kind: 'create_team', teamId: 'design', name: 'Design' },
      { kind: 'set_teams', memberId: ANA, teamIds: ['design'] },
      { kind: 'set_manages', memberId: MARCUS, clientIds: [], teamIds: ['design'] },
      { kind: 'create_client', clientId: 'nova', name: 'Nova Walrus' },
      { kind: 'bind_channel', channelId: 'C0NOVA', clientId: 'nova', ifUnbound: true },
    ] as const;
    for (const wish of wishes) await world.book.submit({ commandId: wish.kind, by: OLIVIA, ...wish });
    await usualDays(8);
    await use(200, ANA, 'high', 'C0NOVA');
    await tendAlerts(world);
    const [told] = alerts().filter(
      ({ memberId, card }) => memberId === MARCUS && card.label.account === `member:${ANA}`,
    );
    expect(told?.card.finding).toMatchObject({ actualCredits: 200, cause: null });
    expect(JSON.stringify(alerts().filter(({ memberId }) => memberId === MARCUS))).not.toMatch(/nova/i);
  });

  test('is told once by several processes, and by one that starts afterwards', async () => {
    await usualDays(8);
    await use(200);
    const { journal, records, messenger, clock } = world;
    const others = await Promise.all(
      ['p2', 'p3'].map((processId) => createWorld({ journal, records, messenger, clock, processId })),
    );
    await Promise.all([world, ...others].map((each) => tendAlerts(each)));
    await tendAlerts(await createWorld({ journal, records, messenger, clock, processId: 'p4' }));
    expect(alerts().filter(({ card }) => card.label.account === ACCOUNT)).toHaveLength(1);
  });
});
