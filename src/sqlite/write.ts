import type { Database } from './open.ts';

export type Written =
  | { kind: 'written' }
  /** A unique key stood already; nothing was written. */
  | { kind: 'taken' }
  | { kind: 'fault'; code: FaultCode; cause: unknown };

/** `unavailable` and `full`: nothing was written. `uncertain`: it may have been. */
export type FaultCode = 'unavailable' | 'full' | 'uncertain' | 'corrupt';

/** Result codes: sqlite.org/rescode.html. Recognised by number: errors of native modules may be of another realm. */
const BUSY = 5;
const FULL = 13;
const CORRUPT = 11;
const NOT_A_DATABASE = 26;
const CONSTRAINT_PRIMARYKEY = 1555;
const CONSTRAINT_UNIQUE = 2067;

/**
 * Everything `write` does, or nothing. Begins as a writer, so that it waits for another process instead of failing. What
 * `write` itself throws is thrown on, with nothing written.
 */
export function inTransaction(database: Database, write: () => void): Written {
  let committing = false;
  try {
    database.exec('BEGIN IMMEDIATE');
    write();
    committing = true;
    database.exec('COMMIT');
    return { kind: 'written' };
  } catch (cause) {
    if (database.isTransaction) database.exec('ROLLBACK');
    if (!isOfSqlite(cause)) throw cause;
    if (isTaken(cause)) return { kind: 'taken' };
    return { kind: 'fault', code: faultCode(cause, { committing }), cause };
  }
}

export function faultCode(error: unknown, { committing = false } = {}): FaultCode {
  const primary = resultCode(error) & 0xff;
  if (primary === CORRUPT || primary === NOT_A_DATABASE) return 'corrupt';
  if (primary === FULL) return 'full';
  return committing ? 'uncertain' : 'unavailable';
}

/** Whether the database failed, and not our own code around it. */
export const isOfSqlite = (error: unknown): boolean => resultCode(error) !== 0;

/** Somebody else is at the file just now. */
export const isBusy = (error: unknown): boolean => (resultCode(error) & 0xff) === BUSY;

const isTaken = (error: unknown) => [CONSTRAINT_PRIMARYKEY, CONSTRAINT_UNIQUE].includes(resultCode(error));

const resultCode = (error: unknown) => (error as { errcode?: number }).errcode ?? 0;
