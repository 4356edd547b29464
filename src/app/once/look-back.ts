import type { Line } from '../../ledger/lines.ts';
import type { State } from '../../ledger/state.ts';
import type { AppContext } from '../context.ts';

/** What could not be followed up within this is no news any more. */
const WITHIN_MS = 86_400_000;
/** How far a process that starts looks back for what another one may have left. */
const LOOK_BACK_LINES = 5_000;
const LINES_A_READ = 500;

/** What this process has read of a journal, and what it found there of the last day. */
type Seen<Found> = { seq: number; found: Found[] };

/**
 * Makes a search for lines of the last day that have to be followed up, whichever process wrote them. Each line is read once
 * a process.
 */
export function createLookBack<Found extends Line>(isWanted: (state: State, line: Line) => line is Found) {
  const seenOf = new WeakMap<AppContext['book'], Seen<Found>>();
  return async ({ book, journal, clock }: AppContext, state: State): Promise<readonly Found[]> => {
    const seen = seenOf.get(book) ?? { seq: Math.max(0, state.seq - LOOK_BACK_LINES), found: [] };
    seenOf.set(book, seen);
    while (seen.seq < state.seq) {
      const { workspace } = book;
      const lines = await journal.read({ workspace, afterSeq: seen.seq, linesMax: LINES_A_READ });
      if (lines.length === 0) break;
      // Another look of this process may have come further meanwhile.
      const unseen = lines.filter(({ seq }) => seq > seen.seq);
      seen.found.push(...unseen.filter((line): line is Found => isWanted(state, line)));
      seen.seq = Math.max(seen.seq, lines.at(-1)?.seq ?? 0);
    }
    seen.found = seen.found.filter(({ at }) => at > clock.now() - WITHIN_MS);
    return seen.found;
  };
}
