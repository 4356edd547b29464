import { DRAWINGS } from '../approvals/drawings.ts';
import { DECIDED } from '../clients/redraw-decided.ts';
import type { AppContext } from '../context.ts';
import { ANSWERS } from '../images/answer-once.ts';
import { BUDGET_NEWS, CHANGE_NEWS } from '../limits/tell-news.ts';
import { CLICKS } from './claim-click.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Of each kind, in one sweep: what is left is erased by the next ones. */
const MARKS_MAX = 1_000;

/** How long marks are kept that are of use for a while, by how their keys begin. All others are kept for good. */
const KEPT_MS: readonly (readonly [prefix: string, keptMs: number])[] = [
  // Two clicks are told apart by seconds. Slack may deliver one again within the hour.
  [CLICKS, DAY_MS],
  [ANSWERS, DAY_MS],
  // Erased when their request ends; these were written by a process that came too late for that. None waits for longer.
  [DRAWINGS, 40 * DAY_MS],
  // News is told, and decisions are drawn, within a day. A clock that is set back must not bring them back.
  [`${CHANGE_NEWS}/`, 30 * DAY_MS],
  [`${BUDGET_NEWS}/`, 30 * DAY_MS],
  [DECIDED, 30 * DAY_MS],
];

/** Erases the marks that have had their time. */
export async function expireMarks({ records, book, clock }: AppContext): Promise<void> {
  const { workspace } = book;
  for (const [prefix, keptMs] of KEPT_MS) {
    await records.marks.expire({ workspace, prefix, before: clock.now() - keptMs, marksMax: MARKS_MAX });
  }
}
