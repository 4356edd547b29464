import { describe, expect, test } from 'vitest';
import { loadJob } from '../../src/app/images/job-lease.ts';
import { recoverJobs } from '../../src/app/images/recover-jobs.ts';
import type { ImageOutcome } from '../../src/images/image-provider.ts';
import { usageOf } from '../../src/ledger/usage/standings.ts';
import { imageMessage } from '../../src/slack/image-message/image-message.ts';
import { imageInput } from '../support/image-input.ts';
import { requestImage } from '../support/verbs.ts';
import { ANA, CLIENT, createWorld, DONE, OLIVIA, openAgency, type TestWorld } from '../support/world.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const busy = (retryAfterMs: number): ImageOutcome => ({
  kind: 'transient',
  detail: 'http 429',
  retryAfterMs,
  isNamed: true,
});
const clientUse = (world: TestWorld) => usageOf(world.book.now(), `client:${CLIENT}`, 'total');
const textOf = (world: TestWorld) => imageMessage(world.messenger.sheets[0]!.drawn!).text;

async function agency() {
  const world = await createWorld({ providerNames: ['openai'] });
  await openAgency(world, { monthCredits: 1_000 });
  const sentAt: number[] = [];
  let firstAt: number | null = null;
  const { make } = world.providers.images;
  const counting: TestWorld['providers']['images'] = {
    make: (request, options) => {
      firstAt ??= world.clock.now();
      sentAt.push(world.clock.now() - firstAt);
      return make(request, options);
    },
  };
  world.providers = { ...world.providers, images: counting };
  return { world, sentAt };
}

/** As it is in a process: the sweeper comes every minute. */
async function passes(world: TestWorld, ms: number) {
  for (let passed = 0; passed < ms; passed += MINUTE) {
    await world.clock.advance(Math.min(MINUTE, ms - passed));
    const swept = recoverJobs(world, { alone: true });
    for (let turns = 0; turns < 40; turns += 1) await world.clock.advance(0);
    void swept;
  }
}

async function ask(world: TestWorld, change: Parameters<typeof imageInput>[0] = {}) {
  const asked = requestImage(world, imageInput(change));
  for (let turns = 0; turns < 40; turns += 1) await world.clock.advance(0);
  return asked;
}

describe('a provider that names a time', () => {
  test('is asked again at that time and not before, and waiting takes none of the three attempts', async () => {
    const { world, sentAt } = await agency();
    world.maker.answerNext(busy(10 * SECOND), busy(20 * SECOND), busy(5 * SECOND), busy(3 * SECOND), DONE);
    void ask(world);
    await world.clock.advance(MINUTE);
    expect(sentAt).toEqual([0, 10, 30, 35, 38].map((seconds) => seconds * SECOND));
    expect((await loadJob(world, 'job-1'))?.images).toMatchObject([{ settled: { as: 'captured' } }]);
  });

  test('for a long time: nobody is at work on it, the message says when, and it is made then', async () => {
    const { world, sentAt } = await agency();
    world.maker.answerNext(busy(4 * MINUTE), DONE);
    await ask(world);
    expect(world.running.size).toBe(0);
    expect(world.imageQueue.pending + world.imageQueue.size).toBe(0);
    expect(textOf(world)).toContain('The image service is busy. Inkwell tries again');
    await passes(world, 3 * MINUTE + 59 * SECOND);
    expect(sentAt).toEqual([0]);
    await passes(world, 2 * MINUTE);
    expect(sentAt).toHaveLength(2);
    expect(sentAt[1]).toBeGreaterThanOrEqual(4 * MINUTE);
    expect((await loadJob(world, 'job-1'))?.images).toMatchObject([{ settled: { as: 'captured' } }]);
  });

  test('a process that ends meanwhile: the next one keeps the time too', async () => {
    const { world, sentAt } = await agency();
    world.maker.answerNext(busy(3 * MINUTE));
    await ask(world);
    const next = await createWorld({ ...world, processId: 'p2', providerNames: ['openai'] });
    await passes(next, 2 * MINUTE);
    expect(sentAt).toEqual([0]);
    expect(next.maker.requests).toHaveLength(1);
    await passes(next, 2 * MINUTE);
    expect(next.maker.requests).toHaveLength(2);
    expect((await loadJob(next, 'job-1'))?.finished).toBe(true);
  });

  test('the others of a set, and other requests, do not go there before either', async () => {
    const { world, sentAt } = await agency();
    world.imageQueue.concurrency = 1;
    world.maker.answerNext(busy(20 * SECOND));
    void ask(world, { imagesCount: 3 });
    await world.clock.advance(SECOND);
    void ask(world, { deliveryId: 'job-2' });
    await world.clock.advance(18 * SECOND);
    expect(sentAt).toEqual([0]);
    await world.clock.advance(MINUTE);
    expect(sentAt).toHaveLength(5);
    expect(Math.min(...sentAt.slice(1))).toBe(20 * SECOND);
    for (const jobId of ['job-1', 'job-2']) expect((await loadJob(world, jobId))?.finished).toBe(true);
  });

  test.each([
    ['an hour', 60 * MINUTE, '60 minutes'],
    ['a day', 24 * 60 * MINUTE, '24 hours'],
    ['till the year 9999', 400 * 24 * 60 * MINUTE, 'for days'],
  ])('%s: it is not sent again, and why is said', async (_, ms, words) => {
    const { world, sentAt } = await agency();
    world.maker.answerNext(busy(ms));
    await ask(world);
    expect(clientUse(world)).toMatchObject({ usedCredits: 0, heldCredits: 0 });
    expect(textOf(world)).toContain(`asks to wait ${words}. Not charged.`);
    await passes(world, 5 * MINUTE);
    expect(sentAt).toEqual([0]);
  });

  test('for ever, a second at a time: it is given up', async () => {
    const { world } = await agency();
    world.maker.answerNext(...Array.from({ length: 60 }, () => busy(SECOND)));
    void ask(world);
    await world.clock.advance(5 * MINUTE);
    expect(world.maker.requests.length).toBeLessThanOrEqual(22);
    expect((await loadJob(world, 'job-1'))?.images).toMatchObject([{ settled: { as: 'voided' } }]);
  });

  test('whoever asked leaves while it waits: the credits go back, and nothing is sent', async () => {
    const { world, sentAt } = await agency();
    world.maker.answerNext(busy(5 * MINUTE));
    await ask(world);
    await world.book.submit({ commandId: 'gone', by: OLIVIA, kind: 'remove_member', memberId: ANA, reason: 'left' });
    await passes(world, MINUTE);
    expect(clientUse(world)).toMatchObject({ heldCredits: 0 });
    expect(sentAt).toEqual([0]);
  });

  test('what names no time counts as before', async () => {
    const { world } = await agency();
    const plain = { kind: 'transient', detail: 'rate', retryAfterMs: 2 * SECOND } as const;
    world.maker.answerNext(plain, plain, plain, DONE);
    void ask(world);
    await world.clock.advance(MINUTE);
    expect(world.maker.requests).toHaveLength(3);
    expect((await loadJob(world, 'job-1'))?.images).toMatchObject([{ settled: { as: 'voided' } }]);
  });
});
