import type { Database } from './engine.ts';
import { openingFault } from './fault.ts';
import { closeSqlite, openSqlite, type SqliteOptions } from './open.ts';
import { patiently } from './patience.ts';
import { isCorrupt, isOfSqlite } from './result-code.ts';
import { damageIn, type Trouble, watchFile } from './watch.ts';
import { type FaultCode, faultCode, writeInTransaction } from './write.ts';

export type FileOptions = SqliteOptions & {
  /** Told at once of every damage that a read or a write meets. */
  onTrouble?: (trouble: Trouble) => void;
};

/** An open file, for stores that answer people: nothing here holds the process up, and no error is SQLite's own. */
export type SqliteFile = {
  database: Database;
  /** Answers what was read; throws the store's fault. */
  read<Result>(work: () => Result): Promise<Result>;
  /** Writes all of it, or nothing where a unique key stood already. */
  write(work: () => void): Promise<'written' | 'taken'>;
  /** What the watch says of the file now, or what a read or write has met. */
  trouble(): Trouble | null;
  close(): void;
};

type Opening<Built> = FileOptions & {
  schema: readonly string[];
  /** Statements, prepared while an unknown file can still be turned away with a sentence. */
  build: (file: SqliteFile) => Built;
  fault: (code: FaultCode, options: { cause: unknown; message?: string }) => Error;
};

export function openFile<Built>(path: string, { schema, build, fault, onTrouble, ...options }: Opening<Built>): Built {
  const database = openSqlite(path, { schema, ...options });
  const faultOf = (error: unknown, code = faultCode(error)): Error => {
    if (!isCorrupt(error)) return fault(code, { cause: error });
    const trouble = damageIn(path, error);
    onTrouble?.(trouble);
    return fault(code, { cause: error, message: trouble.problem });
  };
  try {
    return build({
      database,
      async read(work) {
        try {
          return await patiently(work);
        } catch (error) {
          throw isOfSqlite(error) ? faultOf(error) : error;
        }
      },
      async write(work) {
        const written = await writeInTransaction(database, work);
        if (written.kind === 'fault') throw faultOf(written.cause, written.code);
        return written.kind;
      },
      trouble: watchFile(database, path),
      close: () => closeSqlite(database),
    });
  } catch (error) {
    closeSqlite(database);
    throw openingFault(path, error);
  }
}
