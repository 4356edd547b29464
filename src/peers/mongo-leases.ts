import { ensure } from '../storage/mongo/indexes.ts';
import { insertOnce } from '../storage/mongo/insert-once.ts';
import { type Model, modelOf, NEEDED_TEXT, NEEDED_WHOLE } from '../storage/mongo/model.ts';
import type { Mongo } from '../storage/mongo/open.ts';
import { type Fault, tryRead } from '../storage/mongo/write.ts';
import type { Lease, Leases } from './lease.ts';

type LeaseDocument = Lease & { _id: string };

const BY_TERM = { workspace: 1, term: 1 } as const;

/** The collection `leases`: a document a term. */
export async function openMongoLeases(mongo: Mongo): Promise<Leases> {
  const model = leaseModel(mongo);
  await ensure(mongo, 'leases', (patient) => leaseModel(patient).createIndexes());

  return {
    async newest(workspace) {
      const found = await tryRead(async () =>
        model.findOne({ workspace }).sort({ workspace: -1, term: -1 }).hint(BY_TERM).lean<LeaseDocument | null>(),
      );
      if (found.kind === 'fault') throw failed(found);
      if (!found.value) return null;
      const { term, processId, url } = found.value;
      return { workspace, term, processId, url };
    },
    async claim(lease) {
      const written = await insertOnce(mongo, model as never, { _id: `${lease.workspace} ${lease.term}`, ...lease });
      if (written.kind === 'fault') throw failed(written);
      return written.kind === 'taken' ? 'taken' : 'claimed';
    },
  };
}

const failed = ({ code, cause }: Fault) => new Error(`the lease cannot be read or written: ${code}`, { cause });

const leaseModel = (mongo: Mongo): Model<LeaseDocument> =>
  modelOf<LeaseDocument>(
    mongo,
    'leases',
    {
      _id: NEEDED_TEXT,
      workspace: NEEDED_TEXT,
      term: { ...NEEDED_WHOLE, min: 1 },
      processId: NEEDED_TEXT,
      url: { type: String },
    },
    { strict: false, indexes: [{ keys: BY_TERM, unique: true }] },
  );
