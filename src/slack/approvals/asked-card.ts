import type { AskedCard } from '../../app/approvals/cards.ts';
import { credits } from '../../words/figures.ts';
import { ACTIONS } from '../kit/ids.ts';
import { type Message, message } from '../kit/message.ts';
import {
  actions,
  bold,
  button,
  channelMention,
  context,
  dateToken,
  type Inline,
  plainContext,
  richLines,
} from '../kit/parts.ts';
import { mayShowFigures } from '../kit/show-to-audience.ts';
import { people } from '../refusals/refusal-limit.ts';
import { promptBlocks, reason, whatFor, where } from './request-card.ts';
import { endWords, roomLines, toldLines } from './request-end.ts';
import { LEGEND, limitLines } from './request-limits.ts';
import { writeRequestHint } from './request-metadata.ts';

/** What the one sees who asked: what is missing, who was asked, and how it ended. */
export function askedCard(card: AskedCard): Message {
  const { requesterId, requestId, requestedCredits, exceeded, audience, hidden, lapsesAt, end } = card;
  const reader = { readerId: requesterId, audience, hidden };
  if (end) {
    const told = [outcome(card, end), ...roomLines(card, reader), ...toldLines(card, reader)];
    return message(told, ...promptBlocks(card), ...reason(end));
  }
  const value = writeRequestHint(requestId, exceeded);
  return message(
    [
      ['Your request for ', bold(credits(requestedCredits)), ' in ', ...where(card), ', needs approval.'],
      [...who(card), ' Nothing is on hold or charged until it’s approved; then your prompt runs automatically.'],
    ],
    ...promptBlocks(card),
    plainContext(whatFor(card)),
    richLines(...limitLines(card, reader), ['Expires ', dateToken(lapsesAt), ' if no one answers.']),
    ...(exceeded.some(({ account }) => mayShowFigures(account, reader)) ? [context(LEGEND)] : []),
    actions(button('Withdraw', { action: ACTIONS.requestWithdraw, value })),
  );
}

function who({ approverIds, escalatedAt }: AskedCard): Inline[] {
  if (approverIds.length === 0) return ['Inkwell couldn’t reach anyone who can approve this yet. An owner can help.'];
  const also = escalatedAt === null ? '' : ' No one answered, so Inkwell asked the owners too.';
  return ['Inkwell asked ', ...people(approverIds, 'and'), `.${also}`];
}

function outcome(card: AskedCard, end: NonNullable<AskedCard['end']>): Inline[] {
  const what: Inline[] = [
    `Your request for ${credits(card.requestedCredits)} in `,
    channelMention(card.channelId),
    ' was ',
    ...endWords(card),
  ];
  return end.as === 'approved'
    ? [...what, '. The result is shown in the channel.']
    : [...what, '. Nothing was charged.'];
}
