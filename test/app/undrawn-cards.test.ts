import { beforeEach, describe, expect, test } from 'vitest';
import { processOpenRequests } from '../../src/app/approvals/process-open-requests.ts';
import { tendOpenCards } from '../../src/app/approvals/tend-open-cards.ts';
import { recoverJobs } from '../../src/app/images/recover-jobs.ts';
import type { Card } from '../../src/app/messenger.ts';
import type { AccountId } from '../../src/ledger/accounts.ts';
import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import { type Audience, PeopleFault } from '../../src/ports/ports.ts';
import { cardMessage } from '../../src/slack/messenger/card.ts';
import { imageInput } from '../support/image-input.ts';
import { inChannel } from '../support/requester.ts';
import { denyRequest, requestImage } from '../support/verbs.ts';
import { ANA, CHANNEL, CLIENT, createWorld, MARCUS, OLIVIA, openAgency, type TestWorld } from '../support/world.ts';

/** Cards of requests that could not be drawn, for whatever passing reason, are drawn in the end. */

const ACCOUNT: AccountId = `client:${CLIENT}`;
const APPROVALS = 'C0APPROVE';
const FAILED = { kind: 'failed', code: 'ratelimited' };
const HOUR_MS = 3_600_000;

let world: TestWorld;
let ids = 0;
/** Readers of whom, and channels of which, Slack can't say anything just now. */
let unsure: Set<string>;

const submit = (by: string, wish: CommandBody) => world.book.submit({ commandId: `undrawn-${++ids}`, by, ...wish });
const limit = (limitCredits: number, account: AccountId = ACCOUNT) =>
  submit(OLIVIA, { kind: 'set_limit', account, window: 'month', limitCredits, over: 'ask', rollOverMaxCredits: null });
const ask = () => requestImage(world, imageInput({ imagesCount: 2 }));
const deny = () =>
  denyRequest(world, { deliveryId: 'no', requester: inChannel(MARCUS, CHANNEL), requestId: 'job-1', reason: '' });
const tend = async (rounds = 1, context = world) => {
  for (let round = 0; round < rounds; round += 1) {
    await world.clock.advance(6_000);
    await tendOpenCards(context);
  }
};
const cardOf = (to: string): Card | undefined => world.messenger.cards.find(({ memberId }) => memberId === to)?.card;
const buttons = (to: string) => JSON.stringify(cardMessage(cardOf(to)!).blocks).match(/"type":"button"/g)?.length ?? 0;
const left = (to: string) => {
  const card = cardOf(to);
  return card && 'exceeded' in card ? card.exceeded.map(({ availableCredits }) => availableCredits) : null;
};
const drawnTimes = () => {
  const { redrawCard } = world.messenger;
  const drawings: string[] = [];
  world.messenger.redrawCard = async (place, card) => {
    const drawn = await redrawCard(place, card);
    if (drawn.kind === 'drawn') drawings.push(place.channelId);
    return drawn;
  };
  return drawings;
};

beforeEach(async () => {
  world = await createWorld();
  unsure = new Set();
  world.channels = {
    ...world.channels,
    audience: async (channelId, readerId): Promise<Audience> =>
      unsure.has(channelId ?? readerId) ? 'unsure' : 'internal',
  };
  await openAgency(world, { monthCredits: 6 });
  await limit(6);
});

