// Says what time every ledger has come to, and with --correct writes the line that corrects one that is dated ahead.
import { parseArgs } from 'node:util';
import { Book } from '../src/book/book.ts';
import { CLOCK_TOLERANCE_MS } from '../src/book/clock-doubt.ts';
import { INKWELL } from '../src/ledger/commands/commands.ts';
import { isAheadOf } from '../src/ledger/decide/clock.ts';
import type { OpenStores } from '../src/start/folder-stores.ts';
import { LEDGER_FILE } from '../src/start/folder-stores.ts';
import { realClock } from '../src/start/real-clock.ts';
import { hasLedger, isAddress, isExpected, openPlace, ownPlace } from './ledger/place.ts';

const { values, positionals } = parseArgs({
  options: { data: { type: 'string' }, uri: { type: 'string' }, correct: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const where = values.uri ?? values.data ?? positionals[0] ?? ownPlace();

if (isAddress(where) || hasLedger(where)) {
  process.exitCode = (await lookAtAll()) ? 0 : 1;
} else {
  console.log(`There is no ledger at ${where}/${LEDGER_FILE} yet.`);
  console.log('  npm run ledger:clock -- --data DIR');
}

async function lookAtAll(): Promise<boolean> {
  let stores: OpenStores;
  try {
    stores = await openPlace(where);
  } catch (error) {
    if (!isExpected(error)) throw error;
    console.log(error.message);
    return false;
  }
  try {
    console.log(`This machine says ${spoken(realClock.now())}.`);
    if (values.correct && (await databaseDiffers(stores))) return false;
    let allRight = true;
    for (const workspace of await stores.journal.workspaces()) allRight = (await lookAt(stores, workspace)) && allRight;
    return allRight;
  } finally {
    await stores.close();
  }
}

async function databaseDiffers(stores: OpenStores): Promise<boolean> {
  const at = await stores.askTime();
  if (at === null || Math.abs(at - realClock.now()) <= CLOCK_TOLERANCE_MS) return false;
  console.log(`The database says ${spoken(at)}. Nothing was corrected: set the clock that is wrong first.`);
  return true;
}

async function lookAt({ journal }: OpenStores, workspace: string): Promise<boolean> {
  const book = await Book.open({ journal, clock: realClock, workspace });
  try {
    const { lastAt, corrections } = book.now();
    if (!isAheadOf(book.now(), realClock.now())) {
      console.log(`${workspace}: the last line says ${spoken(lastAt)}. The ledger is not ahead.`);
      return true;
    }
    console.log(`${workspace}: the last line says ${spoken(lastAt)}. A clock was wrong when it was written.`);
    if (!values.correct) {
      console.log('  If this machine is right, correct it: npm run ledger:clock -- --correct');
      return false;
    }
    const commandId = `clock/${corrections.length}/${lastAt}`;
    const answer = await book.submit({ commandId, by: INKWELL, kind: 'correct_clock', wrongAt: lastAt });
    console.log(
      answer.ok ? '  Corrected: the ledger’s time is right again.' : '  Not corrected: somebody else was first.',
    );
    return answer.ok;
  } finally {
    await book.close();
  }
}

function spoken(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? String(at) : date.toISOString();
}
