import { beforeEach, describe, expect, test } from 'vitest';
import { askOwners, showAskOwners } from '../../src/app/alerts/ask-owners.ts';
import { tendAlerts } from '../../src/app/alerts/tend-alerts.ts';
import type { AccountId } from '../../src/ledger/accounts.ts';
import { actsIn } from '../support/acts.ts';
import { imageInput } from '../support/image-input.ts';
import { requestImage } from '../support/verbs.ts';
import { ANA, BEN, CLIENT, createWorld, MARCUS, OLIVIA, openAgency, type TestWorld } from '../support/world.ts';

/** Alerts and warnings go to people who can do something about them now: others handle approvals for who is away. */

const ACCOUNT: AccountId = `client:${CLIENT}`;
const [DAN, EVE] = ['U0DAN', 'U0EVE'];
const DAY_MS = 86_400_000;

let world: TestWorld;
const { as, spend } = actsIn(() => world);
const leaves = (memberId: string, toId: string, days = 3) =>
  as(memberId, { kind: 'set_delegate', toId, untilAt: world.clock.now() + days * DAY_MS });
const returns = (memberId: string) => as(memberId, { kind: 'set_delegate', toId: null, untilAt: null });
const alerted = (account = ACCOUNT) =>
  world.messenger.cards.flatMap(({ memberId, card }) =>
    card.kind === 'limit_alert' && card.label.account === account ? [memberId] : [],
  );
const warned = () =>
  world.messenger.told.flatMap(({ to, note }) => (note.kind === 'limit_warning' ? [to.memberId] : []));

/** Dan manages the client, too; Ben is an owner, too; Ana and Eve create images. */
beforeEach(async () => {
  world = await createWorld();
  await openAgency(world, { monthCredits: 100 });
  await as(OLIVIA, { kind: 'add_member', memberId: ANA, role: 'creator' });
  await as(OLIVIA, { kind: 'add_member', memberId: EVE, role: 'creator' });
  await as(OLIVIA, { kind: 'add_member', memberId: DAN, role: 'manager' });
});
const danManages = () => as(OLIVIA, { kind: 'set_manages', memberId: DAN, clientIds: [CLIENT], teamIds: [] });
const benOwns = () => as(OLIVIA, { kind: 'add_member', memberId: BEN, role: 'owner' });

const CASES: [string, () => Promise<void>, string[]][] = [
  ['no one is away', async () => {}, [MARCUS]],
  ['the manager is, and a creator stands in', () => leaves(MARCUS, EVE), [OLIVIA]],
  ['the manager is, and an owner stands in', () => leaves(MARCUS, OLIVIA), [OLIVIA]],
  ['the manager is, and a manager of other clients stands in', () => leaves(MARCUS, DAN), [OLIVIA]],
  ['the manager is, and another one is there', () => danManages().then(() => leaves(MARCUS, EVE)), [DAN]],
  [
    'the manager is, and the one who stands in is a manager, too',
    () => danManages().then(() => leaves(MARCUS, DAN)),
    [DAN],
  ],
  ['the manager and the only owner are', () => leaves(MARCUS, EVE).then(() => leaves(OLIVIA, EVE)), [MARCUS]],
  [
    'the manager and one of two owners are',
    () =>
      benOwns()
        .then(() => leaves(MARCUS, EVE))
        .then(() => leaves(OLIVIA, EVE)),
    [BEN],
  ],
  [
    'the manager was, until yesterday',
    () => leaves(MARCUS, EVE, 1).then(() => world.clock.advance(2 * DAY_MS)),
    [MARCUS],
  ],
];

describe.each(CASES)('where %s', (_name, given, expected) => {
  test('an alert is told to who can act now', async () => {
    await given();
    await spend(ANA, 60);
    await tendAlerts(world);
    expect(alerted()).toEqual(expected);
  });

  test('a warning is told to who can act now', async () => {
    await as(OLIVIA, { kind: 'set_policy', policy: { name: 'alerts', value: { percents: [50], quiet: null } } });
    await as(OLIVIA, {
      ...{ kind: 'set_limit', account: ACCOUNT, window: 'month', limitCredits: 6, over: 'warn' },
      rollOverMaxCredits: null,
    });
    await given();
    await requestImage(world, imageInput({ imagesCount: 2 }));
    expect(warned()).toEqual([ANA, ...expected]);
  });
});

describe('a manager who comes back', () => {
  test('is told of an alert that stands, once', async () => {
    await leaves(MARCUS, EVE);
    await spend(ANA, 60);
    await tendAlerts(world);
    await returns(MARCUS);
    for (let round = 0; round < 3; round += 1) await tendAlerts(world);
    expect(alerted()).toEqual([OLIVIA, MARCUS]);
  });

  test('is not told of one that was resolved while they were away', async () => {
    await leaves(MARCUS, EVE);
    await spend(ANA, 60);
    await tendAlerts(world);
    await as(OLIVIA, {
      ...{ kind: 'set_limit', account: ACCOUNT, window: 'month', limitCredits: 1_000, over: 'refuse' },
      rollOverMaxCredits: null,
    });
    await tendAlerts(world);
    await returns(MARCUS);
    await tendAlerts(world);
    expect(alerted()).toEqual([OLIVIA]);
  });

  test('finds a message from before as it is now', async () => {
    await spend(ANA, 60);
    await tendAlerts(world);
    await leaves(MARCUS, EVE);
    await spend(ANA, 30);
    await tendAlerts(world);
    expect(alerted()).toEqual([MARCUS, OLIVIA]);
    const [first] = world.messenger.cards.filter(({ card }) => card.kind === 'limit_alert');
    expect(first?.card).toMatchObject({ now: { percent: 80 } });
  });
});

describe('a person who was told in another’s place', () => {
  test.each([
    ['the manager is back', () => returns(MARCUS)],
    ['another manager is there', danManages],
  ])('finds the message as it is now, after %s', async (_what, change) => {
    await leaves(MARCUS, EVE);
    await spend(ANA, 60);
    await tendAlerts(world);
    await change();
    await spend(ANA, 30);
    for (let round = 0; round < 3; round += 1) await tendAlerts(world);
    const [first] = world.messenger.cards.filter(({ card }) => card.kind === 'limit_alert');
    expect(first).toMatchObject({ memberId: OLIVIA, card: { now: { percent: 80 } } });
    expect(alerted()).toHaveLength(2);
  });
});

describe('a manager who asks the owners for more', () => {
  const ask = (by = MARCUS) =>
    askOwners(world, { deliveryId: 'more', by, account: ACCOUNT, window: 'month', reason: 'Pitch' });
  test.each([
    ['all owners, where all are there', async () => {}, [BEN, OLIVIA]],
    ['the other owner, where one is away', () => leaves(OLIVIA, EVE), [BEN]],
    ['all owners, where all are away', () => leaves(OLIVIA, EVE).then(() => leaves(BEN, EVE)), [BEN, OLIVIA]],
    ['no owner who is away and has named the one who asks', () => leaves(OLIVIA, MARCUS), [BEN]],
  ] as const)('asks %s, as the form says', async (_who, given, expected) => {
    await benOwns();
    await given();
    const form = await showAskOwners(world, { by: MARCUS, account: ACCOUNT });
    const asked = await ask();
    expect([...(form.ok ? form.ownerIds : [])].sort()).toEqual(expected);
    expect([...(asked.ok ? asked.askedIds : [])].sort()).toEqual(expected);
  });
});
