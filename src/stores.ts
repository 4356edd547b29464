import { Book } from './app/book.ts';
import type { Clock, Log } from './app/ports.ts';
import { type StoreName, stopForTrouble, type Trouble } from './app/self-check/trouble.ts';
import type { Config } from './config.ts';
import { FOLD_ID } from './fold-id.ts';
import { openFolderSoon } from './folder-stores.ts';
import { type Journal, JournalFault } from './journal/journal.ts';
import { openMongoJournal } from './journal/mongo.ts';
import { LINES } from './journal/mongo-lines.ts';
import { eraseWorkspace } from './mongo/erase.ts';
import { type MongoOptions, openMongo, place } from './mongo/open.ts';
import { openMongoRecords } from './records/mongo.ts';
import type { MovableRecords } from './records/records.ts';
import { StartFault } from './slack-place.ts';
import { keepSnapshots } from './snapshots/keep.ts';
import { mongoSnapshots } from './snapshots/mongo.ts';
import type { Snapshots } from './snapshots/snapshots.ts';

export { LEDGER_FILE, openFolder, RECORDS_FILE } from './folder-stores.ts';

export type StoresPlace = Pick<Config, 'dataDir' | 'sqliteEngine'> & Partial<Pick<Config, 'mongoUri'>>;

/** The journal and the records of all workspaces, wherever they are kept. */
export type OpenStores = {
  journal: Journal;
  records: MovableRecords;
  snapshots: Snapshots;
  /** What the ledger is in, for people: never a password. */
  ledger: string;
  close(): Promise<void>;
  /** For the playground alone: a real ledger is never removed. Closes them first. */
  erase(workspace: string): Promise<void>;
};

export type Stores = OpenStores & { book: Book };

/** `foldId`: of the code that folds the ledger, where snapshots are to be kept; null where they are not. */
type BookOptions = { workspace: string; clock: Clock; log?: Log; foldId?: string | null };

/** The journal and the records, and one workspace's book over them. */
export async function openStores(
  at: StoresPlace,
  { workspace, clock, log = SILENT, foldId = FOLD_ID }: BookOptions,
): Promise<Stores> {
  const { mongoUri } = at;
  let book: Book | null = null;
  const onTrouble = (store: StoreName, trouble: Trouble) => book && stopForTrouble(book, store, trouble, clock.now());
  const stores = mongoUri
    ? await openDatabase(mongoUri, { copyBudgets: true, clock, tell: (message) => log.info({}, message) })
    : await openFolderSoon(at, { log, onTrouble });
  const { journal } = stores;
  const snapshots = foldId === null ? null : keepSnapshots({ ...stores, workspace, foldId, log });
  try {
    book = await Book.open({ journal, clock, workspace, snapshots });
    return { ...stores, book };
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

/** What a start meets in records that are damaged is a sentence, too; the rest stays as it is. */
export function startingFault(error: unknown): unknown {
  const { name, code, message } = error as { name?: string; code?: string; message?: string };
  if (name !== 'RecordsFault' || code !== 'corrupt') return error;
  return new StartFault(
    `The records cannot be read: ${message}. Nothing is spent meanwhile. Put back your backup of ledger and records: docs/when-the-ledger-is-wrong.md`,
  );
}

const SILENT: Log = { info: () => {}, warn: () => {}, error: () => {} };

export async function closeStores({ book, close }: Stores): Promise<void> {
  await book.close();
  await close();
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
      close,
      async erase(workspace) {
        await journal.close();
        await eraseWorkspace(await mongo.patient(), workspace);
        await mongo.close();
      },
    };
  } catch (error) {
    await mongo.close();
    throw error;
  }
}
