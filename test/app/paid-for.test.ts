import { describe, expect, test } from 'vitest';
import { arrivedOf, keepArrived, stopArrived } from '../../src/app/images/arrived-images.ts';
import { loadJob } from '../../src/app/images/job-lease.ts';
import { recoverJobs } from '../../src/app/images/recover-jobs.ts';
import type { ImageDone, ImageOutcome } from '../../src/images/image-provider.ts';
import { usageOf } from '../../src/ledger/usage/standings.ts';
import { imageMessage } from '../../src/slack/image-message/image-message.ts';
import { createMemoryRecords } from '../../src/storage/records/memory.ts';
import { RecordsFault } from '../../src/storage/records/records.ts';
import { imageInput } from '../support/image-input.ts';
import { requestImage } from '../support/verbs.ts';
import { CLIENT, createWorld, DONE, openAgency, type TestWorld, WORKSPACE } from '../support/world.ts';

const clientUse = (world: TestWorld) => usageOf(world.book.now(), `client:${CLIENT}`, 'total');
const made = (change: object): ImageOutcome => ({ ...DONE, ...change }) as ImageOutcome;
const textOf = (world: TestWorld) => imageMessage(world.messenger.sheets[0]!.drawn!).text;

async function agency() {
  const world = await createWorld({ providerNames: ['openai'] });
  await openAgency(world, { monthCredits: 1_000 });
  const uploads: { contentType: string; title: string; below?: unknown }[] = [];
  const { upload } = world.messenger;
  world.messenger.upload = async (file) => {
    uploads.push(file);
    return await upload(file);
  };
  return { world, uploads };
}

/** Waits until it is done, while time passes. */
async function played(world: TestWorld, work: Promise<unknown>) {
  let isDone = false;
  void work.finally(() => {
    isDone = true;
  });
  for (let turns = 0; turns < 200 && !isDone; turns += 1) await world.clock.advance(500);
  await work;
}

describe('a picture that Slack does not draw', () => {
  test('is charged, stands below the message as a file, and goes when it is deleted', async () => {
    const { world, uploads } = await agency();
    world.maker.answerNext(made({ contentType: 'image/heic' }));
    await requestImage(world, imageInput());
    expect(uploads).toMatchObject([{ contentType: 'image/heic', below: { ts: '1.0' } }]);
    const job = await loadJob(world, 'job-1');
    expect(job).toMatchObject({ finished: true, images: [{ inThread: true, settled: { as: 'captured' } }] });
    expect(textOf(world)).toContain('Slack can’t show the image in a message, so it’s a file in the thread');
    expect(JSON.stringify(imageMessage(world.messenger.sheets[0]!.drawn!).blocks)).not.toContain('slack_file');
  });

  test('one of three is told apart from the others', async () => {
    const { world } = await agency();
    world.maker.answerNext(DONE, made({ contentType: 'image/jxl' }), DONE);
    await requestImage(world, imageInput({ imagesCount: 3 }));
    expect(textOf(world)).toContain('They’re ready.');
    expect(textOf(world)).toContain('Slack can’t show image 2 in a message');
  });
});

test('what came besides is kept, stands below the message, and goes when it is deleted', async () => {
  const { world, uploads } = await agency();
  const more = [
    { bytes: new Uint8Array([1]), contentType: 'image/png' },
    { bytes: new Uint8Array([2]), contentType: 'image/gif' },
  ];
  world.maker.answerNext(made({ more }));
  await requestImage(world, imageInput());
  expect(uploads.map(({ below }) => below ?? null)).toEqual([
    null,
    { channelId: 'C0NORTHWIND', ts: '1.0' },
    { channelId: 'C0NORTHWIND', ts: '1.0' },
  ]);
  expect(world.messenger.files.size).toBe(3);
  expect(textOf(world)).toContain('made 2 more than asked');
  expect(await world.records.images.get({ workspace: WORKSPACE, imageId: 'job-1/1+2' })).not.toBeNull();

  const { deleteImage } = await import('../../src/app/images/delete-image.ts');
  await deleteImage(world, { requester: imageInput().requester, jobId: 'job-1' });
  expect(world.messenger.files.size).toBe(0);
  for (const imageId of ['job-1/1', 'job-1/1+1', 'job-1/1+2']) {
    expect(await world.records.images.get({ workspace: WORKSPACE, imageId })).toBeNull();
  }
});

