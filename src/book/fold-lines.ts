import { fold } from '../ledger/apply/apply.ts';
import type { Line } from '../ledger/lines.ts';
import type { State } from '../ledger/state.ts';
import { JournalFault } from '../storage/journal/journal.ts';

/** The state after lines that were read. What cannot follow it is a journal that nobody can go on with (`corrupt`). */
export function foldLines(state: State, lines: readonly Line[]): State {
  try {
    return fold(state, lines);
  } catch (cause) {
    const message = `the journal of ${state.workspace} does not add up after line ${state.seq}`;
    throw new JournalFault('corrupt', { cause, message });
  }
}

/** The same for lines of another process; null where they do not follow: the journal has the last word. */
export function foldIfNext(state: State, lines: readonly Line[]): State | null {
  if (lines.some(({ workspace }) => workspace !== state.workspace)) return null;
  try {
    return foldLines(state, lines);
  } catch {
    return null;
  }
}
