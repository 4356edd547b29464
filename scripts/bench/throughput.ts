import { join } from 'node:path';
import { Book } from '../../src/app/book.ts';
import { openSqliteJournal } from '../../src/journal/sqlite.ts';
import { touchedBy } from '../../src/ledger/balances.ts';
import type { Line } from '../../src/ledger/lines.ts';
import { openSqlite } from '../../src/sqlite/open.ts';
import { median, timed } from './report.ts';
import { imageCommands, openingCommands, WORKSPACE } from './workload.ts';

const AT_ONCE = 64;
const ROUNDS = 5;
const clock = { now: () => Date.now(), sleep: async () => {} };

/**
 * Holds and captures through the book, each waiting for its answer, against the very same lines inserted straight into
 * SQLite, ready-made, in batches as large as the book's were. Rounds take turns; both wait for the disk.
 */
export async function throughput(folder: string, { imagesCount }: { imagesCount: number }) {
  const file = join(folder, 'book.sqlite');
  const journal = openSqliteJournal(file);
  const batches: number[] = [];
  const counted = {
    ...journal,
    append: async (lines: readonly Line[]) => {
      batches.push(lines.length);
      return await journal.append(lines);
    },
  };
  const book = await Book.open({ journal: counted, clock, workspace: WORKSPACE });
  for (const { command } of openingCommands()) await book.submit(command);
  const raw = openRaw(join(folder, 'raw.sqlite'));

  const [bookMs, rawMs]: [number[], number[]] = [[], []];
  for (let round = 0; round <= ROUNDS; round += 1) {
    batches.length = 0;
    const afterSeq = await journal.lastSeq(WORKSPACE);
    const byBook = await timed(() => images(book, { from: round * imagesCount, count: imagesCount }));
    const rows = await rowsAfter(journal, afterSeq);
    const byHand = await timed(() => raw.insert(rows, batches));
    // The first round warms up.
    if (round > 0) {
      bookMs.push(byBook);
      rawMs.push(byHand);
    }
  }
  const batchMean = batches.reduce((sum, count) => sum + count, 0) / batches.length;
  await book.close();
  await journal.close();
  raw.close();
  const linesCount = imagesCount * 2;
  return { bookPerS: (linesCount / median(bookMs)) * 1_000, rawPerS: (linesCount / median(rawMs)) * 1_000, batchMean };
}

/** So many people at once, each waiting for the hold before the capture. */
async function images(book: Book, { from, count }: { from: number; count: number }): Promise<void> {
  let next = from;
  const person = async () => {
    while (next < from + count) {
      const { hold, capture } = imageCommands(next);
      next += 1;
      for (const { command } of [hold, capture]) {
        const answer = await book.submit(command);
        if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, person));
}

type Row = readonly [string, number, number, string, string, string];

async function rowsAfter(journal: ReturnType<typeof openSqliteJournal>, afterSeq: number): Promise<Row[]> {
  const lines = await journal.read({ workspace: WORKSPACE, afterSeq, linesMax: 10_000_000 });
  return lines.map((line) => [
    line.workspace,
    line.seq,
    line.at,
    line.commandId,
    ` ${touchedBy(line).join(' ')} `,
    JSON.stringify(line),
  ]);
}

function openRaw(file: string) {
  const database = openSqlite(file, {
    schema: [
      `CREATE TABLE lines (workspace TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, command_id TEXT NOT NULL,
         accounts TEXT NOT NULL, line TEXT NOT NULL, PRIMARY KEY (workspace, seq)) STRICT;
       CREATE UNIQUE INDEX lines_by_command ON lines (workspace, command_id)`,
    ],
  });
  const insert = database.prepare('INSERT INTO lines VALUES (?, ?, ?, ?, ?, ?)');
  return {
    insert(rows: readonly Row[], batches: readonly number[]) {
      let from = 0;
      for (const size of batches) {
        database.exec('BEGIN IMMEDIATE');
        for (const row of rows.slice(from, from + size)) insert.run(...row);
        database.exec('COMMIT');
        from += size;
      }
    },
    close: () => database.close(),
  };
}
