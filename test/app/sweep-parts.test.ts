import { beforeEach, describe, expect, test } from 'vitest';
import { recoverJobs } from '../../src/app/images/recover-jobs.ts';
import { JournalFault } from '../../src/storage/journal/journal.ts';
import { RecordsFault } from '../../src/storage/records/records.ts';
import { imageInput } from '../support/image-input.ts';
import { isDone } from '../support/mortal.ts';
import { requestImage } from '../support/verbs.ts';
import { createWorld, OLIVIA, openAgency, type TestWorld, WORKSPACE } from '../support/world.ts';

let world: TestWorld;
const sweeps = (at: TestWorld = world) => recoverJobs(at, { alone: true });
const bytes = () => world.records.images.get({ workspace: WORKSPACE, imageId: 'job-1/1' });
const stopCards = () => world.messenger.cards.filter(({ card }) => card.kind === 'stop_card');

/** Spending is stopped, and no owner has heard of it; a job was cut off; and an image has expired. */
beforeEach(async () => {
  world = await createWorld();
  await openAgency(world);
  await requestImage(world, imageInput());
  await world.clock.advance(world.settings.imageRetentionMs);
  world.messenger.answerNext('announce', { kind: 'failed', code: 'http_500' });
  await requestImage(world, imageInput({ deliveryId: 'job-2' }));
  const stop = { commandId: 'stop', by: 'inkwell', kind: 'stop_spending', brokenSeq: 3, problem: 'is odd' } as const;
  await world.book.submit(stop);
  expect(world.messenger.sheets).toHaveLength(1);
  expect(await bytes()).not.toBeNull();
});

describe('a part of a sweep that fails, or takes long, keeps no other part from being done', () => {
  test('books with a line that cannot be read', async () => {
    const fault = new JournalFault('corrupt');
    Object.assign(world.book, { read: () => Promise.reject(fault) });
    await expect(sweeps()).rejects.toBe(fault);
    expect(world.messenger.sheets).toHaveLength(2);
    expect(await bytes()).toBeNull();
    expect(stopCards().map(({ memberId }) => memberId)).toEqual([OLIVIA]);
  });

  test('what an owner has to hear does not wait for images that are being made', async () => {
    world.maker.answerNext(() => new Promise<never>(() => {}));
    const round = sweeps();
    for (let turns = 0; turns < 50; turns += 1) expect(await isDone(round)).toBe(false);
    expect(world.maker.requests).toHaveLength(2);
    expect(stopCards()).toHaveLength(1);
  });

  test('jobs that cannot be listed, and of those that fail all are reported', async () => {
    const [first, second] = [new RecordsFault('unavailable'), new RecordsFault('full')];
    const { jobs, images } = world.records;
    const records = {
      ...world.records,
      jobs: { ...jobs, open: () => Promise.reject(first) },
      images: { ...images, expire: () => Promise.reject(second) },
    };
    const logged: unknown[] = [];
    const log = { ...world.log, error: (facts: unknown) => void logged.push(facts) };
    await expect(sweeps({ ...world, records, log })).rejects.toBe(first);
    expect(logged).toEqual([{ error: { name: 'RecordsFault', code: 'full' } }]);
    expect(stopCards()).toHaveLength(1);
  });
});
