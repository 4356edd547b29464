import { openSqliteJournal } from '../../src/storage/journal/sqlite.ts';
import { openSqliteRecords } from '../../src/storage/records/sqlite.ts';
import { temporaryFiles } from '../storage/sqlite/files.ts';
import type { Stores } from '../support/world.ts';

/** The same two files, opened as often as it is asked. */
export function twoOnSqlite() {
  const files = temporaryFiles();
  const [ledger, records] = [files.next(), files.next()];
  const opened: Stores[] = [];
  return {
    async open(): Promise<Stores> {
      const stores = { journal: openSqliteJournal(ledger), records: openSqliteRecords(records) };
      opened.push(stores);
      return stores;
    },
    async close() {
      for (const { journal, records: of } of opened) await Promise.all([journal.close(), of.close()]);
      files.remove();
    },
  };
}
