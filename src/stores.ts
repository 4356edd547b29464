import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Book } from './app/book.ts';
import type { Clock } from './app/ports.ts';
import type { Config } from './config.ts';
import type { Journal } from './journal/journal.ts';
import { openSqliteJournal } from './journal/sqlite.ts';
import type { Records } from './records/records.ts';
import { openSqliteRecords } from './records/sqlite.ts';

export type Stores = { journal: Journal; records: Records; book: Book };

/** The file names that `ledger:verify` and a backup go by. */
export const LEDGER_FILE = 'ledger.sqlite';
export const RECORDS_FILE = 'records.sqlite';

/** The journal and the records of a data folder, and the workspace's book over them. */
export async function openStores(
  { dataDir, sqliteEngine: flavour }: Pick<Config, 'dataDir' | 'sqliteEngine'>,
  { workspace, clock }: { workspace: string; clock: Clock },
): Promise<Stores> {
  const journal = openSqliteJournal(join(dataDir, LEDGER_FILE), { flavour });
  const records = openSqliteRecords(join(dataDir, RECORDS_FILE), { flavour });
  return { journal, records, book: await Book.open({ journal, clock, workspace }) };
}

export async function closeStores({ journal, records, book }: Stores): Promise<void> {
  await book.close();
  await journal.close();
  await records.close();
}

/** For the playground alone: a real ledger is never removed. */
export function eraseStores(dataDir: string): void {
  for (const file of [LEDGER_FILE, RECORDS_FILE]) {
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(dataDir, file + suffix), { force: true });
  }
}
