import { afterEach, beforeEach, expect, test } from 'vitest';
import { WAIT_MS } from '../../src/storage/mongo/open.ts';
import { openMongoRecords } from '../../src/storage/records/mongo.ts';
import type { Records } from '../../src/storage/records/records.ts';
import { asked, stepOf } from '../support/every-step.ts';
import { describeOnMongo, testDatabase } from '../support/mongo.ts';
import { type MongoProxy, startMongoProxy, type WireFault } from '../support/mongo-proxy.ts';

const ANSWERED_WITHIN_MS = 3_000;
const STEPPED_DOWN = { code: 189, codeName: 'PrimarySteppedDown' };
const job = { workspace: 'T1', jobId: 'j1' };
const image = { workspace: 'T1', imageId: 'j1/1', contentType: 'image/png', costMicroUsd: 1, madeAt: 1, expiresAt: 2 };
const bytes = Uint8Array.from({ length: 300_000 }, (_, n) => n % 251);

/** One insert meets one fault: it is settled by what stands, and ends as if nothing had happened. */
const ONCE: readonly [string, WireFault][] = [
  ['cut before it arrives', 'cut'],
  ['the answer is lost', 'lose_the_answer'],
  ['no majority in time', 'no_majority'],
  ['no primary there', { code: 10_107, codeName: 'NotWritablePrimary' }],
  ['the primary steps down after it', { ...STEPPED_DOWN, done: 'all' }],
];

