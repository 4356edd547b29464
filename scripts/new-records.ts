// Begins new records beside a ledger whose records are lost for good: `npm run new-records`.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { keepHead } from '../src/app/self-check/kept-head.ts';
import { areRecordsLost, LEDGER_FILE, RECORDS_FILE } from '../src/start/folder-stores.ts';
import { lineHash } from '../src/storage/journal/line-text.ts';
import { openSqliteJournal } from '../src/storage/journal/sqlite.ts';
import { openSqliteRecords } from '../src/storage/records/sqlite.ts';
import { lockFolder } from '../src/storage/sqlite/lock.ts';
import { isExpected, places, sentenceOf } from './ledger/place.ts';

const { folder } = places();
process.exitCode = (await begin()) ? 0 : 1;

async function begin(): Promise<boolean> {
  try {
    if (!areRecordsLost(folder)) {
      console.log(`Nothing was changed: no records are missing in ${folder}.`);
      return false;
    }
    const lock = lockFolder(folder);
    try {
      await beginRecords();
    } finally {
      lock.release();
    }
    console.log(`${join(folder, RECORDS_FILE)} is new and empty. Now start Inkwell.`);
    console.log(
      'Prompts, pictures and open image requests are gone. Credits on hold for them return at their deadlines.',
    );
    return true;
  } catch (error) {
    if (!isExpected(error)) throw error;
    console.log(`Nothing was changed: ${sentenceOf(error)}`);
    return false;
  }
}

/** With the marks by which a start knows that the ledger beside them has begun, and which line is its newest. */
async function beginRecords(): Promise<void> {
  // A log that is left over belongs to the file that was removed.
  for (const suffix of ['-wal', '-shm']) rmSync(join(folder, RECORDS_FILE + suffix), { force: true });
  const journal = openSqliteJournal(join(folder, LEDGER_FILE));
  const records = openSqliteRecords(join(folder, RECORDS_FILE));
  for (const workspace of await journal.workspaces()) {
    await records.marks.put({ workspace, key: 'ledger-begun', value: '', at: Date.now() });
    const seq = await journal.lastSeq(workspace);
    const [last] = await journal.read({ workspace, afterSeq: seq - 1, linesMax: 1 });
    if (last) await keepHead({ records, workspace }, { seq, hash: lineHash(last), at: Date.now() });
  }
  await journal.close();
  await records.close();
}
