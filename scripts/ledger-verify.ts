// Folds every ledger of a data folder again from its first line, and names the first line that cannot be right.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { contentHash } from '../src/app/content-hash.ts';
import { type Journal, JournalFault } from '../src/journal/journal.ts';
import { openSqliteJournal } from '../src/journal/sqlite.ts';
import { type Verification, Verifier } from '../src/ledger/verify.ts';
import { LEDGER_FILE } from '../src/stores.ts';

const READ_LINES = 2_000;

const { values } = parseArgs({ options: { data: { type: 'string' } } });
const file = join(values.data ?? process.env.DATA_DIR ?? './data', LEDGER_FILE);

if (!existsSync(file)) {
  console.log(
    `There is no ledger at ${file} yet. Start Inkwell once, or name another folder: npm run ledger:verify -- --data DIR`,
  );
} else {
  const journal = openSqliteJournal(file);
  let wrong = 0;
  for (const workspace of await journal.workspaces()) {
    const verified = await verify(journal, workspace);
    if (!verified.ok) wrong += 1;
    console.log(sentence(workspace, verified));
  }
  await journal.close();
  process.exitCode = wrong === 0 ? 0 : 1;
}

async function verify(journal: Journal, workspace: string): Promise<Verification> {
  const verifier = new Verifier(workspace, contentHash);
  let afterSeq = 0;
  try {
    for (;;) {
      const lines = await journal.read({ workspace, afterSeq, linesMax: READ_LINES });
      for (const line of lines) {
        if (!verifier.add(line)) return verifier.result();
        afterSeq = line.seq;
      }
      if (lines.length === 0) return await nothingMissing(journal, workspace, verifier, afterSeq);
    }
  } catch (error) {
    // A page of lines that cannot be read: the lines before it are right, so the first wrong one is among those after.
    if (!(error instanceof JournalFault)) throw error;
    return { ok: false, seq: afterSeq + 1, problem: `from here on something cannot be read (${error.message})` };
  }
}

async function nothingMissing(
  journal: Journal,
  workspace: string,
  verifier: Verifier,
  seq: number,
): Promise<Verification> {
  const last = await journal.lastSeq(workspace);
  return last === seq
    ? verifier.result()
    : { ok: false, seq: seq + 1, problem: `is missing, the last line is ${last}` };
}

function sentence(workspace: string, verified: Verification): string {
  if (!verified.ok) return `${workspace}: line ${verified.seq} cannot be right: ${verified.problem}.`;
  const { linesCount, state } = verified;
  return `${workspace}: ${linesCount} lines, all right. ${state.holds.size} holds open, ${state.slips.size} slips to reconcile.`;
}
