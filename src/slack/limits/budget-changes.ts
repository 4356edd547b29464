import type { BudgetChange } from '../../app/limits/recent-changes.ts';
import { INKWELL } from '../../ledger/commands/commands.ts';
import { describeBudgetChange } from '../../words/describe-budget-change.ts';
import { actor } from '../kit/actor.ts';
import { bold, dateToken, type Inline } from '../kit/parts.ts';

/** What changed an account's budget lately, one line each: the trace that a move leaves on both sides. */
export function budgetChangeLines(changes: readonly BudgetChange[]): Inline[][] {
  if (changes.length === 0) return [];
  return [
    [bold('Recent changes')],
    ...changes.map((change) => ['• ', ...describeBudgetChange(change), ...byWhom(change)]),
  ];
}

const byWhom = ({ by, at }: BudgetChange): Inline[] => [
  ', ',
  ...(by === INKWELL ? ['during setup'] : ['by ', actor(by)]),
  ', ',
  dateToken(at),
];
