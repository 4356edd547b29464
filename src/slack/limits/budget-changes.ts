import type { BudgetChange } from '../../app/limits/recent-changes.ts';
import { INKWELL } from '../../ledger/commands/commands.ts';
import { credits, extraCredits, number } from '../../words/figures.ts';
import { limitWords } from '../../words/limits.ts';
import { WINDOW_WORDS } from '../../words/windows.ts';
import { actor } from '../kit/actor.ts';
import { whose } from '../kit/limit-words.ts';
import { bold, dateToken, type Inline, person } from '../kit/parts.ts';

/** What changed an account's budget lately, one line each: the trace that a move leaves on both sides. */
export function budgetChangeLines(changes: readonly BudgetChange[]): Inline[][] {
  if (changes.length === 0) return [];
  return [[bold('Recent changes')], ...changes.map((change) => ['• ', ...words(change), ...byWhom(change)])];
}

function words(change: BudgetChange): Inline[] {
  switch (change.kind) {
    case 'limit_set':
      return [limitWords(change)];
    case 'granted': {
      const until: Inline[] = change.expiresAt === null ? [] : [' until ', dateToken(change.expiresAt)];
      return [extraCredits(change.amountCredits), ...until, ': ', change.reason];
    }
    case 'raised': {
      const { window, fromCredits, toCredits, memberId } = change;
      const from = fromCredits === null ? null : `raised from ${number(fromCredits)}`;
      return [`${limitWords({ window, limitCredits: toCredits, from })} to approve a request by `, person(memberId)];
    }
    case 'granted_to_request': {
      const { how, amountCredits, expiresAt, memberId } = change;
      const until: Inline[] = how === 'once' ? [' for one request by '] : [' until ', dateToken(expiresAt), ', for '];
      return [extraCredits(amountCredits), ...until, person(memberId)];
    }
    case 'budget_moved': {
      const { isAway, amountCredits, other, window } = change;
      const which = isAway ? 'moved away to ' : 'moved here from ';
      const where: Inline[] = other ? whose(other) : ['an account you don’t manage'];
      return [`${credits(amountCredits)} ${which}`, ...where, `, ${WINDOW_WORDS[window].now}`];
    }
  }
}

const byWhom = ({ by, at }: BudgetChange): Inline[] => [
  ', ',
  ...(by === INKWELL ? ['during setup'] : ['by ', actor(by)]),
  ', ',
  dateToken(at),
];
