import { contentHash } from '../../src/app/content-hash.ts';
import { type Journal, JournalFault } from '../../src/journal/journal.ts';
import type { Line } from '../../src/ledger/lines.ts';
import { type Verification, Verifier } from '../../src/ledger/verify.ts';

const READ_LINES = 2_000;

/** Folds a workspace's ledger from its first line; `saw` is told of every page. */
export async function verifyWorkspace(
  journal: Journal,
  workspace: string,
  saw: (linesCount: number) => void = () => {},
): Promise<Verification> {
  const verifier = new Verifier(workspace, contentHash);
  for (let afterSeq = 0; ; ) {
    const page = await readPage(journal, { workspace, afterSeq });
    for (const line of page.lines) if (!verifier.add(line)) return verifier.result();
    const last = page.lines.at(-1);
    if (last) afterSeq = last.seq;
    saw(afterSeq);
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
