// Folds every ledger of a data folder, or of a MongoDB, again from its first line, and names the first line that cannot be right.
import { parseArgs } from 'node:util';
import type { Verification } from '../src/ledger/verify.ts';
import { LEDGER_FILE, type OpenStores } from '../src/stores.ts';
import { counted, hasLedger, isAddress, isExpected, openPlace, ownPlace } from './ledger/place.ts';
import { verifyWorkspace } from './ledger/verify.ts';

const { values, positionals } = parseArgs({
  options: { data: { type: 'string' }, uri: { type: 'string' } },
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
  let stores: OpenStores;
  try {
    stores = await openPlace(where);
  } catch (error) {
    if (!isExpected(error)) throw error;
    console.log(error.message);
    return false;
  }
  const { journal, ledger } = stores;
  const workspaces = await journal.workspaces();
  let linesCount = 0;
  let allRight = true;
  for (const workspace of workspaces) {
    const verified = await verifyWorkspace(journal, workspace);
    console.log(sentence(workspace, verified));
    allRight &&= verified.ok;
    linesCount += verified.ok ? verified.linesCount : verified.seq - 1;
  }
  await stores.close();
  console.log(`${counted(workspaces.length, 'workspace')}, ${counted(linesCount, 'line')} checked in ${ledger}.`);
  return allRight;
}

function sentence(workspace: string, verified: Verification): string {
  if (!verified.ok) return `${workspace}: line ${verified.seq} cannot be right: ${verified.problem}.`;
  const { linesCount, state } = verified;
  const open = counted(state.holds.size, 'open hold');
  return `${workspace}: ${counted(linesCount, 'line')}, all right; ${open}, ${counted(state.slips.size, 'slip')} to reconcile.`;
}
