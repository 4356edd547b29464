import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from '@inkwell/local-slack/test/support.ts';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ImageProvider } from '../../../src/images/image-provider.ts';
import type { Running } from '../../../src/start/start.ts';
import { openSqliteJournal } from '../../../src/storage/journal/sqlite.ts';
import { openSqliteRecords } from '../../../src/storage/records/sqlite.ts';
import { closeSqlite, openSqlite } from '../../../src/storage/sqlite/open.ts';
import { inTransaction } from '../../../src/storage/sqlite/write.ts';
import { demoFolder, startDemo } from '../../support/demo.ts';
import { someOf } from '../../support/is-long.ts';
import { FLAVOURS, temporaryFiles } from './files.ts';
import { EXCLUSIVE, locksOfAnotherProgram, READER, WRITER } from './locks-of-another.ts';

const locks = locksOfAnotherProgram();
const { lock } = locks;
const files = temporaryFiles();
afterAll(() => {
  locks.release();
  files.remove();
});

/** How often others had their turn in this process, until it is asked. */
function countTurns() {
  let turns = 0;
  let isCounting = true;
  const count = () => {
    turns += 1;
    if (isCounting) setImmediate(count);
  };
  setImmediate(count);
  return () => {
    isCounting = false;
    return turns;
  };
}

const quick: ImageProvider = {
  make: async () => ({ kind: 'done', bytes: new Uint8Array(PNG), contentType: 'image/png', costMicroUsd: 0 }),
};

describe('the product, while another program has its files', () => {
  let dataDir: string;
  let running: Running;
  beforeEach(async () => {
    dataDir = await demoFolder();
    running = await startDemo(dataDir);
  });
  afterEach(async () => {
    await running.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const cases: [string, string, number][] = [
    ['a writer', WRITER, 2_000],
    ['a long reader', READER, 2_000],
    ['an exclusive lock', EXCLUSIVE, 500],
    ['a writer', WRITER, 500],
    ['an exclusive lock', EXCLUSIVE, 10_000],
  ];
  test.each(someOf(cases, 5))(
    '%s (%s) of %i ms: everybody is acked, and answered; nothing is charged twice or lost',
    async (_, sql, ms) => {
      const slack = running.slack!;
      const { book, running: atWork } = running.context;
      // Drawing takes the processor for a while: what is measured here is the waiting.
      running.context.providers = { ...running.context.providers, images: quick };
      const capturedBefore = book.now().use.size;
      const { ended } = await lock(sql, ms, join(dataDir, 'ledger.sqlite'), join(dataDir, 'records.sqlite'));
      const asked = ['U0ANA', 'U0BEN'].flatMap((by) => [1, 2].map((n) => ({ by, text: `a red fox ${n} of ${by}` })));
      // Slack takes an ack for three seconds. That nothing waits in this process is shown below, where no busy machine hides it.
      const acks = await Promise.all(
        asked.map(({ by, text }) => slack.as(by).command('/imagine', text, { channelId: 'C0NORTHWIND' })),
      );
      expect(acks).toEqual(asked.map(() => ({ ok: true })));
      const outcomes = () =>
        asked.map(({ by, text }) => ({
          images: slack.messages('C0NORTHWIND').filter(({ blocks }) => {
            const words = JSON.stringify(blocks);
            return words.includes(text) && words.includes('"type":"image"');
          }).length,
          told: slack
            .messages('C0NORTHWIND', { as: by })
            .filter(
              ({ ephemeral, text: said }) =>
                ephemeral && /[Nn]othing was (made or )?charged|will continue on its own/.test(said),
            ).length,
        }));
      await slack.until(() => outcomes().every(({ images, told }) => images + told > 0) || null, 20_000);
      await ended;
      await slack.until(() => (atWork.size === 0 && book.now().holds.size === 0) || null, 15_000);
      const shown = outcomes().reduce((sum, { images }) => sum + images, 0);
      const lines = await book.linesBefore({ beforeSeq: book.now().seq + 1, linesMax: 200 });
      const foxes = lines.filter(({ kind, at }) => kind === 'captured' && at > Date.now() - 60_000);
      expect(foxes).toHaveLength(shown);
      for (const { images } of outcomes()) expect(images).toBeLessThanOrEqual(1);
      if (ms <= 2_000) expect(shown).toBe(asked.length);
      expect(capturedBefore).toBeGreaterThan(0);
    },
  );
});

for (const flavour of someOf(FLAVOURS, 2)) {
  describe(`the stores and the ${flavour} engine, while another program has the file`, () => {
    test('wait for it without holding anybody up, and then say that nothing was written', async () => {
      const [ledger, kept] = [files.next(), files.next()];
      const journal = openSqliteJournal(ledger, { flavour });
      const records = openSqliteRecords(kept, { flavour });
      const mark = { workspace: 'T1', key: 'k', value: '', at: 1 };
      const { ended } = await lock(EXCLUSIVE, 4_500, kept);
      const turns = countTurns();
      const waiting = Array.from({ length: 20 }, (_, n) => records.marks.put({ ...mark, key: `k${n}` }));
      const outcomes = await Promise.allSettled(waiting);
      for (const each of outcomes)
        expect(each).toMatchObject({ status: 'rejected', reason: { name: 'RecordsFault', code: 'unavailable' } });
      // Every attempt of each of them leaves the others a turn: who waits in SQLite leaves one in seconds.
      expect(turns()).toBeGreaterThan(waiting.length * 5);
      await ended;
      expect(await records.marks.put(mark)).toBe('put');
      await journal.close();
      await records.close();
    });

    test.each([
      ['a writer', WRITER],
      ['an exclusive lock', EXCLUSIVE],
    ])('an attempt waits for nothing: %s', async (_, sql) => {
      const file = files.next();
      const database = openSqlite(file, { schema: ['CREATE TABLE t (n INTEGER)'], flavour });
      expect(Object.values(database.prepare('PRAGMA busy_timeout').get() as object)).toEqual([0]);
      const { ended } = await lock(sql, 2_000, file);
      const took = Array.from({ length: 100 }, () => {
        const at = performance.now();
        expect(inTransaction(database, () => {})).toMatchObject({ kind: 'fault', code: 'unavailable' });
        return performance.now() - at;
      });
      // The one in the middle: a busy machine makes some of them long, and a wait makes all of them long.
      expect(took.toSorted((a, b) => a - b)[50]).toBeLessThan(10);
      await ended;
      closeSqlite(database);
    });

    test('a start says which file is locked, and by whom it may be', async () => {
      const file = files.next();
      await openSqliteJournal(file, { flavour }).close();
      const { ended } = await lock(EXCLUSIVE, 2_000, file);
      expect(() => openSqlite(file, { schema: [''], flavour, openWaitMs: 50 })).toThrow(
        expect.objectContaining({ code: 'locked', message: expect.stringContaining('locked by another program') }),
      );
      await ended;
    });
  });
}
