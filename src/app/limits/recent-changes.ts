import type { AccountId } from '../../ledger/accounts.ts';
import type { Facts, Line } from '../../ledger/lines.ts';
import { may } from '../../ledger/rights/rights.ts';
import type { State } from '../../ledger/state.ts';
import type { Window } from '../../ledger/usage/windows.ts';
import type { AppContext } from '../context.ts';
import { type AccountLabel, labelOf } from './account-label.ts';

/** Something that changed what an account may use. */
export type BudgetChange = { at: number; by: string } & (
  | Pick<Extract<Facts, { kind: 'limit_set' }>, 'kind' | 'window' | 'limitCredits' | 'over' | 'rollOverMaxCredits'>
  | Pick<Extract<Facts, { kind: 'granted' }>, 'kind' | 'amountCredits' | 'expiresAt' | 'reason'>
  /** `other`: null where the reader may not know of it. */
  /** By an approval of a request. `fromCredits`: null where its request is not known any more. */
  | { kind: 'raised'; window: Window; fromCredits: number | null; toCredits: number; memberId: string }
  /** By an approval: for that request alone, or until a moment. */
  | { kind: 'granted_to_request'; how: 'once' | 'until'; amountCredits: number; expiresAt: number; memberId: string }
  | { kind: 'budget_moved'; isAway: boolean; window: Window; amountCredits: number; other: AccountLabel | null }
);
type BudgetLine = Extract<Line, { kind: 'limit_set' | 'granted' | 'budget_moved' | 'approved' }>;

const CHANGES_MAX = 5;
const PAGE_LINES = 256;
/** The account's images lie between two changes. Looking further back would take too long. */
const PAGES_MAX = 4;

/** The latest changes of an account's budget, newest first: who moved what where, who granted, who set which limit. */
export async function recentChanges(
  { book }: AppContext,
  state: State,
  { by, account, at }: { by: string; account: AccountId; at: number },
): Promise<BudgetChange[]> {
  const found: BudgetChange[] = [];
  let beforeSeq: number | undefined;
  for (let page = 0; page < PAGES_MAX && found.length < CHANGES_MAX; page += 1) {
    const more = beforeSeq === undefined ? {} : { beforeSeq };
    const lines = await book.history({ account, fromAt: 0, toAt: at + 1, ...more, linesMax: PAGE_LINES });
    found.push(...lines.filter(isOfBudget).flatMap((line) => changesOf(state, line, { reader: by, account })));
    beforeSeq = lines.at(-1)?.seq;
    if (lines.length < PAGE_LINES) break;
  }
  return found.slice(0, CHANGES_MAX);
}

const isOfBudget = (line: Line): line is BudgetLine =>
  line.kind === 'limit_set' || line.kind === 'granted' || line.kind === 'budget_moved' || line.kind === 'approved';

/** Tells a line to a reader of one account: its balances and the other side of a move may not be theirs to know. */
function changesOf(
  state: State,
  line: BudgetLine,
  { reader, account }: { reader: string; account: AccountId },
): BudgetChange[] {
  const { at, by } = line;
  switch (line.kind) {
    case 'limit_set': {
      const { kind, window, limitCredits, over, rollOverMaxCredits } = line;
      return [{ at, by, kind, window, limitCredits, over, rollOverMaxCredits }];
    }
    case 'granted': {
      const { kind, amountCredits, expiresAt, reason } = line;
      return [{ at, by, kind, amountCredits, expiresAt, reason }];
    }
    case 'budget_moved': {
      const { kind, from, to, window, amountCredits } = line;
      const isAway = from === account;
      const otherAccount = isAway ? to : from;
      const mayName = may(state, reader, 'see_figures', { account: otherAccount });
      const other = mayName ? labelOf(state, otherAccount, line) : null;
      return [{ at, by, kind, isAway, window, amountCredits, other }];
    }
    case 'approved':
      return approvedFor(state, line, account);
  }
}

/** What an approval gave to one account: it may have raised several of its limits. */
function approvedFor(state: State, line: BudgetLine & { kind: 'approved' }, account: AccountId): BudgetChange[] {
  const { at, by, how, memberId, grants } = line;
  if (how.kind === 'raise') {
    const room = state.requests.get(line.requestId)?.room;
    const before = room?.kind === 'raise' ? room.limits : [];
    return how.limits
      .filter((limit) => limit.account === account)
      .map(({ window, limitCredits: toCredits }) => {
        const from = before.find((each) => each.account === account && each.window === window);
        return { at, by, kind: 'raised', window, fromCredits: from?.fromCredits ?? null, toCredits, memberId };
      });
  }
  return grants
    .filter((grant) => grant.account === account)
    .map(({ amountCredits, expiresAt }) => {
      return { at, by, kind: 'granted_to_request', how: how.kind, amountCredits, expiresAt, memberId };
    });
}
