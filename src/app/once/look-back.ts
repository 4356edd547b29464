import type { Line } from '../../ledger/lines.ts';
import type { State } from '../../ledger/state.ts';
import type { AppContext } from '../context.ts';

/** What could not be followed up within this is no news any more. */
const WITHIN_MS = 86_400_000;
/** How far a process that starts looks back for what another one may have left. */
const LOOK_BACK_LINES = 5_000;
const LINES_A_READ = 500;

type IsWanted = (state: State, line: Line) => boolean;

/** What this process has read of a journal, and what it found there of the last day, by search. */
type Seen = { seq: number; found: Map<IsWanted, Line[]> };

const searches: IsWanted[] = [];
const seenOf = new WeakMap<AppContext['book'], Seen>();

/**
 * Makes a search for lines of the last day that have to be followed up, whichever process wrote them. A process reads each
 * line once, for all searches together: so a search is made when its file is loaded.
 */
export function createLookBack<Found extends Line>(isWanted: (state: State, line: Line) => line is Found) {
  searches.push(isWanted);
  return async (context: AppContext, state: State): Promise<readonly Found[]> => {
    const { book, clock } = context;
    const seen: Seen = seenOf.get(book) ?? {
      seq: Math.max(0, state.seq - LOOK_BACK_LINES),
      found: new Map<IsWanted, Line[]>(),
    };
    seenOf.set(book, seen);
    await readOn(context, state, seen);
    const found = (seen.found.get(isWanted) ?? []).filter(({ at }) => at > clock.now() - WITHIN_MS);
    seen.found.set(isWanted, found);
    return found as Found[];
  };
}

async function readOn({ book, journal }: AppContext, state: State, seen: Seen): Promise<void> {
  while (seen.seq < state.seq) {
    const { workspace } = book;
    const lines = await journal.read({ workspace, afterSeq: seen.seq, linesMax: LINES_A_READ });
    if (lines.length === 0) return;
    // Another look of this process may have come further meanwhile.
    const unseen = lines.filter(({ seq }) => seq > seen.seq);
    for (const isWanted of searches) {
      const found = unseen.filter((line) => isWanted(state, line));
      seen.found.set(isWanted, [...(seen.found.get(isWanted) ?? []), ...found]);
    }
    seen.seq = Math.max(seen.seq, lines.at(-1)?.seq ?? 0);
  }
}
