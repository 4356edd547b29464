import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { DatabaseSync } from '@photostructure/sqlite';
import { faultCode, inTransaction, isBusy, isOfSqlite } from './write.ts';

export type Database = InstanceType<typeof DatabaseSync>;
export type SqliteFlavour = 'auto' | 'builtin' | 'package';

export type SqliteOptions = {
  flavour?: SqliteFlavour;
  /** How long a write waits for that of another process. */
  busyTimeoutMs?: number;
  /** A disk of so many pages: for those who want to see it full. */
  pagesMax?: number;
};

/** Older builds can corrupt a WAL that several processes reset at once (SQLite 3.51.3 has the fix). */
const BUILTIN_MIN_VERSION = [3, 51, 3] as const;
const BUSY_TIMEOUT_MS = 5_000;
const BUSY_PAUSE_MS = 20;
const JOURNAL_SIZE_LIMIT_BYTES = 64 * 1024 * 1024;

export class SqliteFault extends Error {
  override name = 'SqliteFault';
  constructor(
    readonly code: 'not_durable' | 'newer_schema' | 'no_engine' | 'in_use' | 'unreachable' | 'not_a_database',
    message: string,
    options: { cause?: unknown } = {},
  ) {
    super(message, options);
  }
}

/**
 * Opens a database file so that what it acknowledges survives a power cut: write-ahead log, `synchronous=FULL`, both
 * read back, because a file system or a build may quietly refuse them.
 *
 * `schema` is the list of migrations, oldest first; the file remembers how many it has seen. A file that has seen more
 * was written by a newer Inkwell and is refused, untouched.
 */
export function openSqlite(file: string, options: SqliteOptions & { schema: readonly string[] }): Database {
  const Engine = engine(options.flavour ?? 'auto');
  let database: Database | null = null;
  try {
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
    database = new Engine(file);
    database.exec(`PRAGMA busy_timeout=${options.busyTimeoutMs ?? BUSY_TIMEOUT_MS}`);
    refuseNewer(database, file, options.schema.length);
    makeDurable(database, file, options.busyTimeoutMs ?? BUSY_TIMEOUT_MS);
    migrate(database, file, options.schema);
    if (options.pagesMax !== undefined) database.exec(`PRAGMA max_page_count=${options.pagesMax}`);
    // SQLite opens a file that it may only read without a word, and first refuses when it is to be changed.
    database.exec(`BEGIN IMMEDIATE; PRAGMA user_version=${options.schema.length}; ROLLBACK`);
    return database;
  } catch (error) {
    database?.close();
    throw error instanceof SqliteFault ? error : openingFault(file, error);
  }
}

/**
 * Closes, with no lock left and, where nobody else is at the file, no log beside it. The package's own `close` does not:
 * it keeps a connection half open as long as a statement of it has not been collected.
 */
export function closeSqlite(database: Database) {
  try {
    if (database.isTransaction) database.exec('ROLLBACK');
    database.exec('PRAGMA busy_timeout=0; PRAGMA wal_checkpoint(TRUNCATE)');
  } catch (error) {
    // Whoever keeps the log busy, or the file from us, is left with it: it is read at the next start.
    if (!isOfSqlite(error)) throw error;
  } finally {
    database.close();
  }
}

/** What a person can mend gets a sentence; the rest stays as it is. */
function openingFault(file: string, cause: unknown): unknown {
  if (faultCode(cause) === 'corrupt') {
    const message = `${file} is no database, or a damaged one. Nothing was changed.`;
    return new SqliteFault('not_a_database', message, { cause });
  }
  const { code, errcode = 0 } = cause as { code?: string; errcode?: number };
  if (!UNREACHABLE.includes(code ?? '') && !UNREACHABLE.includes(errcode & 0xff)) return cause;
  const message = `${file} cannot be opened: its folder, and the file itself, must be there for us to write to.`;
  return new SqliteFault('unreachable', message, { cause });
}

/** Of the file system, and of SQLite: PERM, READONLY, CANTOPEN. */
const UNREACHABLE: readonly (string | number)[] = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT', 3, 8, 14];

function makeDurable(database: Database, file: string, busyTimeoutMs: number) {
  beginLog(database, busyTimeoutMs);
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
function beginLog(database: Database, busyTimeoutMs: number) {
  for (let waitedMs = 0; ; waitedMs += BUSY_PAUSE_MS) {
    try {
      return database.exec('PRAGMA journal_mode=WAL');
    } catch (error) {
      if (!isBusy(error) || waitedMs >= busyTimeoutMs) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, BUSY_PAUSE_MS);
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

/** Node's own SQLite where it is new enough, else the package with the same API. */
function engine(flavour: SqliteFlavour): typeof DatabaseSync {
  const require = createRequire(import.meta.url);
  if (flavour !== 'package') {
    const builtin = loadBuiltin(require);
    if (builtin) return builtin;
    if (flavour === 'builtin')
      throw new SqliteFault('no_engine', 'This Node has no SQLite of its own that is new enough.');
  }
  return (require('@photostructure/sqlite') as { DatabaseSync: typeof DatabaseSync }).DatabaseSync;
}

function loadBuiltin(require: NodeJS.Require): typeof DatabaseSync | null {
  const version = (process.versions as Record<string, string | undefined>).sqlite;
  if (!version || !atLeast(version, BUILTIN_MIN_VERSION)) return null;
  try {
    return (require('node:sqlite') as { DatabaseSync: typeof DatabaseSync }).DatabaseSync;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_UNKNOWN_BUILTIN_MODULE') return null;
    throw error;
  }
}

function atLeast(version: string, minimum: readonly number[]): boolean {
  const parts = version.split('.').map(Number);
  for (const [index, least] of minimum.entries()) {
    const part = parts[index] ?? 0;
    if (part !== least) return part > least;
  }
  return true;
}
