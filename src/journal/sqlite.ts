import { touchedBy } from '../ledger/balances.ts';
import type { Line } from '../ledger/lines.ts';
import { type FileOptions, openFile, type SqliteFile } from '../sqlite/file.ts';
import type { Database } from '../sqlite/open.ts';
import { firstOf, gapBefore, type HistoryQuery, type Journal, JournalFault } from './journal.ts';
import { parseLine } from './line.ts';

/**
 * `accounts` is the touched accounts between spaces: enough to pick an account's lines without parsing the others, and
 * cheaper to write than an index that a few reads a day would use. Not WITHOUT ROWID: rows of a kilobyte would make the
 * file 2.5 times as large and reading it twice as slow.
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

/** A long read would keep the write-ahead log from being reset. */
const SCAN_LINES = 2_000;

type Row = { seq: number; at: number; accounts: string; line: string };

/** A journal in one SQLite file: several processes may write to it, each append is one transaction. */
export const openSqliteJournal = (file: string, options: FileOptions = {}): Journal =>
  openFile(file, {
    ...options,
    schema: SCHEMA,
    build: journalIn,
    fault: (code, details) => new JournalFault(code, details),
  });

/** Whether there is any line, for whoever has not opened it yet. */
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
  const pageBefore = database.prepare(
    'SELECT seq, at, accounts, line FROM lines WHERE workspace = ? AND seq < ? ORDER BY seq DESC LIMIT ?',
  );
  const nextWorkspace = database.prepare('SELECT min(workspace) AS workspace FROM lines WHERE workspace > ?');

  return {
    async append(lines) {
      const first = firstOf(lines);
      if (!first) return 'appended';
      const written = await write(() => {
        if (first.seq > 1 && !stands.get(first.workspace, first.seq - 1)) throw gapBefore(first);
        for (const line of lines) insert.run(...columnsOf(line));
      });
      return written === 'written' ? 'appended' : 'taken';
    },
    read: ({ workspace, afterSeq, linesMax }) =>
      read(() => {
        const rows = readAfter.all(workspace, afterSeq, linesMax) as unknown as [line: string][];
        return rows.map(([line], index) => parseLine(line, afterSeq + 1 + index));
      }),
    findCommands: ({ workspace, commandIds }) =>
      read(() => (byCommand.all(workspace, JSON.stringify(commandIds)) as Row[]).map(lineOf)),
    lastSeq: (workspace) => read(() => (last.get(workspace) as { seq: number | null }).seq ?? 0),
    history: (query) => history({ read, newest: last, atOf, pageBefore }, query),
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
    close: async () => file.close(),
  };
}

type Statement = ReturnType<Database['prepare']>;
type Stretch = { workspace: string; at: number; sinceSeq: number; beforeSeq: number };
type Looks = { read: SqliteFile['read']; newest: Statement; atOf: Statement; pageBefore: Statement };

/** Backwards in pages from the last line before `toAt`, which is found by halving: time never goes back in a journal. */
async function history(looks: Looks, query: HistoryQuery): Promise<Line[]> {
  const { workspace, account, fromAt, toAt, linesMax } = query;
  const { sinceSeq = 1, beforeSeq = Number.POSITIVE_INFINITY } = query;
  const found: Line[] = [];
  const firstAfter = await looks.read(() => firstSeqFrom(looks, { workspace, at: toAt, sinceSeq, beforeSeq }));
  let before = Math.min(beforeSeq, firstAfter);
  while (found.length < linesMax) {
    const rows = await looks.read(() => looks.pageBefore.all(workspace, before, SCAN_LINES) as Row[]);
    for (const row of rows) {
      if (row.at < fromAt || row.seq < sinceSeq) return found;
      if (row.accounts.includes(` ${account} `)) found.push(lineOf(row));
      if (found.length === linesMax) return found;
    }
    const oldest = rows.at(-1);
    if (!oldest || rows.length < SCAN_LINES) return found;
    before = oldest.seq;
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

const columnsOf = (line: Line) =>
  [line.workspace, line.seq, line.at, line.commandId, ` ${touchedBy(line).join(' ')} `, JSON.stringify(line)] as const;

const lineOf = (row: Pick<Row, 'seq' | 'line'>) => parseLine(row.line, row.seq);
