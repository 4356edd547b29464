import { beforeEach, describe, expect, test } from 'vitest';
import type { RequestCard } from '../../src/app/approvals/cards.ts';
import { tendOpenCards } from '../../src/app/approvals/tend-open-cards.ts';
import type { AccountId } from '../../src/ledger/accounts.ts';
import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import { imageInput } from '../support/image-input.ts';
import { inChannel } from '../support/requester.ts';
import { denyRequest, requestImage } from '../support/verbs.ts';
import {
  ANA,
  BEN,
  CHANNEL,
  CLIENT,
  createWorld,
  MARCUS,
  OLIVIA,
  openAgency,
  type TestWorld,
} from '../support/world.ts';

/** Cards of open requests show the sums as they are. */

const ACCOUNT: AccountId = `client:${CLIENT}`;
let world: TestWorld;
let drawings: string[];
let ids = 0;

const submit = (by: string, wish: CommandBody) => world.book.submit({ commandId: `open-${++ids}`, by, ...wish });
const limit = (limitCredits: number, account: AccountId = ACCOUNT) =>
  submit(OLIVIA, { kind: 'set_limit', account, window: 'month', limitCredits, over: 'ask', rollOverMaxCredits: null });
const tend = async (afterMs = 6_000, context = world) => {
  await world.clock.advance(afterMs);
  await tendOpenCards(context);
};
const sums = (memberId: string) => {
  const { card } = world.messenger.cards.find((each) => each.memberId === memberId) ?? {};
  return (card as RequestCard).exceeded.map((each) => [each.limitCredits, each.availableCredits]);
};

beforeEach(async () => {
  world = await createWorld();
  await openAgency(world, { monthCredits: 6 });
  await limit(6);
  await submit(OLIVIA, { kind: 'add_member', memberId: BEN, role: 'creator' });
  const { redrawCard } = world.messenger;
  drawings = [];
  world.messenger.redrawCard = async (place, card) => {
    drawings.push(world.messenger.cards.find((each) => each.place.ts === place.ts)?.memberId ?? '?');
    return await redrawCard(place, card);
  };
  await requestImage(world, imageInput({ imagesCount: 2 }));
  drawings.length = 0;
});

describe('cards of an open request', () => {
  test('are left alone while nothing changes', async () => {
    for (let round = 0; round < 30; round += 1) await tend();
    expect(drawings).toEqual([]);
  });

  test.each<[string, () => Promise<unknown>, number[][]]>([
    ['a raise that is not enough', () => limit(7), [[7, 7]]],
    ['a raise that is enough', () => limit(20), []],
    ['a lowered limit', () => limit(3), [[3, 3]]],
    [
      'what another person uses',
      () => requestImage(world, imageInput({ by: BEN, deliveryId: 'job-2', imagesCount: 1 })),
      [[6, 2]],
    ],
    [
      'credits that are moved away',
      async () => {
        await submit(OLIVIA, { kind: 'create_client', clientId: 'atlas', name: 'Atlas' });
        await limit(50, 'client:atlas');
        await submit(OLIVIA, {
          kind: 'move_budget',
          from: ACCOUNT,
          to: 'client:atlas',
          window: 'month',
          amountCredits: 2,
        });
      },
      [[4, 4]],
    ],
    [
      'another limit in the way',
      () => limit(3, `member:${ANA}`),
      [
        [6, 6],
        [3, 3],
      ],
    ],
  ])('are redrawn once, within seconds, after %s', async (_name, change, expected) => {
    await change();
    drawings.length = 0;
    for (let round = 0; round < 5; round += 1) await tend();
    expect(drawings.sort()).toEqual([ANA, MARCUS]);
    expect([sums(ANA), sums(MARCUS)]).toEqual([expected, expected]);
  });

  test('are redrawn by one of several processes', async () => {
    const others = [await createWorld({ ...world, processId: 'p2' }), await createWorld({ ...world, processId: 'p3' })];
    for (const limitCredits of [5, 4, 3]) {
      await limit(limitCredits);
      drawings.length = 0;
      for (let round = 0; round < 3; round += 1) {
        await world.clock.advance(6_000);
        await Promise.all([world, ...others].map((each) => tendOpenCards({ ...each, messenger: world.messenger })));
      }
      expect(drawings.sort()).toEqual([ANA, MARCUS]);
      expect(sums(MARCUS)).toEqual([[limitCredits, limitCredits]]);
    }
  });

  test('are no storm: a busy account draws each once in five seconds, and later once a minute', async () => {
    for (let second = 0; second < 60; second += 1) {
      await limit(1 + (second % 5));
      await tend(1_000);
    }
    expect(drawings.filter((each) => each === MARCUS).length).toBeLessThanOrEqual(13);
    drawings.length = 0;
    for (let second = 0; second < 600; second += 1) {
      await limit(1 + (second % 5));
      await tend(1_000);
    }
    expect(drawings.filter((each) => each === MARCUS).length).toBeLessThanOrEqual(20);
    await tend(60_000);
    expect(sums(MARCUS)).toEqual([[5, 5]]);
  });

  test('are left alone once it has ended', async () => {
    const requester = inChannel(MARCUS, CHANNEL);
    await denyRequest(world, { deliveryId: 'no', requester, requestId: 'job-1', reason: '' });
    await limit(4);
    drawings.length = 0;
    await tend();
    expect(drawings).toEqual([]);
  });
});
