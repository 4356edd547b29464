import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyBooks } from '../../../src/app/self-check/verify-books.ts';
import type { Journal } from '../../../src/storage/journal/journal.ts';
import { openSqliteJournal } from '../../../src/storage/journal/sqlite.ts';
import type { MovableRecords } from '../../../src/storage/records/records.ts';
import { openSqliteRecords } from '../../../src/storage/records/sqlite.ts';
import { asked, stepOf } from '../../support/every-step.ts';
import { agency, capture, hold, WORKSPACE } from '../../support/fixtures.ts';
import { historyOf } from '../../support/history.ts';
import { DAMAGES, overwrite, PAGE } from './damage.ts';
import { FLAVOURS, temporaryFiles } from './files.ts';

const files = temporaryFiles();
afterAll(files.remove);

const { lines } = historyOf([
  ...agency(),
  ...Array.from({ length: 150 }, (_, n) => [{ ...hold(1), commandId: `h${n}` }, capture(`h${n}/1`, 1)]).flat(),
]);

/** One ledger and one file of records, whole; each test damages a copy. */
let whole: { ledger: string; records: string };
beforeAll(async () => {
  whole = { ledger: files.next(), records: files.next() };
  const journal = openSqliteJournal(whole.ledger);
  await journal.append(lines);
  await journal.close();
  const records = openSqliteRecords(whole.records);
  for (let n = 0; n < 150; n += 1) {
    await records.jobs.append({ ...asked(), jobId: `j${n}` });
    await records.jobs.append({ ...stepOf(1, { kind: 'claimed' }), jobId: `j${n}` });
    await records.prompts.put({ workspace: 'T1', jobId: `j${n}`, text: 'a red fox '.repeat(30) });
    await records.marks.put({ workspace: 'T1', key: `mark/${n}`, value: 'x'.repeat(300), at: 1 });
  }
  await records.close();
});

function copyOf(file: string): string {
  const copy = files.next();
  mkdirSync(join(copy, '..'));
  copyFileSync(file, copy);
  return copy;
}

/** What becomes of a try: a sentence of ours, or something that nobody can read. */
async function outcomeOf(work: () => Promise<string | null>): Promise<string> {
  try {
    return (await work()) ?? 'all right';
  } catch (error) {
    const { name, code } = error as { name: string; code?: string };
    return `${name} ${code}`;
  }
}

const verified = async (journal: Journal) => {
  const result = await verifyBooks(journal, WORKSPACE);
  return result.ok ? null : 'found';
};
const checked = async (records: MovableRecords) => ((await records.check?.()) ? 'found' : null);

