import { ensure } from '../mongo/indexes.ts';
import { modelOf, NEEDED_TEXT, NEEDED_WHOLE } from '../mongo/model.ts';
import type { Mongo } from '../mongo/open.ts';
import { type Tried, tryRead, tryWrite } from '../mongo/write.ts';
import type { Snapshots } from './snapshots.ts';

/** That a snapshot is whole: written after its parts. */
type HeadDocument = {
  _id: string;
  workspace: string;
  foldId: string;
  seq: number;
  partsCount: number;
};

/** A document holds 16 MB at most, a state may be more. */
type PartDocument = { _id: string; workspace: string; seq: number; text: string };

const NEWEST = { workspace: 1, foldId: 1, seq: 1 } as const;
const BY_SEQ = { workspace: 1, seq: 1 } as const;
/** Of several processes at the same journal one writes: what another wrote so few lines ago will do. */
const SPARE_LINES = 5_000;
const PARTS_A_READ = 100;

const headModel = (mongo: Mongo) =>
  modelOf<HeadDocument>(
    mongo,
    'snapshots',
    {
      _id: NEEDED_TEXT,
      workspace: NEEDED_TEXT,
      foldId: NEEDED_TEXT,
      seq: NEEDED_WHOLE,
      partsCount: NEEDED_WHOLE,
    },
    { indexes: [{ keys: NEWEST }] },
  );

const partModel = (mongo: Mongo) =>
  modelOf<PartDocument>(
    mongo,
    'snapshot_parts',
    { _id: NEEDED_TEXT, workspace: NEEDED_TEXT, seq: NEEDED_WHOLE, text: NEEDED_TEXT },
    { indexes: [{ keys: BY_SEQ }] },
  );

/** Two collections beside the journal: heads, and the parts of their texts. */
export async function mongoSnapshots(mongo: Mongo): Promise<Snapshots> {
  const heads = headModel(mongo);
  const parts = partModel(mongo);
  const ask = snapshotsQueries(mongo);
  await ensure(mongo, 'snapshots', (patient) => headModel(patient).createIndexes());
  await ensure(mongo, 'snapshot_parts', (patient) => partModel(patient).createIndexes());

  /** Heads first: a head without its parts would be found, and be of no use. */
  const removeAll = async (filter: { workspace: string; seq?: { $lt: number } }) => {
    await written(tryWrite(mongo, () => heads.deleteMany(filter)));
    await written(tryWrite(mongo, () => parts.deleteMany(filter)));
  };

  return {
    async newest(of) {
      const head = await answered(() => ask.newest(of));
      if (head === null) return null;
      let text = '';
      for (let from = 0; from < head.partsCount; from += PARTS_A_READ) {
        const ids = partIds(head).slice(from, from + PARTS_A_READ);
        const found = new Map((await answered(() => ask.parts(ids))).map((part) => [part._id, part.text]));
        // One that is missing leaves a text whose digest is wrong.
        for (const id of ids) text += found.get(id) ?? '';
      }
      return text;
    },
    async put({ workspace, foldId, seq }, texts) {
      const present = await answered(() => ask.newest({ workspace, foldId }));
      if (present && present.seq > seq - SPARE_LINES) return;
      const _id = `${workspace} ${seq} ${new mongo.mongoose.Types.ObjectId()}`;
      let partsCount = 0;
      for await (const text of texts) {
        const part = { _id: `${_id} ${partsCount}`, workspace, seq, text };
        await written(tryWrite(mongo, () => parts.insertMany([part], { lean: true })));
        partsCount += 1;
      }
      const head = { _id, workspace, foldId, seq, partsCount };
      await written(tryWrite(mongo, () => heads.insertMany([head], { lean: true })));
      await removeAll({ workspace, seq: { $lt: seq } });
    },
    remove: (workspace) => removeAll({ workspace }),
  };
}

const partIds = ({ _id, partsCount }: HeadDocument) => Array.from({ length: partsCount }, (_, n) => `${_id} ${n}`);

/** Every question that is asked about snapshots, with the index that answers it. */
export const snapshotsQueries = (mongo: Mongo) => ({
  newest: ({ workspace, foldId }: { workspace: string; foldId: string }) =>
    headModel(mongo)
      .findOne({ workspace, foldId })
      .sort({ workspace: -1, foldId: -1, seq: -1 })
      .hint(NEWEST)
      .lean<HeadDocument | null>(),

  parts: (ids: readonly string[]) =>
    partModel(mongo)
      .find({ _id: { $in: [...ids] } })
      .lean<PartDocument[]>(),
});

async function answered<Value>(ask: () => Promise<Value>): Promise<Value> {
  const tried = await tryRead(ask);
  if (tried.kind === 'done') return tried.value;
  throw new Error('the database did not answer', { cause: tried.cause });
}

async function written(trying: Promise<Tried<unknown>>): Promise<void> {
  const tried = await trying;
  if (tried.kind !== 'done')
    throw new Error('the database did not write', { cause: 'cause' in tried ? tried.cause : null });
}
