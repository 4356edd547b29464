import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Records, StoredImage } from '../../../src/storage/records/records.ts';
import { MONDAY } from '../../support/clock.ts';
import { asked, EVERY_FACT, JOB, stepOf } from '../../support/every-step.ts';

const T1 = 'T1';

const image = (change: Partial<StoredImage> = {}): StoredImage => ({
  workspace: T1,
  imageId: 'j1/1',
  contentType: 'image/png',
  bytes: Uint8Array.from({ length: 300_000 }, (_, n) => (n * 31) % 256),
  costMicroUsd: 200_000,
  madeAt: MONDAY,
  expiresAt: MONDAY + 1_000,
  ...change,
});

/** What all records promise, whatever they are made of. `open` gives empty ones. */
export function recordsContract(name: string, open: () => Promise<Records>) {
  let records: Records;

  describe(`records: ${name}`, () => {
    beforeEach(async () => {
      records = await open();
    });
    afterEach(() => records.close());

    describe('jobs', () => {
      test('every kind of step comes back as it was, in order', async () => {
        const steps = [asked(), ...EVERY_FACT.map((fact, n) => stepOf(n + 1, fact))];
        for (const step of steps) expect(await records.jobs.append(step)).toBe('appended');
        expect(await records.jobs.steps(JOB)).toEqual(steps);
      });

      test.each([
        ['directly', null],
        ['in another channel', { channelId: 'D1', threadTs: '1.2', responseUrl: 'http://127.0.0.1/r' }],
        ['in the channel, not the thread', { channelId: 'C1', threadTs: null, responseUrl: null }],
      ])('a job whose requester is answered %s comes back as it was', async (_where, replyTo) => {
        const step = asked({ place: { channelId: 'C1', threadId: '1.1' }, replyTo });
        await records.jobs.append(step);
        expect(await records.jobs.steps(JOB)).toEqual([step]);
      });

      test('a job that does not exist has no steps', async () => {
        expect(await records.jobs.steps(JOB)).toEqual([]);
      });

      test('a step’s number is taken once, by one of many', async () => {
        await records.jobs.append(asked());
        const claims = Array.from({ length: 30 }, (_, n) => stepOf(1, { kind: 'claimed' }, { owner: `p${n}` }));
        const results = await Promise.all(claims.map((step) => records.jobs.append(step)));
        expect(results.filter((result) => result === 'appended')).toHaveLength(1);
        expect(await records.jobs.steps(JOB)).toEqual([asked(), claims[results.indexOf('appended')]]);
        expect(await records.jobs.append(asked({ memberId: 'U2' }))).toBe('taken');
      });

      test('a step that would leave a gap, or that could not be read back, is not written', async () => {
        await records.jobs.append(asked());
        await expect(records.jobs.append(stepOf(2, { kind: 'claimed' }))).rejects.toThrow('no step before it');
        const odd = stepOf(1, { kind: 'sending', imageNo: 1.5, attemptId: 'a' });
        await expect(records.jobs.append(odd)).rejects.toThrow('must not be written');
        expect(await records.jobs.steps(JOB)).toEqual([asked()]);
      });

      test('those that are not finished are open, oldest first', async () => {
        await records.jobs.append(asked({ jobId: 'j2', at: MONDAY + 2 }));
        await records.jobs.append(asked({ jobId: 'j1', at: MONDAY + 1 }));
        await records.jobs.append(asked({ jobId: 'j3', at: MONDAY + 3 }));
        await records.jobs.append(asked({ jobId: 'j4', workspace: 'T2', at: MONDAY }));
        expect(await records.jobs.open({ workspace: T1, jobsMax: 10 })).toEqual(['j1', 'j2', 'j3']);
        expect(await records.jobs.open({ workspace: T1, jobsMax: 2 })).toEqual(['j1', 'j2']);
        await records.jobs.append(stepOf(1, { kind: 'finished' }, { jobId: 'j2' }));
        await records.jobs.append(stepOf(1, { kind: 'claimed' }, { jobId: 'j3' }));
        expect(await records.jobs.open({ workspace: T1, jobsMax: 10 })).toEqual(['j1', 'j3']);
      });

      test('one that is to be deleted is open again, until that has ended', async () => {
        const open = (page = {}) => records.jobs.open({ workspace: T1, jobsMax: 10, ...page });
        for (const jobId of ['j1', 'j2', 'j3']) await records.jobs.append(asked({ jobId }));
        for (const jobId of ['j1', 'j2']) await records.jobs.append(stepOf(1, { kind: 'finished' }, { jobId }));
        await records.jobs.append(stepOf(2, { kind: 'deleted', by: 'U1' }, { jobId: 'j2' }));
        expect(await open()).toEqual(['j2', 'j3']);
        expect(await open({ jobsMax: 1 })).toEqual(['j2']);
        expect(await open({ afterJobId: 'j2' })).toEqual(['j3']);
        await records.jobs.append(stepOf(3, { kind: 'claimed' }, { jobId: 'j2' }));
        expect(await open()).toEqual(['j2', 'j3']);
        await records.jobs.append(stepOf(4, { kind: 'deletion_ended' }, { jobId: 'j2' }));
        expect(await open()).toEqual(['j3']);
      });

      test('of a member are listed newest first, finished or not', async () => {
        const jobs = [asked({ jobId: 'j2', at: MONDAY + 2 }), asked({ jobId: 'j1', at: MONDAY + 1 })];
        jobs.push(asked({ jobId: 'j3', at: MONDAY + 3, memberId: 'U2' }), asked({ jobId: 'j4', workspace: 'T2' }));
        for (const job of jobs) await records.jobs.append(job);
        await records.jobs.append(stepOf(1, { kind: 'finished' }, { jobId: 'j2' }));
        const latest = (memberId: string, jobsMax = 10) => records.jobs.latest({ workspace: T1, memberId, jobsMax });
        expect(await latest('U1')).toEqual(['j2', 'j1']);
        expect(await latest('U1', 1)).toEqual(['j2']);
        expect(await latest('U2')).toEqual(['j3']);
        expect(await latest('U3')).toEqual([]);
      });
    });

    describe('prompts', () => {
      const text = "A cat “in space” 🐈‍⬛\n\twith 'quotes' and a \\ — Ω 𝔸";

      test('are kept as they were written, and erased', async () => {
        expect(await records.prompts.get(JOB)).toBeNull();
        expect(await records.prompts.put({ ...JOB, text })).toBe('put');
        expect(await records.prompts.get(JOB)).toBe(text);
        expect(await records.prompts.get({ ...JOB, workspace: 'T2' })).toBeNull();
        await records.prompts.erase(JOB);
        await records.prompts.erase(JOB);
        expect(await records.prompts.get(JOB)).toBeNull();
      });

      test('the first one stays', async () => {
        await records.prompts.put({ ...JOB, text });
        expect(await records.prompts.put({ ...JOB, text: 'another' })).toBe('taken');
        expect(await records.prompts.get(JOB)).toBe(text);
      });

      test('may be as long as a provider takes', async () => {
        const long = '𝔸'.repeat(32_000);
        await records.prompts.put({ ...JOB, text: long });
        expect(await records.prompts.get(JOB)).toBe(long);
      });
    });

    describe('images', () => {
      test('come back byte for byte, also an empty one', async () => {
        expect(await records.images.get(image())).toBeNull();
        expect(await records.images.put(image())).toBe('put');
        expect(same(await records.images.get(image()), image())).toBe(true);
        const empty = image({ imageId: 'j1/2', bytes: new Uint8Array() });
        await records.images.put(empty);
        expect(same(await records.images.get(empty), empty)).toBe(true);
        expect(await records.images.get(image({ workspace: 'T2' }))).toBeNull();
      });

      test('the first one stays', async () => {
        await records.images.put(image());
        expect(await records.images.put(image({ contentType: 'image/jpeg' }))).toBe('taken');
        expect((await records.images.get(image()))?.contentType).toBe('image/png');
      });

      test('are not changed by changing what was put or got', async () => {
        const put = image();
        await records.images.put(put);
        put.bytes[0] = 255;
        const got = await records.images.get(image());
        got?.bytes.fill(7);
        expect(same(await records.images.get(image()), image())).toBe(true);
      });

      test('are erased', async () => {
        await records.images.put(image());
        await records.images.erase(image());
        await records.images.erase(image());
        expect(await records.images.get(image())).toBeNull();
      });

      test('expire, so many at a time', async () => {
        for (const n of [1, 2, 3, 4]) {
          await records.images.put(image({ imageId: `j/${n}`, expiresAt: MONDAY + n, bytes: new Uint8Array(10) }));
        }
        expect(await records.images.expire({ now: MONDAY, imagesMax: 10 })).toBe(0);
        expect(await records.images.expire({ now: MONDAY + 3, imagesMax: 2 })).toBe(2);
        expect(await records.images.expire({ now: MONDAY + 3, imagesMax: 2 })).toBe(1);
        expect(await records.images.expire({ now: MONDAY + 3, imagesMax: 2 })).toBe(0);
        expect(await records.images.get(image({ imageId: 'j/3' }))).toBeNull();
        expect(await records.images.get(image({ imageId: 'j/4' }))).not.toBeNull();
      });
    });

    describe('marks', () => {
      const mark = { workspace: T1, key: 'asked C1', value: '{"ts":"1.2"}', at: MONDAY };

      test('are put once, by one of many', async () => {
        const results = await Promise.all(
          Array.from({ length: 30 }, (_, n) => records.marks.put({ ...mark, value: `v${n}` })),
        );
        expect(results.filter((result) => result === 'put')).toHaveLength(1);
        expect(await records.marks.get(mark)).toBe(`v${results.indexOf('put')}`);
      });

      test('are taken away, and can be put again', async () => {
        await records.marks.put(mark);
        expect(await records.marks.get({ ...mark, key: 'asked C2' })).toBeNull();
        await records.marks.remove(mark);
        await records.marks.remove(mark);
        expect(await records.marks.get(mark)).toBeNull();
        expect(await records.marks.put(mark)).toBe('put');
      });

      test.each([
        ['none that are younger', MONDAY, 10, []],
        ['those that begin so, and no others', MONDAY + 9, 10, ['click/a/1', 'click/a/2', 'click/ü']],
        ['no more than so many', MONDAY + 9, 2, null],
      ] as const)('expire: %s', async (_which, before, marksMax, gone) => {
        const keys = ['asked/1', 'clicj/1', 'click', 'click/a/1', 'click/a/2', 'click/ü', 'click0', 'drawing/1'];
        for (const workspace of [T1, 'T2'])
          for (const key of keys) await records.marks.put({ ...mark, workspace, key, at: MONDAY + 1 });
        await records.marks.put({ ...mark, key: 'click/young', at: MONDAY + 9 });
        const expire = () => records.marks.expire({ workspace: T1, prefix: 'click/', before, marksMax });
        expect(await expire()).toBe(gone?.length ?? 2);
        const left = async (workspace: string, of: readonly string[]) =>
          (await Promise.all(of.map((key) => records.marks.get({ workspace, key })))).map((value) => value !== null);
        expect(await left('T2', keys)).toEqual(keys.map(() => true));
        expect(await left(T1, ['click/young'])).toEqual([true]);
        if (gone) expect(await left(T1, keys)).toEqual(keys.map((key) => !(gone as readonly string[]).includes(key)));
        else expect(await expire()).toBe(1);
        expect(await expire()).toBe(0);
      });
    });
  });
}

/** `expect` compares large arrays of bytes slowly. */
const same = (one: StoredImage | null, other: StoredImage) =>
  one !== null &&
  Buffer.compare(one.bytes, other.bytes) === 0 &&
  JSON.stringify({ ...one, bytes: null }) === JSON.stringify({ ...other, bytes: null });
