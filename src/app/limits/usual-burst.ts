import { INKWELL } from '../../ledger/commands/commands.ts';
import { USUAL_BURST } from '../../ledger/policy.ts';
import type { AppContext } from '../context.ts';

const PAGE_LINES = 1_000;

/**
 * Sets the burst limit in a workspace that has never decided about it, a new one or one of an earlier version. A person who
 * has turned it off since, or before, keeps it off.
 */
export async function setUsualBurst(context: Pick<AppContext, 'book' | 'records' | 'clock'>): Promise<void> {
  const { book, records, clock } = context;
  const done = { workspace: book.workspace, key: 'usual-burst' };
  if ((await records.marks.get(done)) !== null) return;
  const isDecided = book.now().settings?.burst != null || (await wasDecided(context));
  const policy = { name: 'burst', value: USUAL_BURST } as const;
  // Its id is answered once, whatever becomes of the mark.
  if (!isDecided) await book.submit({ commandId: 'usual-burst', by: INKWELL, kind: 'set_policy', policy });
  await records.marks.put({ ...done, value: '', at: clock.now() });
}

/** Read once in the life of a ledger: what is set now does not tell "turned off" from "never thought of". */
async function wasDecided({ book }: Pick<AppContext, 'book'>): Promise<boolean> {
  const { seq: lastSeq } = book.now();
  for (let beforeSeq = lastSeq + 1; beforeSeq > 1; beforeSeq -= PAGE_LINES) {
    const lines = await book.linesBefore({ beforeSeq, linesMax: PAGE_LINES });
    if (lines.some((line) => line.kind === 'policy_set' && line.policy.name === 'burst')) return true;
  }
  return false;
}
