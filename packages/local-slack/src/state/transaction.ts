import type { Database } from './database.ts';

/** All of `work` or nothing of it. */
export function inTransaction(database: Database, work: () => void) {
  database.exec('BEGIN IMMEDIATE');
  try {
    work();
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
