import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Book } from './app/book.ts';
import type { Clock, Log } from './app/ports.ts';
import type { Config } from './config.ts';
import { FOLD_ID } from './fold-id.ts';
import { type Journal, JournalFault } from './journal/journal.ts';
import { openMongoJournal } from './journal/mongo.ts';
import { LINES } from './journal/mongo-lines.ts';
import { openSqliteJournal } from './journal/sqlite.ts';
import { eraseWorkspace } from './mongo/erase.ts';
import { askTime, type MongoOptions, openMongo, place } from './mongo/open.ts';
import { openMongoRecords } from './records/mongo.ts';
import type { MovableRecords } from './records/records.ts';
import { openSqliteRecords } from './records/sqlite.ts';
import { StartFault } from './slack-place.ts';
import { folderSnapshots } from './snapshots/folder.ts';
import { keepSnapshots } from './snapshots/keep.ts';
import { mongoSnapshots } from './snapshots/mongo.ts';
import type { Snapshots } from './snapshots/snapshots.ts';

export type StoresPlace = Pick<Config, 'dataDir' | 'sqliteEngine'> & Partial<Pick<Config, 'mongoUri'>>;

/** The journal and the records of all workspaces, wherever they are kept. */
export type OpenStores = {
  journal: Journal;
  records: MovableRecords;
  snapshots: Snapshots;
  /** What the ledger is in, for people: never a password. */
  ledger: string;
  /** What its server says the time is; null where it has no clock of its own. */
  askTime(): Promise<number | null>;
  close(): Promise<void>;
  /** For the playground alone: a real ledger is never removed. Closes them first. */
  erase(workspace: string): Promise<void>;
};

export type Stores = OpenStores & { book: Book };

/** The file names that `ledger:verify` and a backup go by. */
export const LEDGER_FILE = 'ledger.sqlite';
export const RECORDS_FILE = 'records.sqlite';

/** `foldId`: of the code that folds the ledger, where snapshots are to be kept; null where they are not. */
type BookOptions = { workspace: string; clock: Clock; log?: Log; foldId?: string | null };

/** The journal and the records, and one workspace's book over them. */
export async function openStores(
  at: StoresPlace,
  { workspace, clock, log = SILENT, foldId = FOLD_ID }: BookOptions,
): Promise<Stores> {
  const { mongoUri } = at;
  const stores = mongoUri ? await openDatabase(mongoUri, { copyBudgets: true, clock }) : openFolder(at);
  const { journal } = stores;
  const snapshots = foldId === null ? null : keepSnapshots({ ...stores, workspace, foldId, log });
  try {
    return { ...stores, book: await Book.open({ journal, clock, workspace, snapshots }) };
  } catch (error) {
    await stores.close();
    throw isCorrupt(error) ? unreadable(stores, error) : error;
  }
}

/** Who owns it, and what is left, is not known: there is nobody to serve. */
const unreadable = ({ ledger }: OpenStores, { message }: JournalFault) =>
  new StartFault(
    `The ledger in ${ledger} cannot be read: ${message}. Nothing is spent meanwhile. Put back your backup of it: docs/when-the-ledger-is-wrong.md`,
  );

const isCorrupt = (error: unknown): error is JournalFault => error instanceof JournalFault && error.code === 'corrupt';

const SILENT: Log = { info: () => {}, warn: () => {}, error: () => {} };

export async function closeStores({ book, close }: Stores): Promise<void> {
  await book.close();
  await close();
}

export function openFolder({ dataDir, sqliteEngine: flavour }: Pick<Config, 'dataDir' | 'sqliteEngine'>): OpenStores {
  const journal = openSqliteJournal(join(dataDir, LEDGER_FILE), { flavour });
  const records = openSqliteRecords(join(dataDir, RECORDS_FILE), { flavour });
  const close = async () => {
    await journal.close();
    await records.close();
  };
  return {
    journal,
    records,
    snapshots: folderSnapshots(dataDir),
    ledger: join(dataDir, LEDGER_FILE),
    askTime: async () => null,
    close,
    async erase(workspace) {
      await close();
      await folderSnapshots(dataDir).remove(workspace);
      for (const file of [LEDGER_FILE, RECORDS_FILE]) {
        for (const suffix of ['', '-wal', '-shm']) rmSync(join(dataDir, file + suffix), { force: true });
      }
    },
  };
}

export async function openDatabase(
  uri: string,
  options: MongoOptions & { copyBudgets?: boolean; clock?: Clock } = {},
): Promise<OpenStores> {
  const mongo = await openMongo(uri, options);
  try {
    const journal = await openMongoJournal(mongo, options);
    const records = await openMongoRecords(mongo);
    const snapshots = await mongoSnapshots(mongo);
    const close = async () => {
      await journal.close();
      await records.close();
      await mongo.close();
    };
    return {
      journal,
      records,
      snapshots,
      ledger: `${LINES} of ${place(uri)}`,
      askTime: () => askTime(mongo),
      close,
      async erase(workspace) {
        await journal.close();
        await eraseWorkspace(mongo, workspace);
        await mongo.close();
      },
    };
  } catch (error) {
    await mongo.close();
    throw error;
  }
}
