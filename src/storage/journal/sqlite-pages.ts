import type { AccountId } from '../../ledger/accounts.ts';
import { touchedBy } from '../../ledger/kinds/kinds.ts';
import type { Line } from '../../ledger/lines.ts';
import type { Database } from '../sqlite/engine.ts';

import type { SqliteFile } from '../sqlite/file.ts';
import { inTransaction } from '../sqlite/write.ts';
import { JournalFault } from './journal.ts';

/** Lines of one entry. An index entry a line would be a sixth of the file, and halve what is written in a second. */
export const PAGE_LINES = 1_024;
/** Begins the accounts of a line that is entered by us. The trigger below enters all others. */
export const ENTERED = '  ';

const PAUSE_MS = 5;
const AGAIN_AFTER_MS = 60_000;

/**
 * `line_pages` says in which pages lines touch an account. `lines_unpaged`: the lines up to this one were written before
 * there were pages, and are not all entered yet.
 *
 * The version of the file stays as it is. An earlier Inkwell may go on with the file, and the trigger enters its lines.
 */
const TABLES = `
  CREATE TABLE line_pages (
    workspace TEXT NOT NULL,
    account TEXT NOT NULL,
    page INTEGER NOT NULL,
    PRIMARY KEY (workspace, account, page)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE lines_unpaged (workspace TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TRIGGER line_pages_of_others AFTER INSERT ON lines WHEN NEW.accounts NOT LIKE '${ENTERED}%' BEGIN
    INSERT OR IGNORE INTO line_pages SELECT NEW.workspace, value, (NEW.seq - 1) / ${PAGE_LINES}
      FROM json_each('[' || replace(json_quote(trim(NEW.accounts)), ' ', '","') || ']') WHERE value <> '';
  END;
  INSERT INTO lines_unpaged
    WITH RECURSIVE known (workspace) AS (
      SELECT min(workspace) FROM lines
      UNION ALL
      SELECT (SELECT min(workspace) FROM lines WHERE workspace > known.workspace) FROM known WHERE workspace IS NOT NULL
    )
    SELECT workspace, (SELECT max(seq) FROM lines WHERE lines.workspace = known.workspace) FROM known
      WHERE workspace IS NOT NULL`;

export const pageOf = (seq: number) => Math.floor((seq - 1) / PAGE_LINES);

/** Of several processes that open the file at once one makes the tables. Throws SQLite's own error. */
export function makePages(database: Database): void {
  const isThere = () => database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'line_pages'").get() !== undefined;
  if (isThere()) return;
  const made = inTransaction(database, () => {
    if (!isThere()) database.exec(TABLES);
  });
  if (made.kind === 'fault') throw made.cause;
}

type Entered = ReadonlyMap<number, Set<AccountId>>;

/** Enters lines: for use in the transaction that writes them. An account costs a write once a page, and a look else. */
export function createPages(database: Database) {
  const enter = database.prepare('INSERT OR IGNORE INTO line_pages VALUES (?, ?, ?)');
  /** Of each workspace the newest page that we entered something in, and what stands there. */
  const newest = new Map<string, { page: number; accounts: Set<AccountId> }>();
  return {
    enter(lines: readonly Line[]): Entered {
      const entered = new Map<number, Set<AccountId>>();
      for (const line of lines) {
        const page = pageOf(line.seq);
        const known = newest.get(line.workspace);
        const fresh = entered.get(page) ?? new Set();
        entered.set(page, fresh);
        for (const account of touchedBy(line)) {
          if (fresh.has(account) || (known?.page === page && known.accounts.has(account))) continue;
          enter.run(line.workspace, account, page);
          fresh.add(account);
        }
      }
      return entered;
    },
    /** They stand: the transaction has ended. */
    remember(workspace: string, entered: Entered): void {
      for (const [page, accounts] of entered) {
        const known = newest.get(workspace);
        if (known?.page === page) for (const account of accounts) known.accounts.add(account);
        else if (!known || page > known.page) newest.set(workspace, { page, accounts });
      }
    },
  };
}

/** The newest page, from one on backwards, whose lines may touch an account; below zero where there is none. */
export const pageQuery = (database: Database) =>
  database.prepare(`
    SELECT max(
      ifnull((SELECT page FROM line_pages WHERE workspace = ?1 AND account = ?2 AND page <= ?3 ORDER BY page DESC LIMIT 1), -1),
      ifnull((SELECT min((seq - 1) / ${PAGE_LINES}, ?3) FROM lines_unpaged WHERE workspace = ?1), -1)
    ) AS page`);

/** The same for lines from before there were pages, newest first: a page a transaction, and others write in between. */
export function enterOldLines({ database, read, write }: SqliteFile): { stop(): Promise<void> } {
  const anyLeft = database.prepare('SELECT workspace FROM lines_unpaged LIMIT 1');
  const leftOf = database.prepare('SELECT seq FROM lines_unpaged WHERE workspace = ?');
  const accountsOf = database.prepare('SELECT accounts FROM lines WHERE workspace = ? AND seq BETWEEN ? AND ?');
  const enter = database.prepare('INSERT OR IGNORE INTO line_pages VALUES (?, ?, ?)');
  const goOn = database.prepare('UPDATE lines_unpaged SET seq = ? WHERE workspace = ?');
  const end = database.prepare('DELETE FROM lines_unpaged WHERE workspace = ?');
  const stopping = new AbortController();

  const enterPage = (workspace: string) => {
    const left = leftOf.get(workspace) as { seq: number } | undefined;
    // Another process may have entered the last of them.
    if (!left) return;
    const page = pageOf(left.seq);
    const fromSeq = page * PAGE_LINES + 1;
    const rows = accountsOf.all(workspace, fromSeq, left.seq) as { accounts: string }[];
    const accounts = new Set(rows.flatMap(({ accounts: each }) => each.split(' ').filter((account) => account !== '')));
    for (const account of accounts) enter.run(workspace, account, page);
    if (fromSeq > 1) goOn.run(fromSeq - 1, workspace);
    else end.run(workspace);
  };
  const enterSome = async (): Promise<'more' | 'done' | 'failed'> => {
    try {
      const left = (await read(() => anyLeft.get())) as { workspace: string } | undefined;
      if (!left) return 'done';
      await write(() => enterPage(left.workspace));
      return 'more';
    } catch (error) {
      if (!(error instanceof JournalFault)) throw error;
      // Until all are entered every page of them is looked at: nothing is missing meanwhile.
      return error.code === 'corrupt' ? 'done' : 'failed';
    }
  };
  const working = (async () => {
    while (!stopping.signal.aborted) {
      const became = await enterSome();
      if (became === 'done') return;
      await pause(became === 'failed' ? AGAIN_AFTER_MS : PAUSE_MS, stopping.signal);
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await working;
    },
  };
}

/** Keeps no process alive, and ends at once where it is no longer waited for. */
const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms).unref();
    signal.addEventListener('abort', end);
  });
