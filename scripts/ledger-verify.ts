// Folds every ledger of a data folder again from its first line, and names the first line that cannot be right.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { contentHash } from '../src/app/content-hash.ts';
import { type Journal, JournalFault } from '../src/journal/journal.ts';
import { openSqliteJournal } from '../src/journal/sqlite.ts';
import type { Line } from '../src/ledger/lines.ts';
import { type Verification, Verifier } from '../src/ledger/verify.ts';
import { SqliteFault } from '../src/sqlite/open.ts';
import { LEDGER_FILE } from '../src/stores.ts';

const READ_LINES = 2_000;

const { values, positionals } = parseArgs({ options: { data: { type: 'string' } }, allowPositionals: true });
const file = join(values.data ?? positionals[0] ?? process.env.DATA_DIR ?? './data', LEDGER_FILE);

if (existsSync(file)) {
  process.exitCode = (await verifyFile()) ? 0 : 1;
} else {
  console.log(`There is no ledger at ${file} yet. Start Inkwell once, or name another folder:`);
  console.log('  npm run ledger:verify -- --data DIR');
}

async function verifyFile(): Promise<boolean> {
  let journal: Journal;
  try {
    journal = openSqliteJournal(file);
  } catch (error) {
    if (!(error instanceof SqliteFault)) throw error;
    console.log(error.message);
    return false;
  }
  const workspaces = await journal.workspaces();
  let linesCount = 0;
  let allRight = true;
  for (const workspace of workspaces) {
    const verified = await verify(journal, workspace);
    console.log(sentence(workspace, verified));
    allRight &&= verified.ok;
    linesCount += verified.ok ? verified.linesCount : verified.seq - 1;
  }
  await journal.close();
  console.log(`${counted(workspaces.length, 'workspace')}, ${counted(linesCount, 'line')} checked in ${file}.`);
  return allRight;
}

async function verify(journal: Journal, workspace: string): Promise<Verification> {
  const verifier = new Verifier(workspace, contentHash);
  for (let afterSeq = 0; ; ) {
    const page = await readPage(journal, { workspace, afterSeq });
    for (const line of page.lines) if (!verifier.add(line)) return verifier.result();
    const last = page.lines.at(-1);
    if (last) afterSeq = last.seq;
    if (page.problem) return { ok: false, seq: afterSeq + 1, problem: page.problem };
    if (!last) return verifier.result();
  }
}

type Page = { lines: Line[]; problem: string | null };

/** As many lines as can be read and found by their command, and what is wrong with the next one. */
async function readPage(
  journal: Journal,
  { workspace, afterSeq, linesMax = READ_LINES }: { workspace: string; afterSeq: number; linesMax?: number },
): Promise<Page> {
  try {
    const lines = await journal.read({ workspace, afterSeq, linesMax });
    const commandIds = lines.map(({ commandId }) => commandId);
    const found = await journal.findCommands({ workspace, commandIds });
    const seqs = new Map(found.map(({ commandId, seq }) => [commandId, seq]));
    const lost = lines.findIndex(({ commandId, seq }) => seqs.get(commandId) !== seq);
    return lost < 0
      ? { lines, problem: null }
      : { lines: lines.slice(0, lost), problem: 'is not found by its command id' };
  } catch (error) {
    if (!(error instanceof JournalFault) || error.code !== 'corrupt') throw error;
    if (linesMax === 1) return { lines: [], problem: `cannot be read (${error.message})` };
    return readPage(journal, { workspace, afterSeq, linesMax: Math.ceil(linesMax / 2) });
  }
}

function sentence(workspace: string, verified: Verification): string {
  if (!verified.ok) return `${workspace}: line ${verified.seq} cannot be right: ${verified.problem}.`;
  const { linesCount, state } = verified;
  const open = counted(state.holds.size, 'open hold');
  return `${workspace}: ${counted(linesCount, 'line')}, all right; ${open}, ${counted(state.slips.size, 'slip')} to reconcile.`;
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`;
}
