import { describe, expect, test } from 'vitest';
import { loadJob } from '../../src/app/images/job-lease.ts';
import { recoverJobs } from '../../src/app/images/recover-jobs.ts';
import type { ImageInput } from '../../src/app/inputs.ts';
import { usageOf } from '../../src/ledger/usage/standings.ts';
import { createMemoryJournal, type WriteFault } from '../../src/storage/journal/memory.ts';
import { createMemoryRecords } from '../../src/storage/records/memory.ts';
import { RecordsFault } from '../../src/storage/records/records.ts';
import { imageInput } from '../support/image-input.ts';
import { requestImage } from '../support/verbs.ts';
import { ANA, CHANNEL, CLIENT, createWorld, openAgency, type TestWorld, WORKSPACE } from '../support/world.ts';

const input: ImageInput = imageInput();

const notes = (world: TestWorld) => world.messenger.told.map(({ note }) => note.kind);
const clientUse = (world: TestWorld) => usageOf(world.book.now(), `client:${CLIENT}`, 'total');
const shown = (world: TestWorld) => world.messenger.sheets.filter(({ drawn }) => drawn?.job.images[0]?.fileId);

async function agency() {
  const journal = createMemoryJournal();
  const world = await createWorld({ journal });
  await openAgency(world);
  // Ana is known before the bad day begins: it is her request that fails, not our meeting her.
  await world.book.submit({ commandId: 'meet', by: 'inkwell', kind: 'add_member', memberId: ANA, role: 'creator' });
  return { world, journal };
}

describe('a ledger that cannot be written to', () => {
  test.each<WriteFault>(['unavailable', 'full'])(
    '%s: she hears that it goes on by itself, and it does, once',
    async (fault) => {
      const { world, journal } = await agency();
      journal.failNext(fault);
      await requestImage(world, input);
      expect(notes(world)).toEqual(['delayed']);
      expect(world.maker.requests).toHaveLength(0);
      await recoverJobs(world, { alone: true });
      await recoverJobs(world, { alone: true });
      expect(shown(world)).toHaveLength(1);
      expect(world.maker.requests).toHaveLength(1);
      expect(clientUse(world)).toMatchObject({
        heldCredits: 0,
        usedCredits: world.messenger.sheets[0]?.drawn?.job.eachCredits,
      });
    },
  );

  test.each<WriteFault>(['answer_lost', 'torn'])(
    '%s: what was written is found again, and she notices nothing',
    async (fault) => {
      const { world, journal } = await agency();
      journal.failNext(fault, 'answer_lost', fault);
      await requestImage(world, input);
      expect(notes(world)).toEqual([]);
      expect(shown(world)).toHaveLength(1);
      expect(clientUse(world).heldCredits).toBe(0);
    },
  );

  test('for ten minutes: she is told that nothing comes any more, and nothing is held', async () => {
    const { world, journal } = await agency();
    journal.failNext('unavailable');
    await requestImage(world, input);
    await world.clock.advance(11 * 60_000);
    await recoverJobs(world, { alone: true });
    expect(notes(world)).toEqual(['delayed', 'too_late']);
    expect(world.maker.requests).toHaveLength(0);
    expect((await loadJob(world, 'job-1'))?.finished).toBe(true);
  });
});

describe('records that cannot be written to', () => {
  test('before the first step: nothing was begun, and the fault says so to whoever asked', async () => {
    const records = createMemoryRecords();
    const world = await createWorld({ records });
    await openAgency(world);
    world.records = {
      ...records,
      prompts: { ...records.prompts, put: () => Promise.reject(new RecordsFault('full')) },
    };
    await expect(requestImage(world, input)).rejects.toMatchObject({ name: 'RecordsFault', code: 'full' });
    expect(world.book.now().holds.size).toBe(0);
    expect(await records.jobs.open({ workspace: WORKSPACE, jobsMax: 10 })).toEqual([]);
  });

  test('for a moment, when the image is there: it is saved all the same, because it is paid for', async () => {
    const { world } = await agency();
    const { put } = world.records.images;
    let failures = 2;
    world.records.images.put = async (image) => {
      if (failures-- > 0) throw new RecordsFault('unavailable');
      return await put(image);
    };
    const asked = requestImage(world, input);
    for (let second = 0; second < 5; second += 1) await world.clock.advance(1_000);
    await asked;
    expect(shown(world)).toHaveLength(1);
    expect(world.maker.requests).toHaveLength(1);
  });
});

