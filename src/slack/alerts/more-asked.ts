import type { MoreAskedCard } from '../../app/alerts/more-asked-card.ts';
import { accountParts, budgetOrLimit } from '../../words/accounts.ts';
import { limitSum } from '../../words/balances.ts';
import { bar } from '../../words/bars.ts';
import { WINDOW_WORDS } from '../../words/windows.ts';
import { actor } from '../kit/actor.ts';
import { FIRST_PAGES, writeMetadata } from '../kit/home-metadata.ts';
import { ACTIONS } from '../kit/ids.ts';
import { type Message, quote, words } from '../kit/message.ts';
import { actions, bold, button, cutTo, type Inline, richLines } from '../kit/parts.ts';

const REASON_UNITS_MAX = 600;

/** For an owner: who asks for more of which limit, why, and the forms that change it. */
export function moreAskedMessage({ by, reason, label, window, figures, may }: MoreAskedCard): Message {
  const value = writeMetadata(FIRST_PAGES, label.account, window);
  const head: Inline[] = [
    actor(by, 'Start'),
    ' asks for more: ',
    ...accountParts(label, 'Inside'),
    bold(`’s ${WINDOW_WORDS[window].adjective} ${budgetOrLimit(label.account)}`),
    '.',
  ];
  const standing: Inline[] = figures ? [`${bar(figures)}  ${limitSum(figures)}`] : ['This limit is gone by now.'];
  const open = [
    button('Change limits…', { action: ACTIONS.limitsOpen, value, style: 'primary' }),
    button('Move credits…', { action: ACTIONS.moveOpen, value }),
  ];
  return {
    text: words([head, [reason]]),
    blocks: [
      richLines(head, standing),
      richLines(['Reason:']),
      quote(cutTo(reason, REASON_UNITS_MAX) || '…'),
      ...(may.raise ? [actions(...open)] : []),
    ],
  };
}
