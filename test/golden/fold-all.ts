import { fold } from '../../src/ledger/apply/apply.ts';
import type { Line } from '../../src/ledger/lines.ts';
import { emptyState, type State } from '../../src/ledger/state.ts';
import type { Journal } from '../../src/storage/journal/journal.ts';

/** More than there are. */
const LINES_MAX = 100_000;

export const linesIn = (journal: Journal, workspace: string): Promise<Line[]> =>
  journal.read({ workspace, afterSeq: 0, linesMax: LINES_MAX });

export const foldAll = async (journal: Journal, workspace: string): Promise<State> =>
  fold(emptyState(workspace), await linesIn(journal, workspace));
