import type { Refusal } from '../../ledger/refusals.ts';
import { dateToken, type Inline } from '../kit/parts.ts';
import { NOTHING_MADE } from '../kit/text.ts';
import { help, type RefusalContext } from './refusal-limit.ts';

/** Nobody's limit is in the way: all of Inkwell has stopped. Why is for those who can look after it. */
export function spendingParagraphs(
  refusal: Refusal & { reason: 'spending_stopped' | 'spending_not_stopped' | 'clock_wrong' | 'clock_not_ahead' },
  to: RefusalContext,
): Inline[][] {
  if (refusal.reason === 'clock_wrong') {
    return [
      [`${NOTHING_MADE} Inkwell can’t tell which day it is, because a clock is wrong.`],
      ['The owners have been told. Try again in a few minutes.'],
    ];
  }
  if (refusal.reason === 'clock_not_ahead') return [['The ledger’s time is already right. Nothing was changed.']];
  if (refusal.reason === 'spending_not_stopped') {
    return [['This stop has ended. Someone resumed spending, or Home shows a different stop.']];
  }
  const said: Inline[] = [
    'Inkwell stopped making new images ',
    dateToken(refusal.at),
    `: a check of its ledger found a problem. ${NOTHING_MADE}`,
  ];
  return [said, ['The owners have been told. Ask again once it’s fixed.'], help(to, 'resume spending')];
}
