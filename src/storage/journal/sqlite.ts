import { touchedBy } from '../../ledger/kinds/kinds.ts';
import type { Line } from '../../ledger/lines.ts';
import type { Database } from '../sqlite/engine.ts';

import { type FileOptions, openFile, type SqliteFile } from '../sqlite/file.ts';
import { firstOf, gapBefore, type HistoryQuery, type Journal, JournalFault } from './journal.ts';
import { parseLine } from './line.ts';
import { lineText } from './line-text.ts';
import { createPages, ENTERED, enterOldLines, makePages, PAGE_LINES, pageOf, pageQuery } from './sqlite-pages.ts';

/**
 * `accounts` is the touched accounts between spaces: by these an account's lines are picked out of the pages that have
 * some (`sqlite-pages.ts`). Not WITHOUT ROWID: rows of a kilobyte would make the file 2.5 times as large and reading it
 * twice as slow.
 */
const SCHEMA = [
  `CREATE TABLE lines (
     workspace TEXT NOT NULL,
     seq INTEGER NOT NULL,
     at INTEGER NOT NULL,
     command_id TEXT NOT NULL,
     accounts TEXT NOT NULL,
     line TEXT NOT NULL,
     PRIMARY KEY (workspace, seq)
   ) STRICT;
   CREATE UNIQUE INDEX lines_by_command ON lines (workspace, command_id)`,
];

type Row = { seq: number; at: number; line: string };

/** A journal in one SQLite file: several processes may write to it, each append is one transaction. */
export const openSqliteJournal = (file: string, options: FileOptions = {}): Journal =>
  openFile(file, {
    ...options,
    schema: SCHEMA,
    make: makePages,
    build: journalIn,
    fault: (code, details) => new JournalFault(code, details),
  });

/** Returns whether there is any line, before the journal is opened. */
export const holdsLines = (path: string): boolean =>
  openFile(path, {
    schema: SCHEMA,
    fault: (code, details) => new JournalFault(code, details),
    build: ({ database, close }) => {
      const found = database.prepare('SELECT 1 FROM lines LIMIT 1').get();
      close();
      return found !== undefined;
    },
  });

function journalIn(file: SqliteFile): Journal {
  const { database, read, write } = file;
  const pages = createPages(database);
  const insert = database.prepare(
    'INSERT INTO lines (workspace, seq, at, command_id, accounts, line) VALUES (?, ?, ?, ?, ?, ?)',
  );
  // The line alone: a column more is a fifth more to read, and lines count without a gap.
  const readAfter = database.prepare('SELECT line FROM lines WHERE workspace = ? AND seq > ? ORDER BY seq LIMIT ?');
  // A list for a row, not an object: a sixth of what a page costs here.
  readAfter.setReturnArrays(true);
  const stands = database.prepare('SELECT 1 FROM lines WHERE workspace = ? AND seq = ?');
  const byCommand = database.prepare(
    'SELECT seq, line FROM lines WHERE workspace = ? AND command_id IN (SELECT value FROM json_each(?))',
  );
  const last = database.prepare('SELECT max(seq) AS seq FROM lines WHERE workspace = ?');
  const atOf = database.prepare('SELECT at FROM lines WHERE workspace = ? AND seq = ?');
  const touching = database.prepare(
    `SELECT seq, at, line FROM lines WHERE workspace = ? AND seq >= ? AND seq < ? AND instr(accounts, ?)
     ORDER BY seq DESC LIMIT ?`,
  );
  const nextWorkspace = database.prepare('SELECT min(workspace) AS workspace FROM lines WHERE workspace > ?');
  const looks = { read, newest: last, atOf, pageBefore: pageQuery(database), touching };
  const oldLines = enterOldLines(file);

  return {
    async append(lines) {
      const first = firstOf(lines);
      if (!first) return 'appended';
      let entered: ReturnType<typeof pages.enter> = new Map();
      const written = await write(() => {
        if (first.seq > 1 && !stands.get(first.workspace, first.seq - 1)) throw gapBefore(first);
        for (const line of lines) insert.run(...columnsOf(line));
        entered = pages.enter(lines);
      });
      if (written === 'taken') return 'taken';
      pages.remember(first.workspace, entered);
      return 'appended';
    },
    read: ({ workspace, afterSeq, linesMax }) =>
      read(() => {
        const rows = readAfter.all(workspace, afterSeq, linesMax) as unknown as [line: string][];
        return rows.map(([line], index) => parseLine(line, afterSeq + 1 + index));
      }),
    findCommands: ({ workspace, commandIds }) =>
      read(() => (byCommand.all(workspace, JSON.stringify(commandIds)) as Row[]).map(lineOf)),
    lastSeq: (workspace) => read(() => (last.get(workspace) as { seq: number | null }).seq ?? 0),
    history: (query) => history(looks, query),
    workspaces: () =>
      read(() => {
        const found: string[] = [];
        for (;;) {
          const { workspace } = nextWorkspace.get(found.at(-1) ?? '') as { workspace: string | null };
          if (workspace === null) return found;
          found.push(workspace);
        }
      }),
    trouble: async () => file.trouble(),
    async close() {
      await oldLines.stop();
      file.close();
    },
  };
}

type Statement = ReturnType<Database['prepare']>;
type Stretch = { workspace: string; at: number; sinceSeq: number; beforeSeq: number };
type Looks = Record<'newest' | 'atOf' | 'pageBefore' | 'touching', Statement> & { read: SqliteFile['read'] };

/**
 * Backwards through the pages that have lines of the account, from the last line before `toAt`. That one is found by
 * halving: time never goes back in a journal. A page at a time: a long read would keep the write-ahead log from being reset.
 */
async function history(looks: Looks, query: HistoryQuery): Promise<Line[]> {
  const { workspace, account, fromAt, toAt, linesMax } = query;
  const { sinceSeq = 1, beforeSeq = Number.POSITIVE_INFINITY } = query;
  const found: Line[] = [];
  const firstAfter = await looks.read(() => firstSeqFrom(looks, { workspace, at: toAt, sinceSeq, beforeSeq }));
  let before = Math.min(beforeSeq, firstAfter);
  while (before > sinceSeq && found.length < linesMax) {
    const named = await looks.read(() => looks.pageBefore.get(workspace, account, pageOf(before - 1)));
    const { page } = named as { page: number };
    if (page < 0) return found;
    const [from, end] = [page * PAGE_LINES + 1, Math.min(before, (page + 1) * PAGE_LINES + 1)];
    const wanted = [workspace, from, end, ` ${account} `, linesMax - found.length] as const;
    for (const row of (await looks.read(() => looks.touching.all(...wanted))) as Row[]) {
      if (row.at < fromAt || row.seq < sinceSeq) return found;
      found.push(lineOf(row));
    }
    before = from;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return found;
}

/** The first seq of a stretch at or after a time; one past its last where there is none. */
function firstSeqFrom({ newest, atOf }: Looks, { workspace, at, sinceSeq, beforeSeq }: Stretch): number {
  let low = sinceSeq;
  let high = Math.min(beforeSeq, Number((newest.get(workspace) as Row).seq ?? 0) + 1);
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const row = atOf.get(workspace, middle) as Row | undefined;
    if (!row) throw new JournalFault('corrupt', { message: `line ${middle} of ${workspace} is missing` });
    if (row.at < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function columnsOf(line: Line) {
  const { workspace, seq, at, commandId } = line;
  return [workspace, seq, at, commandId, `${ENTERED}${touchedBy(line).join(' ')} `, lineText(line)] as const;
}

const lineOf = (row: Pick<Row, 'seq' | 'line'>) => parseLine(row.line, row.seq);