describe('Slack on a bad day', () => {
  test('a message that is gone when the image is there: it is delivered directly', async () => {
    const { world } = await agency();
    world.messenger.answerNext('redraw', { kind: 'gone', code: 'message_not_found' });
    await requestImage(world, input);
    const [channel, direct] = world.messenger.sheets;
    expect(channel).toMatchObject({ audience: 'channel', drawn: null });
    expect(direct).toMatchObject({
      audience: 'direct_message',
      drawn: { job: { images: [{ settled: { as: 'captured' } }] } },
    });
  });

  test.each(['announce', 'upload', 'redraw'] as const)(
    '%s fails for a while: the sweeper brings it to its end, charged once',
    async (verb) => {
      const { world } = await agency();
      const failed = { kind: 'failed', code: 'timeout' };
      world.messenger.answerNext(verb, failed, failed);
      await requestImage(world, input);
      expect(notes(world)).toEqual(['delayed']);
      await recoverJobs(world, { alone: true });
      await recoverJobs(world, { alone: true });
      expect(shown(world)).toHaveLength(1);
      expect(world.maker.requests).toHaveLength(1);
      expect(clientUse(world)).toMatchObject({
        heldCredits: 0,
        usedCredits: world.messenger.sheets[0]?.drawn?.job.eachCredits,
      });
    },
  );

  test('nobody can be told for a day: the job ends, and is not tried for ever', async () => {
    const { world } = await agency();
    world.messenger.answerNext('announce', { kind: 'unreachable', code: 'is_archived' });
    world.messenger.answerNext('tell', ...Array.from({ length: 4 }, () => ({ kind: 'failed', code: 'timeout' })));
    await requestImage(world, input);
    await recoverJobs(world, { alone: true });
    expect((await loadJob(world, 'job-1'))?.finished).toBe(false);
    await world.clock.advance(25 * 60 * 60_000);
    await recoverJobs(world, { alone: true });
    expect((await loadJob(world, 'job-1'))?.finished).toBe(true);
    expect(clientUse(world)).toMatchObject({ heldCredits: 0, usedCredits: 0 });
  });
});

describe('time', () => {
  test('a clock that goes backwards neither loses nor gives credits', async () => {
    const { world } = await agency();
    await requestImage(world, input);
    const { usedCredits } = clientUse(world);
    world.clock.set(world.clock.now() - 4 * 60_000);
    await requestImage(world, { ...input, deliveryId: 'job-2' });
    expect(clientUse(world)).toMatchObject({ usedCredits: 2 * usedCredits, heldCredits: 0 });
    expect(world.book.now().lastAt).toBeGreaterThan(world.clock.now());
    // Further back than clocks differ, nothing is spent until it is known which one is right.
    world.clock.set(world.clock.now() - 40 * 86_400_000);
    await requestImage(world, { ...input, deliveryId: 'job-3' });
    expect(clientUse(world)).toMatchObject({ usedCredits: 2 * usedCredits, heldCredits: 0 });
  });

  test('image bytes are erased when they expire', async () => {
    const { world } = await agency();
    await requestImage(world, input);
    const image = { workspace: WORKSPACE, imageId: 'job-1/1' };
    await world.clock.advance(89 * 86_400_000);
    await recoverJobs(world, { alone: true });
    expect(await world.records.images.get(image)).not.toBeNull();
    await world.clock.advance(2 * 86_400_000);
    await recoverJobs(world, { alone: true });
    expect(await world.records.images.get(image)).toBeNull();
  });

  const LOST_HOLD = {
    commandId: 'lost',
    by: ANA,
    kind: 'hold',
    imagesCount: 1,
    eachCredits: 5,
    channelId: CHANNEL,
    threadTs: null,
    projectId: null,
    work: {
      model: 'sketch',
      size: '1024x1024',
      quality: 'standard',
      stage: 'concept',
      rateCardId: '2026-11',
      boundMicroUsd: 1,
    },
    timeoutMs: 60_000,
    contentDigest: '',
  } as const;

  test('a hold without its job slips after its deadline, and not before', async () => {
    const { world } = await agency();
    await world.book.submit(LOST_HOLD);
    await recoverJobs(world, { alone: true });
    expect(world.book.now().holds.size).toBe(1);
    await world.clock.advance(10 * 60_000);
    await recoverJobs(world, { alone: true });
    expect(world.book.now().holds.size).toBe(0);
    expect(world.book.now().slips.get('lost/1')).toMatchObject({ amountCredits: 5, clientId: CLIENT });
  });

  test('a hold whose job has ended without sending anything is given back: the agency bears nothing', async () => {
    const { world } = await agency();
    await requestImage(world, input);
    const { jobs } = world.records;
    const [asked] = await jobs.steps({ workspace: WORKSPACE, jobId: 'job-1' });
    if (!asked) throw new Error('nothing was asked for');
    const { workspace, at, owner, leaseUntilAt } = asked;
    const head = { workspace, jobId: 'lost', at, owner, leaseUntilAt };
    // One process was turned away and ended the job, while another one had sent the same command.
    await jobs.append({ ...asked, jobId: 'lost' });
    await jobs.append({ ...head, stepNo: 1, kind: 'declined' });
    await jobs.append({ ...head, stepNo: 2, kind: 'finished' });
    await world.book.submit(LOST_HOLD);
    await world.clock.advance(10 * 60_000);
    await recoverJobs(world, { alone: true });
    expect(world.book.now().holds.size).toBe(0);
    expect(world.book.now().slips.size).toBe(0);
    expect(clientUse(world)?.usedCredits).toBe(world.messenger.sheets[0]?.drawn?.job.eachCredits);
  });
});
