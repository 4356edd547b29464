import { keptHead } from '../../src/app/self-check/kept-head.ts';
import type { OpenStores } from '../../src/start/folder-stores.ts';
import { CopyFault, copyLines, copyRecords } from './copy.ts';
import { counted } from './place.ts';
import { verifyWorkspace } from './verify.ts';

/**
 * Copies what a store has to an empty one while bots go on working at it. A journal is only ever added to, so whatever is
 * read of it is a ledger that was true. The records come first: what the ledger knows of later, and they do not, ends like
 * the work of a process that died, in the client's favour. Throws a `CopyFault` where the copy is not all right.
 */
export async function backUp(from: OpenStores, to: OpenStores, tell: (what: string) => void): Promise<string> {
  const recordsCount = await copyRecords(from.records.all(), to.records, tell);
  const workspaces = await from.journal.workspaces();
  let linesCount = 0;
  for (const workspace of workspaces) {
    const copied = await copyLines(from.journal, to.journal, { workspace, tell });
    const kept = await keptHead({ records: to.records, workspace });
    const verified = await verifyWorkspace(to.journal, workspace, { kept });
    if (!verified.ok) throw new CopyFault(`${workspace}: line ${verified.seq} cannot be right: ${verified.problem}.`);
    if (verified.linesCount !== copied) throw new CopyFault(`${workspace}: not all lines arrived.`);
    linesCount += copied;
  }
  return [counted(workspaces.length, 'workspace'), counted(linesCount, 'line'), counted(recordsCount, 'record')].join(
    ', ',
  );
}
