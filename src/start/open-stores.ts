import { keepHead, missedHead } from '../app/self-check/kept-head.ts';
import { type StoreName, stopForTrouble, stopIdOf, type Trouble } from '../app/self-check/trouble.ts';
import { Book } from '../book/book.ts';
import type { Config } from '../config.ts';
import { isStopped } from '../ledger/decide/spending.ts';
import { openMongoLeases } from '../peers/mongo-leases.ts';
import { openPeers, type Peers, type PeersOptions } from '../peers/open.ts';
import type { Clock, Log } from '../ports/ports.ts';
import { JournalFault } from '../storage/journal/journal.ts';
import { openMongoJournal } from '../storage/journal/mongo.ts';
import { LINES } from '../storage/journal/mongo-lines.ts';
import { eraseWorkspace } from '../storage/mongo/erase.ts';
import { askTime, type MongoOptions, openMongo, place } from '../storage/mongo/open.ts';
import { openMongoRecords } from '../storage/records/mongo.ts';
import { keepSnapshots } from '../storage/snapshots/keep.ts';
import { mongoSnapshots } from '../storage/snapshots/mongo.ts';
import { PROJECTION_VERSION } from '../storage/snapshots/projection-version.ts';
import type { OpenStores } from './folder-stores.ts';
import { openFolderSoon } from './folder-stores.ts';
import { StartFault } from './slack-connection.ts';

export type StoresPlace = Pick<Config, 'dataDir' | 'sqliteEngine'> & Partial<Pick<Config, 'mongoUri'>>;

export type Stores = OpenStores & { book: Book; peers: Peers | null };

/** `foldId`: of the code that folds the ledger, where snapshots are to be kept; null where they are not. */
type BookOptions = {
  workspace: string;
  clock: Clock;
  log?: Log;
  foldId?: string | null;
  /** How other processes reach this one; null: each decides for itself. */
  peers?: PeersOptions | null;
};

/** The journal and the records, and one workspace's book over them. */
export async function openStores(
  at: StoresPlace,
  { workspace, clock, log = SILENT, foldId = PROJECTION_VERSION, peers: reached = null }: BookOptions,
): Promise<Stores> {
  const { mongoUri } = at;
  let book: Book | null = null;
  const onTrouble = (store: StoreName, trouble: Trouble) => book && stopForTrouble(book, store, trouble, clock.now());
  const stores = mongoUri
    ? await openDatabase(mongoUri, { copyBudgets: true, clock, tell: (message) => log.info({}, message) })
    : await openFolderSoon(at, { log, onTrouble });
  const { journal } = stores;
  const snapshots = foldId === null ? null : keepSnapshots({ ...stores, workspace, foldId, log });
  let peers: Peers | null = null;
  try {
    peers = reached && (await joinPeers(stores, { ...reached, workspace, clock, log }));
    book = await Book.open({ journal, clock, workspace, snapshots, writer: peers?.writer ?? null });
    await missLines(book, stores, { clock, log });
    await peers?.serve(book);
    return { ...stores, book, peers };
  } catch (error) {
    await peers?.close();
    await stores.close();
    throw isCorrupt(error) ? unreadable(stores, error) : error;
  }
}

type Joining = PeersOptions & { workspace: string; clock: Clock; log: Log };

/** Uses a key that the first process makes and keeps with the records: its readers may write there anyway. */
async function joinPeers({ openLeases, records }: OpenStores, joining: Joining): Promise<Peers | null> {
  if (!openLeases) return null;
  const { workspace, newId, clock, host, port } = joining;
  const mark = { workspace, key: 'peers-key' };
  await records.marks.put({ ...mark, value: newId() + newId(), at: clock.now() });
  const key = (await records.marks.get(mark)) ?? '';
  try {
    return await openPeers({ ...joining, leases: await openLeases(), key, rules: PROJECTION_VERSION ?? '' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!['EADDRINUSE', 'EADDRNOTAVAIL', 'EACCES', 'ENOTFOUND'].includes(code ?? '')) throw error;
    throw new StartFault(
      `Inkwell cannot listen for its other processes on ${host}, port ${port} (${code}). Set PEER_HOST to an address of this machine that they reach, and PEER_PORT to a free port.`,
    );
  }
}

/** Stops the start: without its ledger, Inkwell knows neither its owner nor any balance. */
const unreadable = ({ ledger }: OpenStores, { message }: JournalFault) =>
  new StartFault(
    `Inkwell can’t read the ledger in ${ledger}: ${message}. Nothing is spent until you fix it. To restore a backup, see docs/when-the-ledger-is-wrong.md`,
  );

const isCorrupt = (error: unknown): error is JournalFault => error instanceof JournalFault && error.code === 'corrupt';

/** What a start meets in records that are damaged is a sentence, too; the rest stays as it is. */
export function startingFault(error: unknown): unknown {
  const { name, code, message } = error as { name?: string; code?: string; message?: string };
  if (name !== 'RecordsFault' || code !== 'corrupt') return error;
  return new StartFault(
    `Inkwell can’t read its records: ${message}. Nothing is spent until you fix it. To restore a backup of ledger and records, see docs/when-the-ledger-is-wrong.md`,
  );
}

const SILENT: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** Spending stops where the end of the ledger was removed since it was last known. The owners hear of it within a minute. */
async function missLines(
  book: Book,
  { journal, records }: OpenStores,
  { clock, log }: { clock: Clock; log: Log },
): Promise<void> {
  const { workspace, lastAt } = book.now();
  const missed = isStopped(book.now().stop) ? null : await missedHead(journal, { records, workspace });
  if (!missed) return;
  const { seq: brokenSeq, kind, problem } = missed;
  log.error({ brokenSeq, problem }, 'ledger end changed, spending stopped');
  // Each start that finds the same names the same stop.
  const stopId = stopIdOf(kind, `start/${brokenSeq}/${lastAt}`);
  book.stoppedHere = { stopId, at: clock.now(), brokenSeq, problem };
}

export async function closeStores({ book, records, peers, close }: Stores): Promise<void> {
  await book.close();
  const { workspace, lastAt, seq, stop } = book.now();
  try {
    // While spending is stopped the end of the ledger may be what is wrong.
    if (seq > 0 && !isStopped(stop) && !book.stoppedHere)
      await keepHead({ records, workspace }, { ...(await book.head()), at: lastAt });
  } finally {
    await peers?.close();
    await close();
  }
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
      openLeases: () => openMongoLeases(mongo),
      ledger: `${LINES} of ${place(uri)}`,
      askTime: () => askTime(mongo),
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
