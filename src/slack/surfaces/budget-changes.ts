import type { BudgetChange } from '../../app/limits/recent-changes.ts';
import type { AccountId } from '../../ledger/accounts.ts';
import { INKWELL } from '../../ledger/commands.ts';
import { credits } from '../text.ts';
import { figuresInWords, whose } from './limit-words.ts';
import { bold, type Inline, person, when } from './parts.ts';
import { WINDOW_WORDS } from './parts-balance.ts';

/** What changed an account's budget lately, one line each: the trace that a move leaves on both sides. */
export function budgetChangeLines(account: AccountId, changes: readonly BudgetChange[]): Inline[][] {
  if (changes.length === 0) return [];
  return [[bold('Last changes')], ...changes.map((change) => ['• ', ...words(account, change), ...byWhom(change)])];
}

function words(account: AccountId, { line, other }: BudgetChange): Inline[] {
  switch (line.kind) {
    case 'limit_set': {
      const { window, limitCredits, over, rollOverMaxCredits } = line;
      return [figuresInWords(window, limitCredits === null ? null : { limitCredits, over, rollOverMaxCredits })];
    }
    case 'granted': {
      const until: Inline[] = line.expiresAt === null ? [] : [' until ', when(line.expiresAt)];
      return [`${credits(line.amountCredits)} granted`, ...until, ': ', line.reason];
    }
    case 'budget_moved': {
      const which = line.from === account ? 'moved away to ' : 'moved here from ';
      return [
        `${credits(line.amountCredits)} ${which}`,
        ...(other ? whose(other) : []),
        `, ${WINDOW_WORDS[line.window]}`,
      ];
    }
  }
}

const byWhom = ({ line: { by, at } }: BudgetChange): Inline[] => [
  ', ',
  ...(by === INKWELL ? ['when it was set up'] : ['by ', person(by)]),
  ', ',
  when(at),
];
