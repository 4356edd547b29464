import type { Model } from 'mongoose';
import type { Mongo } from './open.ts';

export type Tried<Value = void> =
  | { kind: 'done'; value: Value }
  /** A unique key of this document, of several, stood already. Those before it have been written. */
  | { kind: 'taken'; index: number }
  | Fault;

export type Fault = { kind: 'fault'; code: FaultCode; cause: unknown };

/** `unavailable` and `full`: nothing was written. `uncertain`: it may have been. */
export type FaultCode = 'unavailable' | 'full' | 'uncertain';

/** Codes: github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml. */
const DUPLICATE_KEY = 11_000;
const OUT_OF_DISK_SPACE = 14_031;
/** Unauthorized, AuthenticationFailed: turned away before anything was done. */
const TURNED_AWAY = [13, 18];
/** NotWritablePrimary, NotPrimaryNoSecondaryOk, PrimarySteppedDown, ShutdownInProgress, and interrupted by the last two. */
const OTHER_PRIMARY = [10_107, 13_435, 189, 91, 11_600, 11_602];

/** FerretDB goes on with the next hundred of an ordered insert after a duplicate: so one insert has no more than these. */
const INSERT_DOCUMENTS = 100;

/** Documents in this order; after a fault in the middle those before it may stand, and never one behind it. */
export async function insertAll(mongo: Mongo, model: Model<never>, documents: readonly object[]): Promise<Tried> {
  for (const document of documents) await model.validate(document);
  for (let from = 0; from < documents.length; from += INSERT_DOCUMENTS) {
    const tried = await insertTogether(mongo, model, documents.slice(from, from + INSERT_DOCUMENTS));
    if (tried.kind === 'taken') return { kind: 'taken', index: from + tried.index };
    // The inserts before it are kept.
    if (tried.kind === 'fault') return from > 0 ? { ...tried, code: 'uncertain' } : tried;
  }
  return { kind: 'done', value: undefined };
}

async function insertTogether(mongo: Mongo, model: Model<never>, documents: readonly object[]): Promise<Tried> {
  const tried = await tryWrite(mongo, () =>
    model.insertMany(documents as never[], { lean: true, ordered: true, rawResult: true }),
  );
  if (tried.kind === 'taken') return tried;
  // A disk may have become full in the middle.
  if (tried.kind === 'fault')
    return documents.length > 1 && tried.code === 'full' ? { ...tried, code: 'uncertain' } : tried;
  const { insertedCount } = tried.value;
  if (insertedCount === documents.length) return { kind: 'done', value: undefined };
  const cause = new Error(
    `the server wrote ${insertedCount} of ${documents.length} documents and said that all is well`,
  );
  return { kind: 'fault', code: 'uncertain', cause };
}

/**
 * What `work` itself throws, and is no failure of the database, is thrown on. What was never sent, because a connection
 * broke under another command, is tried once more; what was sent never is: that is for those who know what it means.
 */
export async function tryWrite<Value>(mongo: Mongo, work: () => Promise<Value>): Promise<Tried<Value>> {
  const first = await tryOnce(mongo, work);
  return first.kind === 'fault' && !first.sent ? await tryOnce(mongo, work) : first;
}

async function tryOnce<Value>(
  mongo: Mongo,
  work: () => Promise<Value>,
): Promise<Exclude<Tried<Value>, Fault> | (Fault & { sent: boolean })> {
  const watch = { sent: false };
  try {
    return { kind: 'done', value: await mongo.watching.run(watch, async () => await work()) };
  } catch (cause) {
    if (!isOfMongo(cause)) throw cause;
    const { code, writeErrors } = cause as { code?: unknown; writeErrors?: { index: number }[] };
    if (code === DUPLICATE_KEY) return { kind: 'taken', index: writeErrors?.[0]?.index ?? 0 };
    return { kind: 'fault', code: faultCode(code, watch), cause, sent: watch.sent };
  }
}

function faultCode(code: unknown, { sent }: { sent: boolean }): FaultCode {
  if (!sent || TURNED_AWAY.includes(code as number)) return 'unavailable';
  return code === OUT_OF_DISK_SPACE ? 'full' : 'uncertain';
}

/** Asks once more after a connection broke while unused, or after a primary stepped down: both are noticed immediately. */
export async function tryRead<Value>(work: () => Promise<Value>): Promise<{ kind: 'done'; value: Value } | Fault> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return { kind: 'done', value: await work() };
    } catch (cause) {
      if (!isOfMongo(cause)) throw cause;
      const { name, code } = cause as { name: string; code?: number };
      const again = name === 'MongoNetworkError' || OTHER_PRIMARY.includes(code ?? 0);
      if (!again || attempt === 2) return { kind: 'fault', code: 'unavailable', cause };
    }
  }
}

/** The driver's errors; mongoose's own are bugs of ours. */
export const isOfMongo = (error: unknown): boolean => /^Mongo(?!ose)/.test((error as Error).name);
