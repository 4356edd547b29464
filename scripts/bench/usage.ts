import { fold } from '../../src/ledger/apply/apply.ts';
import { emptyState } from '../../src/ledger/state.ts';
import { addDays, DIMENSIONS, usageRows } from '../../src/reports/usage.ts';
import { cpuTimed, median } from './report.ts';
import { journalLines, WORKSPACE } from './workload.ts';

const ROUNDS = 15;

/**
 * Milliseconds of CPU for one week's figures, split in every way there is, after so many lines; and the cells they are made
 * of, which are what the work grows with.
 */
export async function usageCost(linesCount: number) {
  const state = fold(emptyState(WORKSPACE), journalLines(linesCount));
  const toDate = state.tally.keySeq().max() ?? '2026-01-05';
  const period = { fromDate: addDays(toDate, -6), toDate };
  const ms: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const took = await cpuTimed(() => DIMENSIONS.map((dimension) => usageRows(state, { period, by: [dimension] })));
    // The first round warms up.
    if (round > 0) ms.push(took);
  }
  const cellsCount = state.tally.valueSeq().reduce((sum, cells) => sum + cells.length, 0);
  return { weekMs: median(ms), cellsCount, daysCount: state.tally.size };
}
