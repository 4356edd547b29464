import { fold } from '../ledger/apply/apply.ts';
import type { Line } from '../ledger/lines.ts';
import type { State } from '../ledger/state.ts';
import { JournalFault } from '../storage/journal/journal.ts';

/** Returns the state after lines that were read. Throws `corrupt` where they cannot follow the state. */
export function foldLines(state: State, lines: readonly Line[]): State {
  try {
    return fold(state, lines);
  } catch (cause) {
    const message = `the journal of ${state.workspace} does not add up after line ${state.seq}`;
    throw new JournalFault('corrupt', { cause, message });
  }
}

/** Does the same for lines of another process. Null where they do not follow: then the journal is read. */
export function foldIfNext(state: State, lines: readonly Line[]): State | null {
  if (lines.some(({ workspace }) => workspace !== state.workspace)) return null;
  try {
    return foldLines(state, lines);
  } catch {
    return null;
  }
}
