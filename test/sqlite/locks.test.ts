import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ImageMaker } from '../../src/images/image-maker.ts';
import { openSqliteJournal } from '../../src/journal/sqlite.ts';
import { openSqliteRecords } from '../../src/records/sqlite.ts';
import { openSqlite } from '../../src/sqlite/open.ts';
import type { Running } from '../../src/start.ts';
import { PNG } from '../playground/support.ts';
import { demoFolder, startDemo } from '../support/demo.ts';
import { programOfRun } from '../support/program.ts';
import { FLAVOURS, temporaryFiles } from './files.ts';

const program = programOfRun('test/sqlite/hold-lock.ts');
const files = temporaryFiles();
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  files.remove();
});

const READER = 'BEGIN; SELECT count(*) FROM sqlite_schema';
const WRITER = 'BEGIN IMMEDIATE';
const EXCLUSIVE = 'BEGIN EXCLUSIVE';

/** Another program that has the files; resolves once it has them, and `ended` once it has let go. */
async function lock(sql: string, ms: number, ...paths: string[]): Promise<{ ended: Promise<unknown> }> {
  const child = spawn(process.execPath, [program, sql, String(ms), ...paths], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const ended = once(child, 'exit');
  await once(child.stdout!, 'data');
  return { ended };
}

/** The longest time in which nothing else could happen in this process. */
function watchLoop() {
  let last = performance.now();
  let longestMs = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    longestMs = Math.max(longestMs, now - last);
    last = now;
  }, 5).unref();
  return () => {
    clearInterval(timer);
    return longestMs;
  };
}

/** Acks are due in three seconds, and the machine that runs this may be busy. Whatever stops the whole process for this long stops everybody's. */
const STANDSTILL_MS = 2_000;

const quick: ImageMaker = {
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

  test.each([
    ['a long reader', READER, 2_000],
    ['a writer', WRITER, 500],
    ['a writer', WRITER, 2_000],
    ['an exclusive lock', EXCLUSIVE, 500],
    ['an exclusive lock', EXCLUSIVE, 10_000],
  ])('%s (%s) of %i ms: everybody is acked, and answered; nothing is charged twice or lost', async (_, sql, ms) => {
    const slack = running.slack!;
    const { book, running: atWork } = running.world;
    // Drawing takes the processor for a while: what is measured here is the waiting.
    running.world.makers = { ...running.world.makers, maker: quick };
    const capturedBefore = book.now().use.size;
    const { ended } = await lock(sql, ms, join(dataDir, 'ledger.sqlite'), join(dataDir, 'records.sqlite'));
    const longest = watchLoop();
    const asked = ['U0ANA', 'U0BEN'].flatMap((by) => [1, 2].map((n) => ({ by, text: `a red fox ${n} of ${by}` })));
    const acks = await Promise.all(
      asked.map(async ({ by, text }) => {
        const at = performance.now();
        const answer = await slack.as(by).command('/imagine', text, { channelId: 'C0NORTHWIND' });
        return { answer, tookMs: performance.now() - at };
      }),
    );
    for (const { answer, tookMs } of acks) {
      expect(answer).toEqual({ ok: true });
      expect(tookMs).toBeLessThan(STANDSTILL_MS);
    }
    const outcomes = () =>
      asked.map(({ by, text }) => ({
        images: slack.messages('C0NORTHWIND').filter(({ blocks }) => {
          const words = JSON.stringify(blocks);
          return words.includes(text) && words.includes('"type":"image"');
        }).length,
        told: slack
          .messages('C0NORTHWIND', { as: by })
          .filter(({ ephemeral, text: said }) => ephemeral && /nothing was charged|goes on by itself/.test(said))
          .length,
      }));
    await slack.until(() => outcomes().every(({ images, told }) => images + told > 0) || null, 20_000);
    expect(longest()).toBeLessThan(STANDSTILL_MS);
    await ended;
    await slack.until(() => (atWork.size === 0 && book.now().holds.size === 0) || null, 15_000);
    const shown = outcomes().reduce((sum, { images }) => sum + images, 0);
    const lines = await book.linesBefore({ beforeSeq: book.now().seq + 1, linesMax: 200 });
    const foxes = lines.filter(({ kind, at }) => kind === 'captured' && at > Date.now() - 60_000);
    expect(foxes).toHaveLength(shown);
    for (const { images } of outcomes()) expect(images).toBeLessThanOrEqual(1);
    if (ms <= 2_000) expect(shown).toBe(asked.length);
    expect(capturedBefore).toBeGreaterThan(0);
  });
});

for (const flavour of FLAVOURS) {
  describe(`the stores and the ${flavour} engine, while another program has the file`, () => {
    test('wait for it without holding anybody up, and then say that nothing was written', async () => {
      const [ledger, kept] = [files.next(), files.next()];
      const journal = openSqliteJournal(ledger, { flavour });
      const records = openSqliteRecords(kept, { flavour });
      const mark = { workspace: 'T1', key: 'k', value: '', at: 1 };
      const { ended } = await lock(EXCLUSIVE, 4_500, kept);
      const longest = watchLoop();
      const waiting = Array.from({ length: 20 }, (_, n) => records.marks.put({ ...mark, key: `k${n}` }));
      const outcomes = await Promise.allSettled(waiting);
      for (const each of outcomes)
        expect(each).toMatchObject({ status: 'rejected', reason: { name: 'RecordsFault', code: 'unavailable' } });
      expect(longest()).toBeLessThan(STANDSTILL_MS);
      await ended;
      expect(await records.marks.put(mark)).toBe('put');
      await journal.close();
      await records.close();
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
