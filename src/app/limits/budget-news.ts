import type { AccountId } from '../../ledger/accounts.ts';
import { INKWELL } from '../../ledger/commands/commands.ts';
import { type ChangeLine, isChange } from '../../ledger/kinds/change-kinds.ts';
import type { LimitSet, Line } from '../../ledger/lines.ts';
import { clientOfAccount } from '../../ledger/lists/client-lists.ts';
import { ON_EXCEEDED, type State } from '../../ledger/state.ts';
import { type ChangeRow, changeRow, namesOf } from '../people/changes-view.ts';

/** What owners hear of where they did not do it themselves: limits that were raised, and spending moved between clients. */
export type BudgetNews = {
  kind: 'budget_news';
  /** The last line that it tells of: of two drawings the later has the higher one. */
  seq: number;
  /** Newest first. */
  rows: readonly NewsRow[];
  moreCount: number;
  names: Readonly<Record<string, string>>;
};

/** `opens`: whose limits, or which channel, the button beside it is about; null for a team that was deleted. */
export type NewsRow = ChangeRow & { opens: { account: AccountId } | { channelId: string } | null };

/** As many as anybody reads in one message, each with a button. */
const ROWS_MAX = 8;

export type NewsLine = ChangeLine & {
  kind: 'limit_set' | 'granted' | 'budget_moved' | 'channel_bound' | 'approved' | 'team_deleted';
};

export function budgetNews(state: State, lines: readonly NewsLine[]): BudgetNews {
  const newest = lines.toReversed();
  const shown = newest.slice(0, ROWS_MAX);
  return {
    kind: 'budget_news',
    seq: newest[0]?.seq ?? 0,
    rows: shown.map((line) => ({ ...changeRow(state, line), opens: opensFor(line) })),
    moreCount: newest.length - shown.length,
    names: namesOf(state, shown),
  };
}

export function isNews(state: State, line: Line): line is NewsLine {
  if (line.by === INKWELL || !isChange(line)) return false;
  if (line.kind === 'limit_set') return isRaise(line);
  // Its people may use more from then on, unless it was restored.
  if (line.kind === 'team_deleted') return (state.deletedTeams.get(line.teamId)?.limits ?? []).length > 0;
  // For one request alone is what approvers are for.
  if (line.kind === 'approved') return line.how.kind !== 'once';
  // Where it was decided before: unlinked first and linked later is a move, too.
  if (line.kind === 'channel_bound') return line.before !== undefined && line.before !== line.clientId;
  if (line.kind !== 'budget_moved') return line.kind === 'granted';
  const [from, to] = [clientOfAccount(state, line.from), clientOfAccount(state, line.to)];
  return from !== null && to !== null && from !== to;
}

/** More may be spent than before, or with less in the way. */
function isRaise({ limitCredits, over, rollOverMaxCredits, before }: LimitSet): boolean {
  if (!before) return false;
  if (limitCredits === null || limitCredits > before.limitCredits) return true;
  const isLooser = ON_EXCEEDED.indexOf(over) > ON_EXCEEDED.indexOf(before.over);
  return isLooser || (rollOverMaxCredits ?? 0) > (before.rollOverMaxCredits ?? 0);
}

function opensFor(line: NewsLine): NewsRow['opens'] {
  switch (line.kind) {
    case 'limit_set':
    case 'granted':
      return { account: line.account };
    case 'budget_moved':
      return { account: line.to };
    case 'channel_bound':
      return { channelId: line.channelId };
    case 'team_deleted':
      return null;
    case 'approved': {
      const [first] = line.how.kind === 'raise' ? line.how.limits : line.grants;
      return { account: first?.account ?? 'agency' };
    }
  }
}
