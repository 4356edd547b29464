import { afterEach, beforeEach, expect, test } from 'vitest';
import { Book } from '../../src/book/book.ts';
import { openMongoJournal } from '../../src/storage/journal/mongo.ts';
import { indexByAccount, lineModel, linesQueries } from '../../src/storage/journal/mongo-lines.ts';
import { type Mongo, openMongo, WAIT_MS } from '../../src/storage/mongo/open.ts';
import { openMongoRecords } from '../../src/storage/records/mongo.ts';
import { imageModel, imagesQueries } from '../../src/storage/records/mongo-images.ts';
import { stepModel, stepsQueries } from '../../src/storage/records/mongo-jobs.ts';
import { writeManyLines } from '../storage/journal/history-contract.ts';
import { createClock } from '../support/clock.ts';
import { agency, commandOf, hold, WORKSPACE } from '../support/fixtures.ts';
import { given } from '../support/given.ts';
import { describeOnMongoDbItself, server, testDatabase } from '../support/mongo.ts';

const isReplicaSet = await looksLikeReplicaSet();

/** What FerretDB cannot show: it has no planner worth asking, takes nothing away by itself, and never steps down. */
describeOnMongoDbItself(`what only MongoDB itself can show${server ? ` (the server is ${server.name})` : ''}`, () => {
  const database = testDatabase('itself');
  const { lines } = given(agency(), hold(3));

  beforeEach(() => database.empty());
  afterEach(() => database.close());

  test('explain: no question that is asked scans a collection, and none sorts in memory', async () => {
    const mongo = await database.open();
    await (await openMongoJournal(mongo)).append(lines);
    await indexByAccount(lineModel(mongo));
    await openMongoRecords(mongo);
    const ask = { ...linesQueries(lineModel(mongo)), images: imagesQueries(mongo) };
    const askSteps = stepsQueries(stepModel(mongo));
    const job = { workspace: WORKSPACE, jobId: 'j1' };
    const page = { workspace: WORKSPACE, account: 'client:acme', fromSeq: 1, beforeSeq: 9, linesMax: 9 } as const;
    const plans: Record<string, unknown> = {
      after: await ask.after({ workspace: WORKSPACE, afterSeq: 2, linesMax: 9 }).explain('queryPlanner'),
      at: await ask.at({ workspace: WORKSPACE, seq: 2 }).explain('queryPlanner'),
      byCommand: await ask.byCommand({ workspace: WORKSPACE, commandIds: ['c1'] }).explain('queryPlanner'),
      last: await ask.last(WORKSPACE).explain('queryPlanner'),
      touching: await ask.touching({ ...page, isIndexed: false }).explain('queryPlanner'),
      touchingIndexed: await ask.touching({ ...page, isIndexed: true }).explain('queryPlanner'),
      workspaces: await mongo.connection.db?.command({
        explain: { distinct: 'lines', key: 'workspace' },
        verbosity: 'queryPlanner',
      }),
      step: await askSteps.at({ ...job, stepNo: 1 }).explain('queryPlanner'),
      steps: await askSteps.steps(job).explain('queryPlanner'),
      open: await askSteps.open({ workspace: WORKSPACE, after: '', jobsMax: 9 }).explain('queryPlanner'),
      turns: await askSteps.turns({ workspace: WORKSPACE, jobIds: ['j1'] }).explain('queryPlanner'),
      latest: await askSteps.latest({ workspace: WORKSPACE, memberId: 'U1', jobsMax: 9 }).explain('queryPlanner'),
      image: await ask.images.image('T1 j1/1').explain('queryPlanner'),
      expired: await ask.images.expired({ now: 5, imagesMax: 9 }).explain('queryPlanner'),
    };
    for (const [question, plan] of Object.entries(plans)) {
      const text = JSON.stringify(plan);
      expect({ question, scans: /"COLLSCAN"/.test(text), sorts: /"stage":"SORT"/.test(text) }).toEqual({
        question,
        scans: false,
        sorts: false,
      });
    }
  });

  test('explain: a history examines the lines that it answers, and no others', async () => {
    const mongo = await database.open();
    await writeManyLines(await openMongoJournal(mongo), 5_000);
    await indexByAccount(lineModel(mongo));
    const { touching } = linesQueries(lineModel(mongo));
    const page = { workspace: 'T1', fromSeq: 1, beforeSeq: 5_001, linesMax: 9, isIndexed: true } as const;
    for (const [account, linesCount] of [
      ['client:once', 1],
      ['client:often', 9],
    ] as const) {
      const plan = (await touching({ ...page, account }).explain('executionStats')) as unknown as {
        executionStats: { totalDocsExamined: number; totalKeysExamined: number };
      };
      const { totalDocsExamined, totalKeysExamined } = plan.executionStats;
      expect({ account, totalDocsExamined }).toEqual({ account, totalDocsExamined: linesCount });
      expect(totalKeysExamined).toBeLessThan(linesCount + 3);
    }
  });

  test('TTL: an image that expired long ago is taken away without an Inkwell', async () => {
    const mongo = await database.open();
    const { images } = await openMongoRecords(mongo);
    const admin = mongo.connection.db?.admin();
    await admin?.command({ setParameter: 1, ttlMonitorSleepSecs: 1 });
    const image = { workspace: 'T1', contentType: 'image/png', costMicroUsd: 1, madeAt: 1, bytes: new Uint8Array(9) };
    await images.put({ ...image, imageId: 'long-ago', expiresAt: Date.now() - 8 * 86_400_000 });
    await images.put({ ...image, imageId: 'yesterday', expiresAt: Date.now() - 86_400_000 });
    for (let looks = 0; looks < 700 && (await imageModel(mongo).countDocuments({})) > 1; looks += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(await images.get({ workspace: 'T1', imageId: 'long-ago' })).toBeNull();
    expect(await images.get({ workspace: 'T1', imageId: 'yesterday' })).not.toBeNull();
    await images.expire({ now: Date.now(), imagesMax: 9 });
    expect(await mongo.connection.collection('image_bytes.chunks').countDocuments()).toBe(0);
  }, 90_000);

  (isReplicaSet ? test : test.skip)(
    'the primary steps down for real while commands come in: each is answered once, and the book recovers by itself',
    async () => {
      const journal = await openMongoJournal(await database.open({ waitMs: WAIT_MS }));
      const book = await Book.open({ journal, clock: createClock(), workspace: WORKSPACE });
      for (const [n, asked] of agency().entries()) await book.submit(commandOf(asked, `c${n}`));
      const other = await database.open();
      const termBefore = await electionTerm(other);
      const asked = Array.from({ length: 200 }, async (_, n) => {
        await new Promise((resolve) => setTimeout(resolve, n * 10));
        return book.submit(commandOf(hold(1), `h${n}`));
      });
      // The server breaks connections while it steps down, that of whoever told it to among them.
      await other.connection.db
        ?.admin()
        .command({ replSetStepDown: 3, force: true })
        .catch(() => undefined);
      await Promise.allSettled(asked);
      for (let looks = 0; looks < 200; looks += 1) {
        const again = await book.submit(commandOf(hold(1), 'last')).catch(() => null);
        if (again) break;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      const answers = await Promise.all(
        Array.from({ length: 200 }, (_, n) => book.submit(commandOf(hold(1), `h${n}`))),
      );
      const stored = await journal.read({ workspace: WORKSPACE, afterSeq: 0, linesMax: 1_000 });
      expect(stored.map(({ seq }) => seq)).toEqual(stored.map((_, index) => index + 1));
      for (const { line } of answers) expect(stored).toContainEqual(line);
      // Where nothing stepped down, all of the above proves nothing.
      expect(await electionTerm(await database.open())).toBeGreaterThan(termBefore);
    },
    60_000,
  );
});

/** Counts the elections of a replica set: who steps down and comes back has been elected again. */
async function electionTerm({ connection }: Mongo): Promise<number> {
  const status = await connection.db?.admin().command({ replSetGetStatus: 1 });
  return Number(status?.term);
}

/** A standalone has no primary that could step down, whatever it answers to the command. */
async function looksLikeReplicaSet(): Promise<boolean> {
  if (server?.name !== 'MongoDB') return false;
  const mongo = await openMongo(server.uri, { waitMs: 20_000 });
  const hello = await mongo.connection.db?.admin().command({ hello: 1 });
  await mongo.close();
  if (!hello?.setName) console.warn('A primary that steps down: SKIPPED, the MongoDB of the tests is no replica set.');
  return typeof hello?.setName === 'string';
}
