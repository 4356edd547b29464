import type { Mongo } from '../mongo/open.ts';
import { type Tried, tryRead, tryWrite } from '../mongo/write.ts';
import { RecordsFault } from './records.ts';

/** The value, or the fault as the records say it. */
export async function answered<Value>(work: () => Promise<Value>): Promise<Value> {
  const tried = await tryRead(work);
  if (tried.kind === 'done') return tried.value;
  throw new RecordsFault(tried.code, { cause: tried.cause });
}

/** Whether a document was put or stood already. */
export function putOrTaken(tried: Tried): 'put' | 'taken' {
  if (tried.kind === 'fault') throw new RecordsFault(tried.code, { cause: tried.cause });
  return tried.kind === 'done' ? 'put' : 'taken';
}

/** For a write that means the same however often it is done: where its answer is lost it is done once more. */
export async function writtenAgain<Value>(mongo: Mongo, work: () => Promise<Value>): Promise<Value> {
  const first = await tryWrite(mongo, work);
  const tried = first.kind === 'fault' && first.code === 'uncertain' ? await tryWrite(mongo, work) : first;
  if (tried.kind === 'done') return tried.value;
  if (tried.kind === 'taken') throw new Error('a write without a unique key met one');
  throw new RecordsFault(first === tried ? tried.code : 'uncertain', { cause: tried.cause });
}
