import type { Model } from 'mongoose';
import type { Mongo } from './open.ts';
import { type Fault, insertAll, type Tried, tryRead } from './write.ts';

/** How long a document that is known to stand may stay unseen: until a majority has it. */
const SEEN_WITHIN_MS = 1_000;
const LOOK_EVERY_MS = 20;

/**
 * Puts a document whose `_id` says what it is, once. Where the first write's answer is lost it is sent again, and the
 * mark that only this call's document bears tells whether it was ours that stood in the way.
 */
export async function insertOnce(mongo: Mongo, model: Model<never>, document: { _id: string }): Promise<Tried> {
  const writeId = new mongo.mongoose.Types.ObjectId();
  const documents = [{ ...document, writeId }];
  const first = await insertAll(mongo, model, documents);
  if (first.kind === 'taken') return (await seen(model, { _id: document._id })) ?? first;
  if (first.kind === 'done' || first.code !== 'uncertain') return first;
  const second = await insertAll(mongo, model, documents);
  if (second.kind === 'done') return second;
  if (second.kind === 'fault') return first;
  const found = await tryRead(async () =>
    model.findOne({ _id: document._id }, { writeId: 1 }).lean<{ writeId: unknown }>(),
  );
  if (found.kind === 'fault' || found.value === null) return first;
  return String(found.value.writeId) === String(writeId) ? { kind: 'done', value: undefined } : second;
}

/**
 * The loser of a race reads what won. On a replica set that may be on the primary a moment before a
 * majority has it, and is not read until then. Null once one of them is seen.
 */
export async function seen(model: Model<never>, ...wanted: readonly object[]): Promise<Fault | null> {
  for (let waitedMs = 0; waitedMs < SEEN_WITHIN_MS; waitedMs += LOOK_EVERY_MS) {
    for (const filter of wanted) {
      const found = await tryRead(async () => model.findOne(filter, { _id: 1 }).lean());
      if (found.kind === 'fault') return found;
      if (found.value !== null) return null;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return { kind: 'fault', code: 'unavailable', cause: new Error('what stands in the way has reached no majority yet') };
}
