import type { AccountId } from '../../ledger/accounts.ts';
import type { Line } from '../../ledger/lines.ts';
import type { State } from '../../ledger/state.ts';
import type { World } from '../world.ts';
import { type AccountLabel, labelOf } from './account-label.ts';

/** Something that changed what an account may use, as it stands in the journal. */
export type BudgetChange = { line: BudgetLine; other: AccountLabel | null };
export type BudgetLine = Extract<Line, { kind: 'limit_set' | 'granted' | 'budget_moved' }>;

const CHANGES_MAX = 5;
const PAGE_LINES = 256;
/** Between two changes lie the account's images; further back than this nobody waits for. */
const PAGES_MAX = 4;

/** The latest changes of an account's budget, newest first: who moved what where, who granted, who set which limit. */
export async function recentChanges(
  { book }: World,
  state: State,
  account: AccountId,
  at: number,
): Promise<BudgetChange[]> {
  const found: BudgetLine[] = [];
  let beforeSeq: number | undefined;
  for (let page = 0; page < PAGES_MAX && found.length < CHANGES_MAX; page += 1) {
    const more = beforeSeq === undefined ? {} : { beforeSeq };
    const lines = await book.history({ account, fromAt: 0, toAt: at + 1, ...more, linesMax: PAGE_LINES });
    found.push(...lines.filter(isOfBudget));
    beforeSeq = lines.at(-1)?.seq;
    if (lines.length < PAGE_LINES) break;
  }
  return found.slice(0, CHANGES_MAX).map((line) => ({ line, other: otherSide(state, line, account) }));
}

const isOfBudget = (line: Line): line is BudgetLine =>
  line.kind === 'limit_set' || line.kind === 'granted' || line.kind === 'budget_moved';

function otherSide(state: State, line: BudgetLine, account: AccountId): AccountLabel | null {
  if (line.kind !== 'budget_moved') return null;
  return labelOf(state, line.from === account ? line.to : line.from);
}
