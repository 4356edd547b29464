import { type Database, engine, type SqliteFlavour } from './engine.ts';
import { openingFault, SqliteFault } from './fault.ts';
import { createPrivate } from './private.ts';
import { isLocked, isOfSqlite } from './result-code.ts';
import { inTransaction } from './write.ts';

export type SqliteOptions = {
  flavour?: SqliteFlavour;
  /** How long opening may hold this process up while another one has the file. Once it is open nothing does. */
  openWaitMs?: number;
  /** Keeps others from opening or locking the file while it is open here, unless another process has it open already. */
  exclusive?: boolean;
  /** What the file has besides its schema, whatever its version: done while opening may still wait for others. */
  make?: (database: Database) => void;
  /** A disk of so many pages: for those who want to see it full. */
  pagesMax?: number;
};

const OPEN_WAIT_MS = 1_000;
const OPEN_PAUSE_MS = 20;
const JOURNAL_SIZE_LIMIT_BYTES = 64 * 1024 * 1024;

/**
 * Opens a database file so that what it acknowledges survives a power cut: write-ahead log, `synchronous=FULL`, both
 * read back, because a file system or a build may quietly refuse them.
 *
 * `schema` is the list of migrations, oldest first; the file remembers how many it has seen. A file that has seen more
 * was written by a newer Inkwell and is refused, untouched.
 */
export function openSqlite(file: string, options: SqliteOptions & { schema: readonly string[] }): Database {
  const { flavour = 'auto', openWaitMs = OPEN_WAIT_MS, exclusive = false } = options;
  const Engine = engine(flavour);
  let database: Database | null = null;
  try {
    if (file !== ':memory:') createPrivate(file);
    database = new Engine(file);
    database.exec(`PRAGMA busy_timeout=${openWaitMs}`);
    refuseNewer(database, file, options.schema.length);
    makeDurable(database, file, openWaitMs);
    migrate(database, file, options.schema);
    options.make?.(database);
    if (options.pagesMax !== undefined) database.exec(`PRAGMA max_page_count=${options.pagesMax}`);
    // SQLite opens a file that it may only read without a word, and first refuses when it is to be changed.
    database.exec(`BEGIN IMMEDIATE; PRAGMA user_version=${options.schema.length}; ROLLBACK`);
    if (exclusive) takeAlone(database);
    // SQLite would wait without letting anything else happen here: `patiently` waits in its place.
    database.exec('PRAGMA busy_timeout=0');
    return database;
  } catch (error) {
    database?.close();
    throw openingFault(file, error);
  }
}

/**
 * Closes, with no lock left and, where no other process uses the file, no log beside it. The package's own `close` does not:
 * it keeps a connection half open as long as a statement of it has not been collected.
 */
export function closeSqlite(database: Database) {
  try {
    if (database.isTransaction) database.exec('ROLLBACK');
    database.exec('PRAGMA wal_checkpoint(TRUNCATE); PRAGMA locking_mode=NORMAL; SELECT 1 FROM sqlite_schema');
  } catch (error) {
    // Another process keeps the log busy, or the file from us. The next start reads the log.
    if (!isOfSqlite(error)) throw error;
  } finally {
    database.close();
  }
}

/** Once the log is open: else it could not be let go of any more. */
function takeAlone(database: Database) {
  try {
    database.exec('PRAGMA locking_mode=EXCLUSIVE; BEGIN IMMEDIATE; COMMIT');
  } catch (error) {
    if (!isLocked(error)) throw error;
    database.exec('PRAGMA locking_mode=NORMAL');
  }
}

function makeDurable(database: Database, file: string, openWaitMs: number) {
  beginLog(database, openWaitMs);
  database.exec('PRAGMA synchronous=FULL');
  database.exec(`PRAGMA journal_size_limit=${JOURNAL_SIZE_LIMIT_BYTES}`);
  if (process.platform === 'darwin') database.exec('PRAGMA fullfsync=1');
  const mode = pragma(database, 'journal_mode');
  const synchronous = pragma(database, 'synchronous');
  const inMemory = file === ':memory:';
  if ((mode !== 'wal' && !inMemory) || synchronous !== 2) {
    throw new SqliteFault(
      'not_durable',
      `${file}: journal_mode=${mode}, synchronous=${synchronous}; a local disk is needed`,
    );
  }
}

/** Of several processes that open a new file at once all but one are told "busy" at once, whatever they would wait. */
function beginLog(database: Database, openWaitMs: number) {
  // An attempt may take as long as the pauses between them.
  const untilMs = performance.now() + openWaitMs;
  for (;;) {
    try {
      return database.exec('PRAGMA journal_mode=WAL');
    } catch (error) {
      if (!isLocked(error) || performance.now() >= untilMs) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, OPEN_PAUSE_MS);
    }
  }
}

/** Another process may be at it too: how far the file is counts only inside the transaction that takes it further. */
function migrate(database: Database, file: string, schema: readonly string[]) {
  if (Number(pragma(database, 'user_version')) === schema.length) return;
  const migrated = inTransaction(database, () => {
    refuseNewer(database, file, schema.length);
    for (let seen = Number(pragma(database, 'user_version')); seen < schema.length; seen += 1) {
      database.exec(`${schema[seen]}; PRAGMA user_version=${seen + 1}`);
    }
  });
  if (migrated.kind === 'fault') throw migrated.cause;
}

function refuseNewer(database: Database, file: string, known: number) {
  const seen = Number(pragma(database, 'user_version'));
  if (seen > known) {
    throw new SqliteFault(
      'newer_schema',
      `${file} was written by a newer Inkwell (schema ${seen}, this one knows ${known}). Update Inkwell; nothing was changed.`,
    );
  }
}

function pragma(database: Database, name: string): string | number {
  const row = database.prepare(`PRAGMA ${name}`).get() as Record<string, string | number>;
  return Object.values(row)[0] as string | number;
}