describeOnMongo('records on a bad day of MongoDB', () => {
  const database = testDatabase('records-bad-days');
  let proxy: MongoProxy;
  let records: Records;

  beforeEach(async () => {
    await database.empty();
    proxy = await startMongoProxy(database.uri);
    records = await openMongoRecords(await database.open({ at: proxy.uri, waitMs: WAIT_MS }));
  });
  afterEach(async () => {
    await database.close();
    await proxy.close();
  });

  test.each(ONCE)('%s: a step is written once, by whoever asked', async (_, fault) => {
    proxy.next('insert', fault);
    expect(await records.jobs.append(asked())).toBe('appended');
    expect(proxy.planned).toBe(0);
    expect(await records.jobs.append(asked())).toBe('taken');
    expect(await records.jobs.steps(job)).toEqual([asked()]);
  });

  test('several write the same step at once, and one loses its answer: one of them has it', async () => {
    proxy.next('insert', 'lose_the_answer');
    const said = await Promise.all([1, 2, 3].map(() => records.jobs.append(asked())));
    expect(said.sort()).toEqual(['appended', 'taken', 'taken']);
    expect(proxy.planned).toBe(0);
  });

  test('the answer is lost twice: in doubt, and the step stands', async () => {
    proxy.next('insert', 'lose_the_answer');
    proxy.next('insert', 'lose_the_answer');
    await expect(records.jobs.append(asked())).rejects.toMatchObject({ name: 'RecordsFault', code: 'uncertain' });
    expect(await records.jobs.steps(job)).toEqual([asked()]);
  });

  test('a job whose close was lost is not open, and is closed where that is noticed', async () => {
    await records.jobs.append(asked());
    proxy.next('update', 'cut');
    expect(await records.jobs.append(stepOf(1, { kind: 'finished' }))).toBe('appended');
    expect(proxy.planned).toBe(0);
    const plain = (await database.open()).connection.collection('steps');
    expect(await plain.countDocuments({ openKey: 'T1 j1' })).toBe(1);
    expect(await records.jobs.open({ workspace: 'T1', jobsMax: 1 })).toEqual([]);
    expect(await plain.countDocuments({ openKey: 'T1 j1' })).toBe(0);
  });

  test('a job that was deleted, and whose close was lost each time, is closed where that is noticed', async () => {
    const steps = [{ kind: 'finished' }, { kind: 'deleted', by: 'U1' }, { kind: 'deletion_ended' }] as const;
    await records.jobs.append(asked());
    for (const [index, step] of steps.entries()) {
      if (step.kind !== 'deleted') proxy.next('update', 'cut');
      await records.jobs.append(stepOf(index + 1, step));
      if (step.kind === 'deleted') expect(await records.jobs.open({ workspace: 'T1', jobsMax: 2 })).toEqual(['j1']);
    }
    const plain = (await database.open()).connection.collection('steps');
    expect(await plain.countDocuments({ openKey: 'T1 j1' })).toBe(2);
    expect(await records.jobs.open({ workspace: 'T1', jobsMax: 1 })).toEqual([]);
    expect(await plain.countDocuments({ openKey: 'T1 j1' })).toBe(0);
  });

  test('jobs that are finished, but not closed, do not hide those behind them', async () => {
    for (const jobId of ['j1', 'j2', 'j3', 'j4']) await records.jobs.append(asked({ jobId }));
    for (const jobId of ['j1', 'j2', 'j3']) {
      proxy.next('update', 'cut');
      await records.jobs.append(stepOf(1, { kind: 'finished' }, { jobId }));
    }
    expect(await records.jobs.open({ workspace: 'T1', jobsMax: 2 })).toEqual(['j4']);
  });

  test('an image whose upload breaks is not there, and can be put again; what was left behind expires', async () => {
    proxy.next('insert', 'half_and_cut');
    await expect(records.images.put({ ...image, bytes })).rejects.toMatchObject({ code: 'unavailable' });
    expect(await records.images.get(image)).toBeNull();
    expect(await records.images.put({ ...image, bytes, expiresAt: 9 })).toBe('put');
    expect(await records.images.expire({ now: 5, imagesMax: 10 })).toBe(0);
    expect(Buffer.compare((await records.images.get(image))?.bytes ?? new Uint8Array(), bytes)).toBe(0);
  });

  test('bytes that are not all there are never handed out', async () => {
    await records.images.put({ ...image, bytes });
    const chunks = (await database.open()).connection.collection('image_bytes.chunks');
    await chunks.deleteOne({ n: 1 });
    await expect(records.images.get(image)).rejects.toMatchObject({ name: 'RecordsFault', code: 'corrupt' });
  });

  test('an image that is erased leaves no bytes, whatever came in between', async () => {
    await records.images.put({ ...image, bytes });
    await records.images.put({ ...image, bytes });
    for (const fault of ['lose_the_answer', { delayMs: 0 }, 'cut'] as const) proxy.next('delete', fault);
    await records.images.erase(image);
    const { connection } = await database.open();
    for (const collection of ['images', 'image_bytes.files', 'image_bytes.chunks']) {
      expect({ collection, left: await connection.collection(collection).countDocuments() }).toEqual({
        collection,
        left: 0,
      });
    }
  });

  test('what is no step is named by its job', async () => {
    await records.jobs.append(asked());
    const plain = (await database.open()).connection.collection('steps');
    await plain.updateOne({ jobId: 'j1' }, { $set: { stage: 'odd' } });
    await expect(records.jobs.steps(job)).rejects.toMatchObject({
      code: 'corrupt',
      message: 'job j1 is not a step of a job',
    });
  });

  test('the database is away: every verb says so in time', async () => {
    await proxy.goAway();
    const verbs = {
      append: () => records.jobs.append(asked()),
      steps: () => records.jobs.steps(job),
      putPrompt: () => records.prompts.put({ ...job, text: 'a fox' }),
      erasePrompt: () => records.prompts.erase(job),
      putImage: () => records.images.put({ ...image, bytes }),
      getImage: () => records.images.get(image),
      expire: () => records.images.expire({ now: 5, imagesMax: 5 }),
      putMark: () => records.marks.put({ workspace: 'T1', key: 'k', value: 'v', at: 1 }),
      expireMarks: () => records.marks.expire({ workspace: 'T1', prefix: 'k', before: 5, marksMax: 5 }),
    };
    const before = performance.now();
    const ended = await Promise.all(
      Object.values(verbs).map((work) => work().catch((error: { name: string; code: string }) => error)),
    );
    expect(performance.now() - before).toBeLessThan(ANSWERED_WITHIN_MS);
    // What went out on a connection that was breaking is in doubt.
    for (const end of ended) {
      expect(end).toMatchObject({ name: 'RecordsFault', code: expect.stringMatching(/^(unavailable|uncertain)$/) });
    }
    await proxy.comeBack();
  });
});
