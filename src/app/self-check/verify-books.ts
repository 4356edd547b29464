import type { Line } from '../../ledger/lines.ts';
import { type KeptHead, type Verification, Verifier, type WrongKind } from '../../ledger/verify/verifier.ts';
import { contentHash } from '../../ports/content-hash.ts';
import { type Journal, JournalFault } from '../../storage/journal/journal.ts';
import { LINE_CHAIN } from '../../storage/journal/line-text.ts';

/** What a check needs of a journal: it looks, and never writes. */
export type Books = Pick<Journal, 'read' | 'findCommands' | 'trouble'>;

/** Read and folded in a few milliseconds, so that a click in between is answered as quickly as ever. */
const LINES_A_PAGE = 250;

/**
 * Folds a workspace's ledger from its first line, a page at a time, and names the first line that cannot be right. `saw`
 * is told how far it is. `leastSeq`: a line that was seen there; a ledger that ends before it has lost lines. So
 * has one that does not have the line that was `kept`.
 */
export async function verifyBooks(
  books: Books,
  workspace: string,
  { saw = () => {}, leastSeq = 0, linesMax = LINES_A_PAGE, kept = null }: Partial<Look> = {},
): Promise<Verification> {
  const trouble = await books.trouble?.();
  if (trouble) return { ok: false, seq: 1, kind: 'unreadable', problem: `cannot be relied on: ${trouble.problem}` };
  const verifier = new Verifier(workspace, contentHash, { ...LINE_CHAIN, kept });
  for (let afterSeq = 0; ; ) {
    const page = await readPage(books, { workspace, afterSeq, linesMax });
    for (const line of page.lines) if (!verifier.add(line)) return verifier.result();
    afterSeq += page.lines.length;
    saw(afterSeq);
    if (page.wrong) return { ok: false, seq: afterSeq + 1, ...page.wrong };
    if (page.lines.length === 0) break;
    await nextTurnOfTheLoop();
  }
  const verified = verifier.result();
  if (!verified.ok || verified.linesCount >= leastSeq) return verified;
  return { ok: false, seq: verified.linesCount + 1, kind: 'end', problem: `is missing, and line ${leastSeq} was` };
}

/** `linesMax`: of a page. */
type Look = { saw: (linesCount: number) => void; leastSeq: number; linesMax: number; kept: KeptHead | null };
type Page = { lines: Line[]; wrong: { kind: WrongKind; problem: string } | null };

/** As many lines as can be read and found by their command, and what is wrong with the next one. */
async function readPage(
  books: Books,
  { workspace, afterSeq, linesMax }: { workspace: string; afterSeq: number; linesMax: number },
): Promise<Page> {
  try {
    const lines = await books.read({ workspace, afterSeq, linesMax });
    const commandIds = lines.map(({ commandId }) => commandId);
    const found = await books.findCommands({ workspace, commandIds });
    const seqs = new Map(found.map(({ commandId, seq }) => [commandId, seq]));
    const lost = lines.findIndex(({ commandId, seq }) => seqs.get(commandId) !== seq);
    if (lost < 0) return { lines, wrong: null };
    return { lines: lines.slice(0, lost), wrong: { kind: 'line', problem: 'is not found by its command id' } };
  } catch (error) {
    if (!(error instanceof JournalFault) || error.code !== 'corrupt') throw error;
    if (linesMax === 1)
      return { lines: [], wrong: { kind: 'unreadable', problem: `cannot be read (${error.message})` } };
    return readPage(books, { workspace, afterSeq, linesMax: Math.ceil(linesMax / 2) });
  }
}

const nextTurnOfTheLoop = () => new Promise<void>((resolve) => setImmediate(resolve));
