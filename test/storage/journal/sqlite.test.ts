import { copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { Line } from '../../../src/ledger/lines.ts';
import { Verifier } from '../../../src/ledger/verify/verifier.ts';
import { contentHash } from '../../../src/ports/content-hash.ts';
import type { Journal } from '../../../src/storage/journal/journal.ts';
import { openSqliteJournal } from '../../../src/storage/journal/sqlite.ts';
import { closeSqlite, openSqlite } from '../../../src/storage/sqlite/open.ts';
import { agency, capture, hold, WORKSPACE } from '../../support/fixtures.ts';
import { historyOf } from '../../support/history.ts';
import { FLAVOURS, temporaryFiles } from '../sqlite/files.ts';
import { journalContract } from './contract.ts';

const files = temporaryFiles();
afterAll(files.remove);

for (const flavour of FLAVOURS) {
  journalContract(`sqlite, ${flavour}`, async () => openSqliteJournal(files.next(), { flavour }));
}

const { lines } = historyOf([
  ...agency(),
  ...Array.from({ length: 40 }, (_, n) => [{ ...hold(3), commandId: `h${n}` }, capture(`h${n}/1`, 2)]).flat(),
]);
const everything = { workspace: WORKSPACE, afterSeq: 0, linesMax: 1_000 };

async function verified(journal: Journal): Promise<number> {
  const verifier = new Verifier(WORKSPACE, contentHash);
  for (const line of await journal.read(everything)) verifier.add(line);
  const result = verifier.result();
  if (!result.ok) throw new Error(`line ${result.seq} ${result.problem}`);
  return result.linesCount;
}

describe('the sqlite journal', () => {
  test('keeps its lines when it is opened again', async () => {
    const file = files.next();
    const first = openSqliteJournal(file);
    await first.append(lines);
    await first.close();
    const second = openSqliteJournal(file);
    expect(await second.read(everything)).toEqual(lines);
    await second.close();
  });

  test('can be looked at with any SQLite tool', async () => {
    const file = files.next();
    const journal = openSqliteJournal(file);
    await journal.append(lines);
    const database = openSqlite(file, { schema: ['already there'] });
    const sql = `SELECT sum(line ->> '$.capturedCredits') AS credits FROM lines WHERE line ->> '$.kind' = 'captured'`;
    expect(database.prepare(sql).get()).toEqual({ credits: 80 });
    closeSqlite(database);
    await journal.close();
  });

  test('of a newer Inkwell is refused', async () => {
    const file = files.next();
    await openSqliteJournal(file).close();
    const database = openSqlite(file, { schema: ['', ''] });
    closeSqlite(database);
    expect(() => openSqliteJournal(file)).toThrow(expect.objectContaining({ code: 'newer_schema' }));
  });

  test('on a full disk says so and writes nothing, and works again when there is room', async () => {
    const file = files.next();
    const full = openSqliteJournal(file, { pagesMax: 12 });
    let standing = 0;
    let fault: unknown = null;
    while (fault === null) {
      try {
        await full.append(lines.slice(standing, standing + 5));
        standing += 5;
      } catch (error) {
        fault = error;
      }
    }
    expect(fault).toMatchObject({ name: 'JournalFault', code: 'full' });
    expect(await full.lastSeq(WORKSPACE)).toBe(standing);
    await full.close();
    const roomy = openSqliteJournal(file);
    expect(await roomy.append(lines.slice(standing))).toBe('appended');
    expect(await roomy.read(everything)).toEqual(lines);
    await roomy.close();
  });

  test('that was changed by hand says which line is none', async () => {
    const file = files.next();
    const journal = openSqliteJournal(file);
    await journal.append(lines);
    const database = openSqlite(file, { schema: ['already there'] });
    database.exec(`UPDATE lines SET line = '{"kind":"held"}' WHERE seq = 7`);
    await expect(journal.read(everything)).rejects.toMatchObject({ code: 'corrupt', message: /^line 7 is not a line/ });
    database.exec('DELETE FROM lines WHERE seq IN (7, 40, 41, 42, 43, 44)');
    const query = { workspace: WORKSPACE, account: 'agency' as const, fromAt: 0, toAt: 1e15, linesMax: 10 };
    await expect(journal.history(query)).rejects.toMatchObject({ code: 'corrupt' });
    closeSqlite(database);
    await journal.close();
  });

  test('two connections that race for every seq leave no gap', async () => {
    const file = files.next();
    const journals = [openSqliteJournal(file), openSqliteJournal(file)];
    await journals[0]?.append(lines.slice(0, 6));
    const added = (seq: number, commandId: string): Line => ({
      ...(lines[0] as Line),
      kind: 'member_added',
      memberId: 'U1',
      role: 'viewer',
      seq,
      commandId,
      balances: [],
    });
    let lost = 0;
    const write = async (journal: Journal, writer: number) => {
      for (let n = 0; n < 200; n += 1) {
        for (;;) {
          const seq = (await journal.lastSeq(WORKSPACE)) + 1;
          await new Promise(setImmediate);
          if ((await journal.append([added(seq, `w${writer}-${n}`)])) === 'appended') break;
          lost += 1;
        }
      }
    };
    await Promise.all(journals.map(write));
    const seqs = (await journals[0]?.read(everything))?.map(({ seq }) => seq);
    expect(seqs).toEqual(Array.from({ length: 406 }, (_, n) => n + 1));
    expect(lost).toBeGreaterThan(10);
    for (const journal of journals) await journal.close();
  });
});

describe('a write-ahead log that was torn', () => {
  /** A file and its log as a crash leaves them: copied while the journal was open. */
  async function crashed(): Promise<string> {
    const file = files.next();
    const journal = openSqliteJournal(file);
    for (let from = 0; from < lines.length; from += 4) await journal.append(lines.slice(from, from + 4));
    const copy = files.next();
    mkdirSync(join(copy, '..'));
    for (const suffix of ['', '-wal']) copyFileSync(file + suffix, copy + suffix);
    await journal.close();
    return copy;
  }

  async function standingAfter(file: string, change: (log: Buffer) => Buffer): Promise<number> {
    const copy = files.next();
    mkdirSync(join(copy, '..'));
    copyFileSync(file, copy);
    writeFileSync(`${copy}-wal`, change(readFileSync(`${file}-wal`)));
    const journal = openSqliteJournal(copy);
    const standing = await verified(journal);
    expect(await journal.append(lines.slice(standing))).toBe('appended');
    expect(await verified(journal)).toBe(lines.length);
    await journal.close();
    return standing;
  }

  test('whole, it has every line', async () => {
    const file = await crashed();
    expect(statSync(`${file}-wal`).size).toBeGreaterThan(100_000);
    expect(await standingAfter(file, (log) => log)).toBe(lines.length);
  });

  test.each([31, 32])('cut or garbled anywhere: a prefix stands, verifies, and goes on; seed %i', async (seed) => {
    const file = await crashed();
    const tears = fc.record({
      where: fc.noBias(fc.nat(9_999)),
      cut: fc.boolean(),
      by: fc.integer({ min: 1, max: 255 }),
    });
    const standing: number[] = [];
    const tear = async ({ where, cut, by }: { where: number; cut: boolean; by: number }) => {
      const count = await standingAfter(file, (log) => {
        const at = Math.floor((where / 10_000) * log.length);
        if (cut) return log.subarray(0, at);
        const garbled = Buffer.from(log);
        garbled[at] = ((garbled[at] ?? 0) + by) % 256;
        return garbled;
      });
      expect(count === 0 || count % 4 === 0 || count === lines.length).toBe(true);
      standing.push(count);
    };
    await fc.assert(fc.asyncProperty(tears, tear), { seed, numRuns: 20 });
    expect(new Set(standing).size).toBeGreaterThan(4);
  });
});
