import { type ChangeLine, isChange } from '../../ledger/kinds/change-kinds.ts';
import type { State } from '../../ledger/state.ts';
import type { AppContext } from '../context.ts';
import { createRepeats } from './change-repeats.ts';
import { type ChangesView, changeRow, namesOf } from './changes-view.ts';
import { LINES_A_READ, LOOK_BACK_LINES, seesLine } from './show-changes.ts';

/** Enough for every reader to find a few that are theirs. */
const KEPT_MAX = 200;

/** The newest changes up to `seq`, newest first. */
type Kept = { seq: number; corrections: State['corrections']; lines: readonly ChangeLine[] };
const kept = new WeakMap<AppContext['records'], Kept>();

/**
 * The last few changes that a person may see. Home is drawn often, so each line is looked at once in this process, and not once
 * for each drawing.
 */
export async function recentChanges(
  context: AppContext,
  state: State,
  { by, rowsMax }: { by: string; rowsMax: number },
): Promise<Pick<ChangesView, 'rows' | 'names'>> {
  const all = await changesUntil(context, state);
  const repeats = createRepeats(state);
  for (const line of all) repeats.saw(line);
  const lines = all.filter((line) => !repeats.changedNothing(line) && seesLine(state, by, line)).slice(0, rowsMax);
  return { rows: lines.map((line) => changeRow(state, line)), names: namesOf(state, lines) };
}

async function changesUntil({ book, records }: AppContext, state: State): Promise<readonly ChangeLine[]> {
  const { seq, corrections } = state;
  const known = kept.get(records);
  const before = known && known.corrections === corrections && known.seq <= seq ? known : null;
  const oldest = Math.max(1, seq + 1 - LOOK_BACK_LINES, (before?.seq ?? 0) + 1);
  const found: ChangeLine[] = [];
  let beforeSeq = seq + 1;
  while (beforeSeq > oldest && found.length < KEPT_MAX) {
    const read = await book.linesBefore({ beforeSeq, linesMax: Math.min(LINES_A_READ, beforeSeq - oldest) });
    if (read.length === 0) break;
    found.push(...read.filter(isChange).reverse());
    beforeSeq = read[0]?.seq ?? oldest;
  }
  const lines = [...found, ...(before?.lines ?? [])].slice(0, KEPT_MAX);
  kept.set(records, { seq, corrections, lines });
  return lines;
}
