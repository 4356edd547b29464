import type { Database, SqliteFlavour } from './engine.ts';
import { SqliteFault } from './fault.ts';
import { closeSqlite, openSqlite } from './open.ts';
import { isLocked } from './result-code.ts';

/**
 * Keeps a second process away from a folder until this one ends, however it ends: the operating system drops the lock
 * of a process that was killed. Throws a `SqliteFault` (`in_use`) where another process has it.
 */
export function lockFolder(folder: string, options: { flavour?: SqliteFlavour } = {}): { release(): void } {
  let database: Database | null = null;
  try {
    database = openSqlite(`${folder}/lock.sqlite`, { schema: [], openWaitMs: 0, ...options });
    // A write that never ends: of all locks the one that is given back at once, and that a reader does not mind.
    database.exec('BEGIN IMMEDIATE');
  } catch (error) {
    database?.close();
    if (!isLocked(error) && (error as SqliteFault).code !== 'locked') throw error;
    throw new SqliteFault(
      'in_use',
      `Another Inkwell is running on ${folder}. Stop it first, or set DATA_DIR to another folder.`,
    );
  }
  const held = database;
  return { release: () => closeSqlite(held) };
}
