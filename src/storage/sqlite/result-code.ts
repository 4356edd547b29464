/** Result codes: sqlite.org/rescode.html. Recognised by number: errors of native modules may be of another realm. */
export const SQL_ERROR = 1;
const BUSY = 5;
const LOCKED = 6;
export const IO_ERROR = 10;
const CORRUPT = 11;
export const FULL = 13;
/** Two processes raced for the log's locks more often than SQLite puts up with. */
const PROTOCOL = 15;
const NOT_A_DATABASE = 26;
const CONSTRAINT_PRIMARYKEY = 1555;
const CONSTRAINT_UNIQUE = 2067;

export const CORRUPT_CODES: readonly number[] = [CORRUPT, NOT_A_DATABASE];

/**
 * SQLite's own texts of the codes that decide something, as `sqlite3_errstr` has them. The package engine leaves the number
 * out of what `all` and `iterate` throw, and the text is then all there is. Node's engine has the number everywhere.
 */
const BY_TEXT: Readonly<Record<string, number>> = {
  'database is locked': BUSY,
  'database table is locked': LOCKED,
  'disk I/O error': IO_ERROR,
  'database disk image is malformed': CORRUPT,
  'database or disk is full': FULL,
  'locking protocol': PROTOCOL,
  'file is not a database': NOT_A_DATABASE,
};

/** The extended result code where the engine says it; 0 for what SQLite did not throw. */
export function resultCode(error: unknown): number {
  const { code, errcode, message = '' } = (error ?? {}) as { code?: unknown; errcode?: number; message?: string };
  if (errcode !== undefined) return errcode;
  return code === 'ERR_SQLITE_ERROR' ? (BY_TEXT[message] ?? SQL_ERROR) : 0;
}

/** Whether the database failed, and not our own code around it. */
export const isOfSqlite = (error: unknown): boolean => resultCode(error) !== 0;

/** Another connection, of this process or of another program, is at the file just now. Nothing was done. */
export const isLocked = (error: unknown): boolean => [BUSY, LOCKED, PROTOCOL].includes(resultCode(error) & 0xff);

/** The file, or a part of it, is not what SQLite wrote. */
export const isCorrupt = (error: unknown): boolean => CORRUPT_CODES.includes(resultCode(error) & 0xff);

export const isTaken = (error: unknown): boolean =>
  [CONSTRAINT_PRIMARYKEY, CONSTRAINT_UNIQUE].includes(resultCode(error));