describe('while Slack can’t say who reads a card', () => {
  const inTheChannel = () =>
    submit(OLIVIA, { kind: 'set_approvals_channel', clientId: CLIENT, channelId: APPROVALS }).then(() => {});
  const READERS: [string, string, () => Promise<void>][] = [
    ['its approver', MARCUS, async () => {}],
    ['the channel that it stands in', APPROVALS, inTheChannel],
    ['the person who asked', ANA, async () => {}],
  ];

  test.each(READERS)(
    'it stays as it was, with its buttons, and is drawn once Slack can: %s',
    async (_who, to, given) => {
      await given();
      await ask();
      const before = buttons(to);
      expect(before).toBeGreaterThan(0);
      unsure.add(to);
      await limit(5);
      await tend(20);
      expect([buttons(to), left(to)]).toEqual([before, [6]]);
      unsure.clear();
      // What could not be drawn twenty times is tried once a minute.
      await tend(12);
      expect([buttons(to), left(to)]).toEqual([before, [5]]);
      const drawings = drawnTimes();
      await tend(20);
      expect(drawings).toEqual([]);
    },
  );

  test.each(READERS)('it is not posted without its buttons, but a minute later: %s', async (_who, to, given) => {
    await given();
    unsure.add(to);
    await ask();
    expect(cardOf(to)).toBeUndefined();
    unsure.clear();
    await processOpenRequests(world);
    expect(buttons(to)).toBeGreaterThan(0);
  });

  test.each(['who reads the channel', 'whether they are in it'])(
    'it asks no one twice: %s, where its card stands',
    async (what) => {
      await inTheChannel();
      await ask();
      if (what === 'who reads the channel') unsure.add(APPROVALS);
      else world.channels = { ...world.channels, has: () => Promise.reject(new PeopleFault('no_answer')) };
      await processOpenRequests(world);
      expect(world.messenger.cards.map(({ memberId }) => memberId)).toEqual([ANA, APPROVALS]);
    },
  );

  test('a request that ended says so, and all of it once Slack can', async () => {
    await ask();
    unsure.add(MARCUS);
    await deny();
    await recoverJobs(world, { alone: true });
    expect(cardOf(MARCUS)).toMatchObject({ audience: 'unsure', end: { as: 'denied' } });
    unsure.clear();
    await recoverJobs(world, { alone: true });
    expect(cardOf(MARCUS)).toMatchObject({ audience: 'internal', end: { as: 'denied' } });
  });

  test('and never can, a card of a request that ended is not drawn for ever', async () => {
    await ask();
    unsure.add(MARCUS);
    await deny();
    await world.clock.advance(2 * HOUR_MS);
    await processOpenRequests(world);
    const drawings = drawnTimes();
    await processOpenRequests(world);
    expect(drawings).toEqual([]);
  });
});

describe('a drawing that fails', () => {
  test.each([
    ['at Slack', () => world.messenger.answerNext('redrawCard', FAILED)],
    ['at Slack, for all cards', () => world.messenger.answerNext('redrawCard', FAILED, FAILED)],
    ['at Slack, again and again', () => world.messenger.answerNext('redrawCard', ...Array(9).fill(FAILED))],
  ])('%s: is made again, until all cards are drawn', async (_where, fail) => {
    await ask();
    await limit(4);
    fail();
    await tend(8);
    expect([left(ANA), left(MARCUS)]).toEqual([[4], [4]]);
  });

  test('by a throw is made again', async () => {
    await ask();
    await limit(4);
    const { redrawCard } = world.messenger;
    world.messenger.redrawCard = async () => {
      world.messenger.redrawCard = redrawCard;
      throw new Error('away');
    };
    await tend(3);
    expect([left(ANA), left(MARCUS)]).toEqual([[4], [4]]);
  });

  test('when the owners are asked too, is made again', async () => {
    await ask();
    await world.clock.advance(10 * HOUR_MS);
    world.messenger.answerNext('redrawCard', FAILED, FAILED);
    await processOpenRequests(world);
    expect(world.book.now().requests.get('job-1')?.escalatedAt).not.toBeNull();
    await tend(3);
    for (const to of [ANA, MARCUS, OLIVIA]) expect(cardOf(to)).toMatchObject({ escalatedAt: expect.any(Number) });
  });

  test('with its process is made again by another one, or by the next', async () => {
    await ask();
    await limit(4);
    const dead = { ...world, messenger: { ...world.messenger, redrawCard: () => new Promise<never>(() => {}) } };
    void tend(1, dead);
    await world.clock.advance(6_000);
    const other = await createWorld({ ...world, processId: 'p2' });
    await tend(10, other);
    expect([left(ANA), left(MARCUS)]).toEqual([[4], [4]]);
  });
});

describe('what changes', () => {
  test('while a card is drawn, is drawn after it', async () => {
    await ask();
    await limit(5);
    const { redrawCard } = world.messenger;
    world.messenger.redrawCard = async (place, card) => {
      world.messenger.redrawCard = redrawCard;
      await limit(3);
      return await redrawCard(place, card);
    };
    await tend(3);
    expect([left(ANA), left(MARCUS)]).toEqual([[3], [3]]);
  });

  test('while cards are posted, is drawn into them', async () => {
    const { postCard } = world.messenger;
    world.messenger.postCard = async (to, card, onceKey) => {
      if (to === MARCUS) await limit(3);
      return await postCard(to, card, onceKey);
    };
    await ask();
    expect(left(MARCUS)).toEqual([6]);
    await tend(2);
    expect([left(ANA), left(MARCUS)]).toEqual([[3], [3]]);
  });

  test('by one who may approve later, leaves no card behind', async () => {
    await ask();
    await limit(5);
    // Posted to Olivia with sums that the other cards do not show.
    await submit('inkwell', { kind: 'set_role', memberId: MARCUS, role: 'creator' });
    await processOpenRequests(world);
    expect(left(OLIVIA)).toEqual([5]);
    await limit(6);
    await tend(3);
    expect([left(ANA), left(OLIVIA)]).toEqual([[6], [6]]);
  });
});
