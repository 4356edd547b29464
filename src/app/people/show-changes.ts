import { type ChangeLine, isChange } from '../../ledger/kinds/change-kinds.ts';
import { touchedBy } from '../../ledger/kinds/kinds.ts';
import type { Line } from '../../ledger/lines.ts';
import { may } from '../../ledger/rights/rights.ts';
import type { State } from '../../ledger/state.ts';
import type { AppContext } from '../context.ts';
import { createRepeats } from './change-repeats.ts';
import { accountsIn, type ChangesView, changeRow, namesOf } from './changes-view.ts';

export const CHANGES_A_PAGE = 20;
/** However long the journal is: what was changed before so many lines is in the statements. */
export const LOOK_BACK_LINES = 5_000;
export const LINES_A_READ = 500;

/** Recent changes, newest first; for managers, of what they look after. Null for a person who may not see them. */
export async function showChanges(
  context: AppContext,
  { by, page }: { by: string; page: number },
): Promise<ChangesView | null> {
  const state = await context.book.read();
  if (!may(state, by, 'see_changes') || (await context.channels.audience(null, by)) !== 'internal') return null;
  const isSeen = (line: Line): line is ChangeLine => isChange(line) && seesLine(state, by, line);
  const first = Math.max(0, page) * CHANGES_A_PAGE;
  const { found, isWhole } = await newestLines(context, { isWanted: isSeen, linesMax: first + CHANGES_A_PAGE + 1 });
  const lines = found.slice(first, first + CHANGES_A_PAGE);
  return {
    page: Math.max(0, page),
    rows: lines.map((line) => changeRow(state, line)),
    hasMore: found.length > first + CHANGES_A_PAGE,
    lookedBackEnough: isWhole,
    names: namesOf(state, lines),
  };
}

/** All that a line changes, or names, has to be the manager's: a move of budget names both sides. */
export function seesLine(state: State, by: string, line: Line): boolean {
  if (may(state, by, 'see_agency')) return true;
  const accounts = line.kind === 'approved' ? accountsIn(line) : [...touchedBy(line), ...accountsIn(line)];
  return accounts.length > 0 && accounts.every((account) => may(state, by, 'see_figures', { account }));
}

/** The newest changes of a kind, newest first, as far back as is looked. */
export async function newestLines<Found extends ChangeLine>(
  { book }: AppContext,
  { isWanted, linesMax }: { isWanted: (line: Line) => line is Found; linesMax: number },
): Promise<{ found: Found[]; isWhole: boolean }> {
  const found: Found[] = [];
  const repeats = createRepeats(book.now());
  let beforeSeq = book.now().seq + 1;
  const oldest = Math.max(1, beforeSeq - LOOK_BACK_LINES);
  while (beforeSeq > oldest && found.length < linesMax) {
    const lines = await book.linesBefore({ beforeSeq, linesMax: Math.min(LINES_A_READ, beforeSeq - oldest) });
    if (lines.length === 0) break;
    for (const line of lines.toReversed()) {
      if (isChange(line)) repeats.saw(line);
      if (isWanted(line)) found.push(line);
    }
    beforeSeq = lines[0]?.seq ?? oldest;
  }
  return {
    found: found.filter((line) => !repeats.changedNothing(line)),
    isWhole: beforeSeq <= 1 || found.length >= linesMax,
  };
}
