import type { Refusal } from '../../ledger/refusals.ts';
import { dateToken, type Inline } from '../kit/parts.ts';
import { help, type RefusalContext } from './refusal-limit.ts';

/** Nobody's limit is in the way: all of Inkwell has stopped. Why is for those who can look after it. */
export function spendingParagraphs(
  refusal: Refusal & { reason: 'spending_stopped' | 'spending_not_stopped' | 'clock_wrong' | 'clock_not_ahead' },
  to: RefusalContext,
): Inline[][] {
  if (refusal.reason === 'clock_wrong') {
    return [
      ['Nothing was made or charged. Inkwell can’t tell which day it is, because a clock is wrong.'],
      ['The owners have been told. Try again in a few minutes.'],
    ];
  }
  if (refusal.reason === 'clock_not_ahead') return [['The ledger’s time is right already. Nothing was changed.']];
  if (refusal.reason === 'spending_not_stopped') {
    return [['Spending is not stopped any more: somebody has let it go on, or another stop stands in Inkwell’s Home.']];
  }
  const said: Inline[] = [
    'Inkwell makes no new images since ',
    dateToken(refusal.at),
    ', because a check of its books found something that cannot be right. Nothing was made, and nothing was charged.',
  ];
  return [said, ['The owners have been told. Ask again once it is put right.'], help(to, 'let it go on')];
}
