import { type Stats, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Database } from './engine.ts';
import { isCorrupt, isLocked, isOfSqlite } from './result-code.ts';

/**
 * Why nothing more can be entrusted to an open file. `moved`: what is written goes where no start will find it.
 * `damaged`: it is not what SQLite wrote.
 */
export type Trouble = { kind: 'moved' | 'damaged'; problem: string };

/** What SQLite says about a damaged file, with the file's name. It never quotes what is in it. */
export const damageIn = (file: string, error: unknown): Trouble => ({
  kind: 'damaged',
  problem: `${basename(file)} is damaged (${(error as Error).message})`,
});

/**
 * Looks at an open file afresh, as often as it is asked: is it still the one that was opened, and does it begin like a
 * database. Nothing is opened for that: a process that closes a second descriptor of a file loses its locks on it.
 */
export function watchFile(database: Database, file: string): () => Trouble | null {
  if (file === ':memory:') return () => null;
  const name = basename(file);
  const opened = identityOf(file);
  const log = `${file}-wal`;
  let openedLog = identityOf(log);

  return () => {
    const now = identityOf(file);
    if (now === null) return { kind: 'moved', problem: `${name} is missing: it was removed or renamed` };
    if (now.id !== opened?.id) return { kind: 'moved', problem: `${name} was replaced by another file` };
    if (now.size === 0) return { kind: 'damaged', problem: `${name} was emptied` };
    const logNow = identityOf(log);
    if (openedLog !== null && logNow?.id !== openedLog.id) {
      saveFromLog(database);
      return {
        kind: 'moved',
        problem: `${name}-wal was removed or replaced, with what ${name} had not taken over yet`,
      };
    }
    openedLog = logNow;
    return lookAtStart(database, file);
  };
}

/** What is remembered of the file is forgotten first, so that its first page, which names all tables, is read again. */
function lookAtStart(database: Database, file: string): Trouble | null {
  try {
    database.exec('PRAGMA shrink_memory');
    database.prepare('SELECT sql FROM sqlite_schema').all();
    return null;
  } catch (error) {
    if (isCorrupt(error)) return damageIn(file, error);
    if (isOfSqlite(error)) return null;
    throw error;
  }
}

/** The log is open here and can still be read: this takes its lines into the file before they are lost with it. */
function saveFromLog(database: Database) {
  try {
    database.exec('PRAGMA wal_checkpoint(PASSIVE)');
  } catch (error) {
    if (!isLocked(error) && !isCorrupt(error)) throw error;
  }
}

/** Null where it is not there. */
function identityOf(file: string): { id: string; size: number } | null {
  try {
    const { dev, ino, size }: Stats = statSync(file);
    return { id: `${dev}:${ino}`, size };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}
