import { afterAll, describe, expect, test } from 'vitest';
import { foldJob } from '../../../src/storage/records/fold-job.ts';
import { openSqliteRecords } from '../../../src/storage/records/sqlite.ts';
import { closeSqlite, openSqlite } from '../../../src/storage/sqlite/open.ts';
import { MONDAY } from '../../support/clock.ts';
import { asked, stepOf } from '../../support/every-step.ts';
import { FLAVOURS, standsIn, temporaryFiles } from '../sqlite/files.ts';
import { recordsContract } from './contract.ts';

const files = temporaryFiles();
afterAll(files.remove);

for (const flavour of FLAVOURS) {
  recordsContract(`sqlite, ${flavour}`, async () => openSqliteRecords(files.next(), { flavour }));
}

const image = (imageId: string, bytes: Uint8Array, expiresAt = MONDAY) => ({
  workspace: 'T1',
  imageId,
  contentType: 'image/png',
  bytes,
  costMicroUsd: 1,
  madeAt: MONDAY,
  expiresAt,
});

describe('the sqlite records', () => {
  test('keep what they have when they are opened again', async () => {
    const file = files.next();
    const first = openSqliteRecords(file);
    await first.jobs.append(asked());
    await first.images.put(image('j1/1', new Uint8Array([1, 2, 3])));
    await first.close();
    const second = openSqliteRecords(file);
    expect(await second.jobs.steps({ workspace: 'T1', jobId: 'j1' })).toEqual([asked()]);
    expect(Buffer.from((await second.images.get({ workspace: 'T1', imageId: 'j1/1' }))?.bytes ?? [])).toEqual(
      Buffer.from([1, 2, 3]),
    );
    await second.close();
  });

  test('two connections see each other’s steps, and share out their numbers', async () => {
    const file = files.next();
    const [one, other] = [openSqliteRecords(file), openSqliteRecords(file)];
    expect(await one.jobs.append(asked())).toBe('appended');
    expect(await other.jobs.append(stepOf(1, { kind: 'claimed' }))).toBe('appended');
    expect(await one.jobs.append(stepOf(1, { kind: 'finished' }))).toBe('taken');
    expect(await one.jobs.open({ workspace: 'T1', jobsMax: 9 })).toEqual(['j1']);
    await one.close();
    await other.close();
  });

  test('on a full disk say so and write nothing; what is erased makes room', async () => {
    const records = openSqliteRecords(files.next(), { pagesMax: 80 });
    await records.images.put(image('j1/1', new Uint8Array(100_000)));
    const big = image('j1/2', new Uint8Array(250_000));
    await expect(records.images.put(big)).rejects.toMatchObject({ name: 'RecordsFault', code: 'full' });
    expect(await records.images.get(big)).toBeNull();
    await records.images.erase(image('j1/1', new Uint8Array()));
    expect(await records.images.put(big)).toBe('put');
    await records.close();
  });

  test('read the steps of earlier versions, which knew no projects', async () => {
    const file = files.next();
    const records = openSqliteRecords(file);
    await records.jobs.append(asked());
    await records.jobs.append(stepOf(1, { kind: 'held', clientId: 'acme', projectId: null, holdDeadlineAt: MONDAY }));
    const database = openSqlite(file, { schema: ['already there'] });
    database.exec(`UPDATE steps SET step = json_remove(step, '$.namedProjectId', '$.insteadOf', '$.projectId')`);
    closeSqlite(database);
    const steps = await records.jobs.steps({ workspace: 'T1', jobId: 'j1' });
    expect(foldJob(steps)).toMatchObject({ namedProjectId: null, insteadOf: null, projectId: null, clientId: 'acme' });
    await records.close();
  });

  test('say which job has a step that is none', async () => {
    const file = files.next();
    const records = openSqliteRecords(file);
    await records.jobs.append(asked());
    const database = openSqlite(file, { schema: ['already there'] });
    database.exec(`UPDATE steps SET step = '{"kind":"asked"}'`);
    closeSqlite(database);
    await expect(records.jobs.steps({ workspace: 'T1', jobId: 'j1' })).rejects.toMatchObject({
      name: 'RecordsFault',
      code: 'corrupt',
      message: 'job j1 is not a step of a job',
    });
    await records.close();
  });
});

describe('what was erased is in no file any more', () => {
  const secret = Buffer.from('the launch of the Zyxthor-9 perfume');
  const bytes = Buffer.concat(Array.from({ length: 4_000 }, (_, n) => Buffer.concat([secret, Buffer.from(`${n};`)])));

  test('an image, also one that expired', async () => {
    const file = files.next();
    const records = openSqliteRecords(file);
    await records.images.put(image('j1/1', bytes, MONDAY + 1));
    await records.images.put(image('j1/2', bytes, MONDAY));
    await records.images.put(image('j1/3', Buffer.from('stays'), MONDAY + 1));
    expect(standsIn(file, secret)).toBe(true);
    expect(await records.images.expire({ now: MONDAY, imagesMax: 10 })).toBe(1);
    await records.images.erase(image('j1/1', bytes));
    expect(standsIn(file, secret)).toBe(false);
    expect(standsIn(file, Buffer.from('stays'))).toBe(true);
    await records.close();
  });

  test('a prompt, of many that were written in no order', async () => {
    const file = files.next();
    const records = openSqliteRecords(file);
    const jobIds = Array.from({ length: 300 }, (_, n) => `j${(n * 7_919) % 300}`);
    for (const jobId of jobIds) {
      const text = `${secret} for ${jobId}${'!'.repeat(Number(jobId.slice(1)) * 3)}`;
      await records.prompts.put({ workspace: 'T1', jobId, text });
    }
    for (const jobId of jobIds.slice(1)) await records.prompts.erase({ workspace: 'T1', jobId });
    expect(standsIn(file, Buffer.from(`${secret} for ${jobIds[0]}`))).toBe(true);
    await records.prompts.erase({ workspace: 'T1', jobId: jobIds[0] as string });
    expect(standsIn(file, secret)).toBe(false);
    await records.close();
  });
});