describe('a store that does not take the picture', () => {
  test.each(['full', 'unavailable', 'uncertain'] as const)(
    '%s: it is shown from memory, charged, and said',
    async (code) => {
      const { world, uploads } = await agency();
      const warned: string[] = [];
      world.log.warn = (_, words) => void warned.push(words);
      world.records.images.put = async () => {
        throw new RecordsFault(code);
      };
      world.maker.answerNext(made({ costMicroUsd: 10_000 }));
      await played(world, requestImage(world, imageInput()));
      expect(uploads).toHaveLength(1);
      expect(clientUse(world)).toMatchObject({ usedCredits: 1, heldCredits: 0 });
      expect(textOf(world)).toContain('Inkwell couldn’t keep a copy');
      expect(warned).toContain('captured without a copy of the image');
      expect(world.maker.requests).toHaveLength(1);
    },
  );

  test('one of a set: the others are kept', async () => {
    const { world } = await agency();
    const { put } = world.records.images;
    world.records.images.put = async (image) => {
      if (image.imageId === 'job-1/2') throw new RecordsFault('full');
      return await put(image);
    };
    await played(world, requestImage(world, imageInput({ imagesCount: 3 })));
    const job = await loadJob(world, 'job-1');
    expect(
      job?.images.map(({ settled, fileId, answer }) => [
        settled?.as,
        fileId !== '',
        answer?.kind === 'done' && answer.isKept,
      ]),
    ).toEqual([
      ['captured', true, undefined],
      ['captured', true, false],
      ['captured', true, undefined],
    ]);
  });

  /** A world whose records are away from the moment that the provider has answered. */
  async function awayOnceAnswered(outcome: ImageOutcome, code: 'unavailable' | 'full' = 'unavailable') {
    const records = createMemoryRecords();
    const world = await createWorld({ records, providerNames: ['openai'] });
    await openAgency(world, { monthCredits: 1_000 });
    const store = { isAway: false };
    const unlessAway =
      <Asked extends unknown[], Answer>(verb: (...asked: Asked) => Promise<Answer>) =>
      async (...asked: Asked): Promise<Answer> => {
        if (store.isAway) throw new RecordsFault(code);
        return await verb(...asked);
      };
    const { images, jobs, marks, prompts } = records;
    world.records = {
      ...records,
      images: { ...images, put: unlessAway(images.put), get: unlessAway(images.get) },
      jobs: { ...jobs, append: unlessAway(jobs.append), steps: unlessAway(jobs.steps), open: unlessAway(jobs.open) },
      marks: { ...marks, put: unlessAway(marks.put), get: unlessAway(marks.get) },
      prompts: { ...prompts, get: unlessAway(prompts.get) },
    };
    const logged: string[] = [];
    world.log.error = (_, words) => void logged.push(words);
    world.maker.answerNext(async () => {
      store.isAway = true;
      return outcome;
    });
    return { world, store, logged };
  }
  const told = (world: TestWorld) => world.messenger.told.map(({ note }) => note.kind);

  test.each([
    ['unavailable', 20_000],
    ['unavailable', 240_000],
    ['unavailable', 3_600_000],
    ['full', 60_000],
  ] as const)(
    '%s altogether for %i ms when the picture is there: it is shown and charged at once when it is back',
    async (code, ms) => {
      const { world, store, logged } = await awayOnceAnswered(made({ costMicroUsd: 10_000 }), code);
      const asked = requestImage(world, imageInput());
      await world.clock.advance(ms);
      // The sweeper of each minute finds the job at work.
      await played(
        world,
        recoverJobs(world, { alone: true }).catch(() => undefined),
      );
      expect(told(world)).toEqual(['delayed']);
      expect(logged).toContain('image outcome waits in memory until the records can be written');
      store.isAway = false;
      await played(world, asked);
      const job = await loadJob(world, 'job-1');
      expect(job).toMatchObject({
        finished: true,
        images: [{ answer: { kind: 'done' }, settled: { as: 'captured' } }],
      });
      expect(await world.records.images.get({ workspace: WORKSPACE, imageId: 'job-1/1' })).not.toBeNull();
      expect(world.messenger.files.size).toBe(1);
      // What comes after two minutes is late, and is told by a message of its own.
      expect(told(world)).toEqual(ms > 120_000 ? ['delayed', 'images_ended'] : ['delayed']);
      expect(world.maker.requests).toHaveLength(1);
      expect(clientUse(world)).toMatchObject({ usedCredits: 1, heldCredits: 0 });
    },
  );

  test('away when the provider has refused: it is said that it was, and nothing becomes unknown', async () => {
    const { world, store } = await awayOnceAnswered({ kind: 'refused', detail: 'moderation_blocked' });
    const asked = requestImage(world, imageInput());
    await world.clock.advance(60_000);
    store.isAway = false;
    await played(world, asked);
    expect(await loadJob(world, 'job-1')).toMatchObject({ finished: true, images: [{ settled: { as: 'voided' } }] });
  });

  test('away when the process stops: the log says which picture is lost, and nothing waits any more', async () => {
    const { world, logged } = await awayOnceAnswered(DONE);
    const asked = requestImage(world, imageInput());
    await world.clock.advance(60_000);
    stopArrived(world);
    await played(world, asked);
    expect(logged).toContain('a paid image that is not stored is lost if this process ends');
  });

  test('pictures that wait take a bounded part of the memory: the oldest are given up, and said', async () => {
    const { world, logged } = await awayOnceAnswered(DONE);
    const large = made({ bytes: new Uint8Array(60 * 1024 * 1024) }) as ImageDone;
    for (let n = 1; n <= 5; n += 1) keepArrived(world, `large/${n}`, large);
    expect([1, 2, 3, 4, 5].map((n) => arrivedOf(world, `large/${n}`) !== null)).toEqual([
      false,
      true,
      true,
      true,
      true,
    ]);
    for (let n = 1; n <= 200; n += 1) keepArrived(world, `small/${n}`, DONE as ImageDone);
    expect([arrivedOf(world, 'small/100'), arrivedOf(world, 'small/101')].map((each) => each !== null)).toEqual([
      false,
      true,
    ]);
    expect(logged).toHaveLength(105);
  });

  test('and a process that ends before it was shown: charged as the step says, and said to be gone', async () => {
    const { world } = await agency();
    world.records.images.put = async () => {
      throw new RecordsFault('full');
    };
    world.messenger.answerNext('upload', { kind: 'failed', code: 'timeout' });
    await played(world, requestImage(world, imageInput()));
    const next = await createWorld({ ...world, processId: 'p2', providerNames: ['openai'] });
    await played(next, recoverJobs(next, { alone: true }));
    expect(await loadJob(next, 'job-1')).toMatchObject({
      finished: true,
      images: [{ fileId: '', settled: { as: 'captured' } }],
    });
    expect(textOf(world)).toContain('no longer keeps it');
  });
});
