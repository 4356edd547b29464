import type { Database } from './engine.ts';
import { patiently } from './patience.ts';
import { CORRUPT_CODES, FULL, isLocked, isOfSqlite, isTaken, resultCode } from './result-code.ts';

export type Written =
  | { kind: 'written' }
  /** A unique key stood already; nothing was written. */
  | { kind: 'taken' }
  | { kind: 'fault'; code: FaultCode; cause: unknown };

/** `unavailable` and `full`: nothing was written. `uncertain`: it may have been. */
export type FaultCode = 'unavailable' | 'full' | 'uncertain' | 'corrupt';

/**
 * Everything `write` does, or nothing. Begins as a writer, so that no other connection writes in between. What `write` itself
 * throws is thrown on, with nothing written.
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
    rollBack(database);
    if (!isOfSqlite(cause)) throw cause;
    if (isTaken(cause)) return { kind: 'taken' };
    return { kind: 'fault', code: faultCode(cause, { committing }), cause };
  }
}

/** The same, tried again for a while where another program has the file. Nothing was written as long as it has. */
export async function writeInTransaction(database: Database, write: () => void): Promise<Written> {
  try {
    return await patiently(() => {
      const written = inTransaction(database, write);
      if (written.kind === 'fault' && isLocked(written.cause)) throw written.cause;
      return written;
    });
  } catch (cause) {
    if (!isOfSqlite(cause)) throw cause;
    return { kind: 'fault', code: 'unavailable', cause };
  }
}

/** A damaged file may refuse this, too: what was begun is then dropped with the connection, or at the next start. */
function rollBack(database: Database) {
  try {
    if (database.isTransaction) database.exec('ROLLBACK');
  } catch (error) {
    if (!isOfSqlite(error)) throw error;
  }
}

export function faultCode(error: unknown, { committing = false } = {}): FaultCode {
  const primary = resultCode(error) & 0xff;
  if (CORRUPT_CODES.includes(primary)) return 'corrupt';
  if (primary === FULL) return 'full';
  return committing && !isLocked(error) ? 'uncertain' : 'unavailable';
}
