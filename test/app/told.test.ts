import { beforeEach, describe, expect, test } from 'vitest';
import { recoverJobs } from '../../src/app/images/recover-jobs.ts';
import type { ImageInput } from '../../src/app/inputs.ts';
import type { PrivateMessage } from '../../src/app/messenger.ts';
import type { ImageOutcome } from '../../src/images/image-provider.ts';
import { imageInput } from '../support/image-input.ts';
import { inChannel } from '../support/requester.ts';
import { approveRequest, denyRequest, requestImage, withdrawRequest } from '../support/verbs.ts';
import {
  ANA,
  CHANNEL,
  CLIENT,
  createWorld,
  DONE,
  MARCUS,
  OLIVIA,
  openAgency,
  type TestWorld,
} from '../support/world.ts';

/** What ends a wait reaches the person who waits by a new direct message, once. */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let world: TestWorld;
let deliveries = 0;
const nextId = () => `delivery-${++deliveries}`;

beforeEach(async () => {
  world = await createWorld();
  await openAgency(world, { monthCredits: 6 });
});

const asks = () =>
  world.book.submit({
    ...{ commandId: nextId(), by: OLIVIA, kind: 'set_limit', account: `client:${CLIENT}`, window: 'month' },
    ...{ limitCredits: 6, over: 'ask', rollOverMaxCredits: null },
  });
const input = (given: Partial<ImageInput> = {}): ImageInput => imageInput({ imagesCount: 2, ...given });
const decision = () => ({ deliveryId: nextId(), requester: inChannel(MARCUS, CHANNEL), requestId: 'job-1' });
const approve = () => approveRequest(world, { ...decision(), how: { kind: 'once' }, seen: [`client:${CLIENT} month`] });
const sweeps = () => recoverJobs(world, { alone: true });
const toAna = () => world.messenger.told.filter(({ to }) => to.memberId === ANA);
/** Those that are new direct messages, and so are unread until she sees them. */
const messaged = (): PrivateMessage['kind'][] =>
  toAna().flatMap(({ note, onceKey }) => (onceKey === undefined ? [] : [note.kind]));
const cardsSay = () => world.messenger.cards.map(({ card }) => ('toldIds' in card ? card.toldIds : null));

/** Minute by minute, until the work is done. */
async function timePasses(work: Promise<unknown>) {
  let done = false;
  void work.finally(() => {
    done = true;
  });
  while (!done) await world.clock.advance(10_000);
  await work;
}

describe('a request that waited for approval', () => {
  beforeEach(async () => {
    await asks();
    await requestImage(world, input());
  });

  test.each([
    ['approved', () => approve(), ['request_approved', 'images_ended']],
    ['denied', () => denyRequest(world, { ...decision(), reason: 'Enough foxes.' }), ['not_approved']],
    ['lapsed', () => world.clock.advance(25 * HOUR_MS).then(sweeps), ['not_approved']],
  ] as const)('is %s: she reads it in a new message, and the cards say who was told', async (_as, end, expected) => {
    expect(messaged()).toEqual([]);
    await end();
    await sweeps();
    await sweeps();
    expect(messaged()).toEqual(expected);
    expect(cardsSay()).toEqual([[ANA], [ANA]]);
  });

  test.each(['failed', 'failed twice'])(
    'and Slack %s to take the message: nothing says that she was told, until she was',
    async (times) => {
      const failed = { kind: 'failed', code: 'lost' };
      world.messenger.answerNext('tell', ...(times === 'failed' ? [failed] : [failed, failed]));
      await denyRequest(world, { ...decision(), reason: '' });
      expect(messaged()).toEqual([]);
      expect(cardsSay()).toEqual([[], []]);
      for (let round = 0; round < 3; round += 1) {
        await world.clock.advance(5 * MINUTE_MS);
        await sweeps();
      }
      expect(messaged()).toEqual(['not_approved']);
      expect(cardsSay()).toEqual([[ANA], [ANA]]);
    },
  );

  test('is withdrawn by herself: nothing is told, and no card says so', async () => {
    await withdrawRequest(world, { ...decision(), requester: inChannel(ANA, CHANNEL) });
    await sweeps();
    expect(messaged()).toEqual([]);
    expect(cardsSay()).toEqual([[], []]);
  });

  test('is approved, and its images fail: both are told', async () => {
    const refused: ImageOutcome = { kind: 'refused', detail: 'policy' };
    world.maker.answerNext(refused, refused);
    await approve();
    expect(messaged()).toEqual(['request_approved', 'images_ended']);
    expect(toAna().at(-1)?.note).toMatchObject({ job: { images: [{ settled: { as: 'voided' } }, {}] } });
  });
});

describe('images that were asked for', () => {
  const takes = (ms: number) => async (): Promise<ImageOutcome> => {
    await world.clock.sleep(ms);
    return DONE;
  };
  const refused: ImageOutcome = { kind: 'refused', detail: 'policy' };

  test.each([
    ['are there soon', [takes(20_000)], []],
    ['take a minute and a half', [takes(90_000)], []],
    ['are refused', [refused], ['images_ended']],
    ['are rejected', [{ kind: 'rejected', detail: 'size' }], ['images_ended']],
    ['come without an account', [{ kind: 'account_stop', detail: 'quota' }], ['images_ended']],
  ] as const)('%s', async (_name, outcomes, expected) => {
    world.maker.answerNext(...outcomes);
    await timePasses(requestImage(world, input({ imagesCount: 1 })));
    await sweeps();
    expect(messaged()).toEqual(expected);
  });

  test.each([
    ['in three minutes', 3, ['images_ended']],
    ['in an hour', 60, ['images_ended']],
    ['in a minute', 1, []],
  ] as const)('come %s, because the service was busy', async (_name, minutes, expected) => {
    const busy = { kind: 'transient', detail: 'busy', retryAfterMs: minutes * MINUTE_MS, isNamed: true } as const;
    world.maker.answerNext(busy, DONE);
    await timePasses(requestImage(world, input({ imagesCount: 1 })));
    await world.clock.advance(minutes * MINUTE_MS);
    await sweeps();
    expect(messaged()).toEqual(expected);
  });

  test('are one of two: it is told which', async () => {
    await world.book.submit({
      ...{ commandId: nextId(), by: OLIVIA, kind: 'set_limit', account: `client:${CLIENT}`, window: 'month' },
      ...{ limitCredits: 100, over: 'refuse', rollOverMaxCredits: null },
    });
    world.maker.answerNext(DONE, refused);
    await timePasses(requestImage(world, input()));
    expect(messaged()).toEqual(['images_ended']);
  });

  test('are refused at once, where she typed: an answer to a command is no news', async () => {
    await requestImage(world, input());
    expect(toAna().map(({ note, onceKey }) => [note.kind, onceKey])).toEqual([['refused', undefined]]);
  });
});
