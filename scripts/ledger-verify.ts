// Folds every ledger of a data folder, or of a MongoDB, again from its first line, and names the first line that cannot be right.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { keptHead } from '../src/app/self-check/kept-head.ts';
import type { Verification } from '../src/ledger/verify/verifier.ts';
import { areRecordsLost, LEDGER_FILE, type OpenStores } from '../src/start/folder-stores.ts';
import { openSqliteJournal } from '../src/storage/journal/sqlite.ts';
import { lockFolder } from '../src/storage/sqlite/lock.ts';
import { counted, hasLedger, isAddress, isExpected, openPlace, ownPlace, sentenceOf } from './ledger/place.ts';
import { acceptWorkspace, verifyWorkspace } from './ledger/verify.ts';

const { values, positionals } = parseArgs({
  options: { data: { type: 'string' }, uri: { type: 'string' }, accept: { type: 'boolean' } },
  allowPositionals: true,
});
const where = values.uri ?? values.data ?? positionals[0] ?? ownPlace();

if (isAddress(where) || hasLedger(where)) {
  process.exitCode = (await verifyAll()) ? 0 : 1;
} else {
  console.log(`There is no ledger at ${where}/${LEDGER_FILE} yet. Start Inkwell once, or name another folder:`);
  console.log('  npm run ledger:verify -- --data DIR');
}

async function verifyAll(): Promise<boolean> {
  let stores: Verified | null = null;
  let lock: ReturnType<typeof lockFolder> | null = null;
  try {
    lock = values.accept && !isAddress(where) ? lockFolder(where) : null;
    stores = await open();
    return await verify(stores);
  } catch (error) {
    if (!isExpected(error)) throw error;
    console.log(sentenceOf(error));
    return false;
  } finally {
    await stores?.close();
    lock?.release();
  }
}

type Verified = Pick<OpenStores, 'journal' | 'ledger' | 'close'> & { records?: OpenStores['records'] };

/** A ledger alone can be verified, too; no records are made beside it, so that a start still sees that they are lost. */
async function open(): Promise<Verified> {
  if (isAddress(where) || !areRecordsLost(where)) return await openPlace(where);
  const ledger = join(where, LEDGER_FILE);
  const journal = openSqliteJournal(ledger);
  return { journal, ledger, close: () => journal.close() };
}

async function verify({ journal, records, ledger }: Verified): Promise<boolean> {
  const workspaces = await journal.workspaces();
  let linesCount = 0;
  let allRight = true;
  for (const workspace of workspaces) {
    const kept = records ? await keptHead({ records, workspace }) : null;
    const isToAccept = values.accept && records;
    const verified = isToAccept
      ? await acceptWorkspace(journal, records, workspace)
      : await verifyWorkspace(journal, workspace, { kept });
    console.log(sentence(workspace, verified));
    if (isToAccept && verified.ok) console.log(`${workspace}: accepted as it is, up to line ${verified.linesCount}.`);
    allRight &&= verified.ok;
    linesCount += verified.ok ? verified.linesCount : verified.seq - 1;
  }
  const problem = await records?.check?.();
  if (problem) console.log(`The records cannot be relied on: ${problem}. Put back your backup of ledger and records.`);
  console.log(`${counted(workspaces.length, 'workspace')}, ${counted(linesCount, 'line')} checked in ${ledger}.`);
  return allRight && !problem;
}

function sentence(workspace: string, verified: Verification): string {
  if (!verified.ok) return `${workspace}: line ${verified.seq} cannot be right: ${verified.problem}.`;
  const { linesCount, state } = verified;
  const open = counted(state.holds.size, 'open hold');
  return `${workspace}: ${counted(linesCount, 'line')}, all right; ${open}, ${counted(state.slips.size, 'slip')} to reconcile.`;
}
