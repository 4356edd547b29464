import {
  type Head,
  type KeptHead,
  NOT_THE_LINE,
  type Verification,
  type WrongKind,
} from '../../ledger/verify/verifier.ts';
import { lineHash } from '../../storage/journal/line-text.ts';
import { type Records, RecordsFault } from '../../storage/records/records.ts';
import { type Books, verifyBooks } from './verify-books.ts';

export type HeadPlace = { records: Pick<Records, 'marks'>; workspace: string };

/** `no`: counts how often one was kept. Two marks take turns, so that one is always there. */
type Kept = KeptHead & { no: number };

const keyOf = (no: number) => `ledger-head/${no % 2}`;

/**
 * The newest line that was known when the ledger was last checked, or Inkwell was stopped. Null where none was kept yet, or
 * where the records are damaged: their own check says so.
 */
export async function keptHead({ records, workspace }: HeadPlace): Promise<Kept | null> {
  try {
    const values = await Promise.all([0, 1].map((no) => records.marks.get({ workspace, key: keyOf(no) })));
    const kept = values.flatMap((value) => (value === null ? [] : [JSON.parse(value) as Kept]));
    return kept.sort((one, other) => other.no - one.no)[0] ?? null;
  } catch (error) {
    if (error instanceof RecordsFault && error.code === 'corrupt') return null;
    throw error;
  }
}

/**
 * Keeps the newest line apart from the journal. It never goes back by itself: `acceptedSeq` is given where a person has
 * accepted a ledger that ends earlier, or whose hashes do not fit.
 */
export async function keepHead(place: HeadPlace, head: Head & { at: number }, acceptedSeq?: number): Promise<void> {
  const { records, workspace } = place;
  const before = await keptHead(place);
  if (before && before.seq >= head.seq && acceptedSeq === undefined) return;
  const { seq, hash, at } = head;
  const kept: Kept = { no: (before?.no ?? 0) + 1, seq, hash, acceptedSeq: acceptedSeq ?? before?.acceptedSeq ?? 0 };
  const mark = { workspace, key: keyOf(kept.no) };
  await records.marks.remove(mark);
  // Where another process was quicker, what it kept is as good.
  await records.marks.put({ ...mark, value: JSON.stringify(kept), at });
}

/** Checks the whole ledger, also against the head that was kept and the newest line that this process has seen. */
export async function verifyLedger(
  { journal, records, book: { workspace } }: { journal: Books; records: Records; book: { workspace: string } },
  leastSeq: number,
): Promise<Verification> {
  return await verifyBooks(journal, workspace, { leastSeq, kept: await keptHead({ records, workspace }) });
}

/** What is wrong with the end of the ledger; null where the line that was kept is there. It is read alone: a start waits for it. */
export async function missedHead(journal: Pick<Books, 'read'>, place: HeadPlace): Promise<Missed | null> {
  const kept = await keptHead(place);
  if (!kept) return null;
  const { workspace } = place;
  const [line] = await journal.read({ workspace, afterSeq: kept.seq - 1, linesMax: 1 });
  if (line && lineHash(line) === kept.hash) return null;
  return line
    ? { seq: kept.seq, kind: 'line', problem: NOT_THE_LINE }
    : { seq: kept.seq, kind: 'end', problem: 'is missing: the end of the ledger was removed' };
}

type Missed = { seq: number; kind: WrongKind; problem: string };
