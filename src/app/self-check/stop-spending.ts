import type { StopHere } from '../../book/decide-batch.ts';
import { INKWELL } from '../../ledger/commands/commands.ts';
import { isStopped } from '../../ledger/decide/spending.ts';
import type { State } from '../../ledger/state.ts';
import { JournalFault } from '../../storage/journal/journal.ts';
import type { AppContext } from '../context.ts';

/** What was found, and under which name spending is stopped for it. */
export type Found = Pick<StopHere, 'stopId' | 'brokenSeq' | 'problem' | 'brokenHash'>;

/**
 * Writes the stop down. `over`: it was written down before, and an owner has let spending go on since. `unreadable`: this
 * process can write nothing, a line that it cannot read is in its way.
 */
export async function stopSpending(
  { book }: AppContext,
  { stopId, brokenSeq, problem, brokenHash }: Found,
): Promise<'stopped' | 'over' | 'unreadable'> {
  const wrong = { brokenSeq, problem, ...(brokenHash === undefined ? {} : { brokenHash }) };
  const submitted = book.submit({ commandId: stopId, by: INKWELL, kind: 'stop_spending', ...wrong });
  const stopped = submitted.then(() => (isStopped(book.now().stop) ? ('stopped' as const) : ('over' as const)));
  const outcome = await stopped.catch(unlessCorrupt(() => 'unreadable' as const));
  // From here on a line says it, to every process.
  if (outcome !== 'unreadable') book.stoppedHere = null;
  return outcome;
}

/**
 * A process that began to work before the line was broken may still be able to write, and to spend: so what could not be
 * written down is left for every other one to write.
 */
export async function noteUnwritten({ book, records }: AppContext, found: StopHere): Promise<void> {
  const mark = { workspace: book.workspace, key: UNWRITTEN };
  await records.marks.put({ ...mark, value: JSON.stringify(found), at: found.at });
}

/** Returns what was found by a process that could not write it down. */
export async function unwritten({ book, records }: AppContext): Promise<StopHere | null> {
  const noted = await records.marks.get({ workspace: book.workspace, key: UNWRITTEN });
  return noted === null ? null : (JSON.parse(noted) as StopHere);
}

export const forgetUnwritten = ({ book, records }: AppContext): Promise<void> =>
  records.marks.remove({ workspace: book.workspace, key: UNWRITTEN });

const UNWRITTEN = 'spending-stopped/unwritten';

/** The state after the last line that can be read. */
export const readAsFarAsPossible = ({ book }: AppContext): Promise<State> =>
  book.read().catch(unlessCorrupt(() => book.now()));

/** A write in doubt is one of them, where the doubt comes from a line that cannot be read. */
const unlessCorrupt =
  <Value>(instead: () => Value) =>
  (error: unknown): Value => {
    const fault = error instanceof JournalFault && error.cause instanceof JournalFault ? error.cause : error;
    if (fault instanceof JournalFault && fault.code === 'corrupt') return instead();
    throw error;
  };
