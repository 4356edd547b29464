import { JournalFault } from '../../journal/journal.ts';
import { INKWELL } from '../../ledger/commands.ts';
import { isStopped } from '../../ledger/decide/spending.ts';
import type { State, Stop } from '../../ledger/state.ts';
import type { World } from '../world.ts';

/** What was found, and under which name spending is stopped for it. */
export type Found = Pick<Stop, 'stopId' | 'brokenSeq' | 'problem'>;

/** Writes the stop down. False where this process can write nothing: a line that it cannot read is in its way. */
export async function stopSpending({ book }: World, { stopId, ...found }: Found): Promise<boolean> {
  const wish = { kind: 'stop_spending', ...found } as const;
  const submitted = book.submit({ commandId: stopId, by: INKWELL, ...wish }).then(() => isStopped(book.now().stop));
  return await submitted.catch(unlessCorrupt(() => false));
}

/**
 * A process that began to work before the line was broken may still be able to write, and to spend: so what could not be
 * written down is left for every other one to write.
 */
export async function noteUnwritten({ book, records, clock }: World, found: Found): Promise<void> {
  const mark = { workspace: book.workspace, key: UNWRITTEN };
  await records.marks.put({ ...mark, value: JSON.stringify(found), at: clock.now() });
}

/** Writes down what another process has found and could not. True if something was. */
export async function writeUnwritten(world: World): Promise<boolean> {
  const mark = { workspace: world.book.workspace, key: UNWRITTEN };
  const noted = await world.records.marks.get(mark);
  if (noted === null || !(await stopSpending(world, JSON.parse(noted) as Found))) return false;
  await world.records.marks.remove(mark);
  return true;
}

const UNWRITTEN = 'spending-stopped/unwritten';

/** The state after the last line that can be read. */
export const readAsFarAsPossible = ({ book }: World): Promise<State> =>
  book.read().catch(unlessCorrupt(() => book.now()));

/** A write in doubt is one of them, where the doubt comes from a line that cannot be read. */
const unlessCorrupt =
  <Value>(instead: () => Value) =>
  (error: unknown): Value => {
    const fault = error instanceof JournalFault && error.cause instanceof JournalFault ? error.cause : error;
    if (fault instanceof JournalFault && fault.code === 'corrupt') return instead();
    throw error;
  };
