import mongoose from 'mongoose';
import { moveStore } from '../../scripts/ledger/move.ts';
import { openFolder } from '../../src/start/folder-stores.ts';
import { openDatabase } from '../../src/start/open-stores.ts';
import type { Journal } from '../../src/storage/journal/journal.ts';
import { keepSnapshots } from '../../src/storage/snapshots/keep.ts';
import { foldAll } from './fold-all.ts';

const { EJSON } = mongoose.mongo.BSON;
type Documents = Record<string, object[]>;

/** Everything that a database holds once this folder was moved to it, as text that keeps the types of each field. */
export async function documentsOf(
  folder: string,
  uri: string,
  { workspace, foldId }: { workspace: string; foldId: string },
): Promise<string> {
  const [from, to] = [
    openFolder({ dataDir: folder, sqliteEngine: 'package' }),
    await openDatabase(uri, { copyBudgets: true, waitMs: 30_000 }),
  ];
  await moveStore(from, to, () => {});
  await snapshot(to, { workspace, foldId });
  await from.close();
  await to.close();
  return await inDatabase(uri, async ({ db }) => {
    const documents: Documents = {};
    for (const { name } of (await db?.listCollections().toArray()) ?? []) {
      documents[name] = (await db?.collection(name).find().toArray()) ?? [];
    }
    return EJSON.stringify(documents, { relaxed: false });
  });
}

export async function putDocuments(text: string, uri: string): Promise<void> {
  await inDatabase(uri, async ({ db }) => {
    for (const [name, documents] of Object.entries(EJSON.parse(text, { relaxed: false }) as Documents)) {
      if (documents.length > 0) await db?.collection(name).insertMany(documents);
    }
  });
}

/** The snapshot of a whole journal, however few its lines are. */
export async function snapshot(
  stores: { journal: Journal; snapshots: Parameters<typeof keepSnapshots>[0]['snapshots'] },
  { workspace, foldId }: { workspace: string; foldId: string },
): Promise<void> {
  const log = { info: () => {}, warn: (facts: object) => console.warn(facts) };
  const keeper = keepSnapshots({ ...stores, workspace, foldId, log, atStopLines: 0 });
  await keeper.close(await foldAll(stores.journal, workspace));
}

async function inDatabase<Result>(uri: string, work: (at: mongoose.Connection) => Promise<Result>): Promise<Result> {
  const connection = await mongoose.createConnection(uri).asPromise();
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}
