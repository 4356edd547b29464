import { join } from 'node:path';
import { Book } from '../../src/book/book.ts';
import { touchedBy } from '../../src/ledger/kinds/kinds.ts';
import type { Line } from '../../src/ledger/lines.ts';

import { timelessClock } from '../../src/start/real-clock.ts';
import type { Journal } from '../../src/storage/journal/journal.ts';
import { openSqliteJournal } from '../../src/storage/journal/sqlite.ts';
import { openSqlite } from '../../src/storage/sqlite/open.ts';
import { images } from './people.ts';
import { median, timed } from './report.ts';
import { openingCommands, WORKSPACE } from './workload.ts';

const AT_ONCE = 64;
const ROUNDS = 5;
const clock = timelessClock(() => Date.now());

/**
 * Holds and captures through the book, each waiting for its answer, against the very same lines appended straight to a
 * journal of the same kind, and as ready-made rows into a bare table, in batches as large as the book's were. Rounds take
 * turns; all three wait for the disk.
 */
export async function throughput(folder: string, { imagesCount }: { imagesCount: number }) {
  const journal = openSqliteJournal(join(folder, 'book.sqlite'));
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
  const straight = openSqliteJournal(join(folder, 'straight.sqlite'));
  await straight.append(await linesAfter(journal, 0));
  const bare = openBare(join(folder, 'bare.sqlite'));

  const spentMs: { book: number[]; straight: number[]; bare: number[] } = { book: [], straight: [], bare: [] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    batches.length = 0;
    const afterSeq = await journal.lastSeq(WORKSPACE);
    const byBook = await timed(() => images(book, { from: round * imagesCount, count: imagesCount, people: AT_ONCE }));
    const lines = await linesAfter(journal, afterSeq);
    const byHand = await timed(() => appendAll(straight, lines, batches));
    const rows = lines.map(rowOf);
    const bareRows = await timed(() => bare.insert(rows, batches));
    // The first round warms up.
    if (round === 0) continue;
    spentMs.book.push(byBook);
    spentMs.straight.push(byHand);
    spentMs.bare.push(bareRows);
  }
  await book.close();
  await journal.close();
  await straight.close();
  bare.close();
  const perS = (roundsMs: readonly number[]) => ((imagesCount * 2) / median(roundsMs)) * 1_000;
  return {
    bookPerS: perS(spentMs.book),
    straightPerS: perS(spentMs.straight),
    barePerS: perS(spentMs.bare),
    batchMean: batches.reduce((sum, count) => sum + count, 0) / batches.length,
  };
}

async function appendAll(journal: Journal, lines: readonly Line[], batches: readonly number[]): Promise<void> {
  let from = 0;
  for (const size of batches) {
    await journal.append(lines.slice(from, from + size));
    from += size;
  }
}

type Row = readonly [string, number, number, string, string, string];

const linesAfter = (journal: Journal, afterSeq: number): Promise<Line[]> =>
  journal.read({ workspace: WORKSPACE, afterSeq, linesMax: 10_000_000 });

const rowOf = (line: Line): Row => [
  line.workspace,
  line.seq,
  line.at,
  line.commandId,
  ` ${touchedBy(line).join(' ')} `,
  JSON.stringify(line),
];

function openBare(file: string) {
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
