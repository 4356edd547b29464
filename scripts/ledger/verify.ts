import { keepHead, keptHead } from '../../src/app/self-check/kept-head.ts';
import { verifyBooks } from '../../src/app/self-check/verify-books.ts';
import type { KeptHead, Verification } from '../../src/ledger/verify/verifier.ts';
import type { Journal } from '../../src/storage/journal/journal.ts';
import { lineHash } from '../../src/storage/journal/line-text.ts';
import type { Records } from '../../src/storage/records/records.ts';

/** No person waits for this process. */
const LINES_A_PAGE = 2_000;

/** The nightly check of one workspace. `kept`: the newest line that was known, where there are records that say so. */
export const verifyWorkspace = (
  journal: Journal,
  workspace: string,
  { kept = null }: { kept?: KeptHead | null } = {},
): Promise<Verification> => verifyBooks(journal, workspace, { kept, linesMax: LINES_A_PAGE });

/**
 * Takes a ledger as it ends now, and where its hashes do not fit, as they are. Every line still has to be right by itself:
 * balances, commands and laws. Nothing is accepted where one is not.
 */
export async function acceptWorkspace(journal: Journal, records: Records, workspace: string): Promise<Verification> {
  const place = { records, workspace };
  const none = { seq: 0, hash: '', acceptedSeq: (await keptHead(place))?.acceptedSeq ?? 0 };
  const chained = await verifyWorkspace(journal, workspace, { kept: none });
  const lastSeq = await journal.lastSeq(workspace);
  const verified = chained.ok
    ? chained
    : await verifyWorkspace(journal, workspace, { kept: { ...none, acceptedSeq: lastSeq } });
  if (!verified.ok || !verified.last) return verified;
  const { last } = verified;
  const head = { seq: last.seq, hash: lineHash(last), at: last.at };
  await keepHead(place, head, chained.ok ? none.acceptedSeq : last.seq);
  return verified;
}