for (const flavour of FLAVOURS) {
  describe(`a damaged file and the ${flavour} engine`, () => {
    test.each(Object.entries(DAMAGES))(
      '%s: the ledger is turned away with a sentence, or found wrong',
      async (_, damage) => {
        const file = copyOf(whole.ledger);
        damage(file);
        const outcome = await outcomeOf(async () => {
          const journal = openSqliteJournal(file, { flavour });
          return await verified(journal).finally(() => journal.close());
        });
        expect(['found', 'SqliteFault not_a_database']).toContain(outcome);
      },
    );

    test.each(Object.entries(DAMAGES))('%s while it is open: the ledger is found wrong', async (_, damage) => {
      const file = copyOf(whole.ledger);
      const journal = openSqliteJournal(file, { flavour });
      expect(await verified(journal)).toBeNull();
      damage(file);
      expect(await outcomeOf(() => verified(journal))).toBe('found');
      await journal.close();
    });

    test.each(Object.entries(DAMAGES))('%s: so are the records', async (_, damage) => {
      const file = copyOf(whole.records);
      damage(file);
      const outcome = await outcomeOf(async () => {
        const records = openSqliteRecords(file, { flavour });
        return await checked(records).finally(() => records.close());
      });
      expect(['found', 'SqliteFault not_a_database']).toContain(outcome);
    });

    test.each(Object.entries(DAMAGES))('%s while they are open: so are the records', async (_, damage) => {
      const file = copyOf(whole.records);
      const records = openSqliteRecords(file, { flavour });
      expect(await checked(records)).toBeNull();
      damage(file);
      expect(await outcomeOf(() => checked(records))).toBe('found');
      await records.close();
    });

    test('every read and every write of pages that are gone is a fault of the store, and tells at once', async () => {
      const file = copyOf(whole.ledger);
      const told: string[] = [];
      const journal = openSqliteJournal(file, { flavour, onTrouble: ({ problem }) => void told.push(problem) });
      overwrite(file, { from: PAGE, bytes: 1_000_000, by: 0xcd });
      await journal.trouble?.();
      const corrupt = {
        name: 'JournalFault',
        code: 'corrupt',
        message: expect.stringMatching(/^x\.sqlite is damaged/),
      };
      const all = { workspace: WORKSPACE, afterSeq: 0, linesMax: 1_000 };
      const account = { workspace: WORKSPACE, account: 'agency' as const, fromAt: 0, toAt: 1e15, linesMax: 1_000 };
      for (const work of [
        () => journal.read(all),
        () => journal.findCommands({ workspace: WORKSPACE, commandIds: ['h1'] }),
        () => journal.lastSeq(WORKSPACE),
        () => journal.history(account),
        () => journal.workspaces(),
        () => journal.append(lines.slice(-1).map((line) => ({ ...line, seq: line.seq + 1, commandId: 'new' }))),
      ]) {
        const before = told.length;
        await expect(work()).rejects.toMatchObject(corrupt);
        expect(told.length).toBeGreaterThan(before);
      }
      await journal.close();
    });

    test('a file that was removed, renamed, replaced or emptied is seen while it is open', async () => {
      const moves: Record<string, (file: string) => void> = {
        removed: (file) => rmSync(file),
        renamed: (file) => renameSync(file, `${file}.old`),
        replaced: (file) => {
          rmSync(file);
          copyFileSync(whole.ledger, file);
        },
        'replaced by a rename': (file) => {
          copyFileSync(whole.ledger, `${file}.new`);
          renameSync(`${file}.new`, file);
        },
        emptied: (file) => truncateSync(file, 0),
        'without its folder': (file) => rmSync(join(file, '..'), { recursive: true }),
      };
      for (const [what, move] of Object.entries(moves)) {
        const file = copyOf(whole.ledger);
        const journal = openSqliteJournal(file, { flavour });
        expect(await journal.trouble?.()).toBeNull();
        move(file);
        expect([what, (await journal.trouble?.())?.kind]).toEqual([what, what === 'emptied' ? 'damaged' : 'moved']);
        await journal.close();
      }
    });

    test('what is in a log that was removed is saved', async () => {
      const file = copyOf(whole.ledger);
      const journal = openSqliteJournal(file, { flavour });
      const seq = await journal.lastSeq(WORKSPACE);
      await journal.trouble?.();
      const line = lines.at(-1)!;
      await journal.append([{ ...line, seq: seq + 1, commandId: 'in the log' }]);
      expect(existsSync(`${file}-wal`)).toBe(true);
      rmSync(`${file}-wal`);
      expect(await journal.trouble?.()).toMatchObject({ kind: 'moved', problem: expect.stringContaining('-wal') });
      const copy = copyOf(file);
      const again = openSqliteJournal(copy, { flavour });
      expect(await again.lastSeq(WORKSPACE)).toBe(seq + 1);
      await again.close();
      await journal.close();
    });

    test('an index beside the log that is garbage changes nothing', async () => {
      const file = copyOf(whole.ledger);
      const journal = openSqliteJournal(file, { flavour });
      await journal.append([{ ...lines.at(-1)!, seq: lines.length + 1, commandId: 'one more' }]);
      overwrite(`${file}-shm`, { from: 0, bytes: 32_768 });
      expect(await journal.trouble?.()).toBeNull();
      expect(await journal.lastSeq(WORKSPACE)).toBe(lines.length + 1);
      await journal.close();
    });
  });
}
