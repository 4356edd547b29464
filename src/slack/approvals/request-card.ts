import type { ActionsBlock, Button, KnownBlock } from '@slack/types';
import type { RequestCard, RequestFacts } from '../../app/approvals/cards.ts';
import { AGENCY } from '../../ledger/accounts.ts';
import type { Audience } from '../../ports/ports.ts';
import { counted, credits, durationWords, number } from '../../words/figures.ts';
import { ACTIONS } from '../kit/ids.ts';
import { type Message, message, quote } from '../kit/message.ts';
import {
  actions,
  bold,
  button,
  channelMention,
  context,
  cutTo,
  type Inline,
  name,
  person,
  plainContext,
  richLines,
} from '../kit/parts.ts';
import { moment } from '../kit/text.ts';
import { people } from '../refusals/refusal-limit.ts';
import { ended } from '../refusals/request-words.ts';
import { endWords, roomLines, toldLines } from './request-end.ts';
import { LEGEND, limitLines } from './request-limits.ts';
import { writeRequestHint } from './request-metadata.ts';

const PROMPT_CHARACTERS_MAX = 1_500;
const REASON_CHARACTERS_MAX = 600;
/** Of an open request that is not decided on this card any more. */
const WAITS_ELSEWHERE: Readonly<Record<RequestCard['standsIn'], string>> = {
  channel: ' is waiting for approval. Inkwell sends it directly to the people who can decide.',
  direct_message: ' is waiting for someone else’s decision. You can’t decide it here anymore.',
};
/** One card for everybody who may decide. */
const FOR_APPROVERS = { readerId: '', audience: 'internal' } as const;

/**
 * Draws a request for its approvers. Rights are checked at the click. A reader who may not decide any more sees only what
 * became of it.
 */
export function requestCard(card: RequestCard): Message {
  const { requesterId, channelId, requestedCredits, end } = card;
  const subject: Inline[] = [person(requesterId), `’s request for ${credits(requestedCredits)} in `];
  if (card.audience !== 'internal') {
    const what: Inline[] = end ? [' was ', ...ended(end), '.'] : [WAITS_ELSEWHERE[card.standsIn]];
    return message([[...subject, channelMention(channelId), ...what]]);
  }
  if (end) {
    return message(
      [
        [...subject, channelMention(channelId), ' was ', ...endWords(card), '.'],
        ...roomLines(card, FOR_APPROVERS),
        ...toldLines(card, FOR_APPROVERS),
      ],
      ...promptBlocks(card),
      ...reason(end),
    );
  }
  return message(
    [needsApproval(card, where(card)), asked(card)],
    ...promptBlocks(card),
    plainContext(whatFor(card)),
    richLines(...limitLines(card, { readerId: '', audience: 'internal' })),
    ...(card.exceeded.length > 0 ? [context(LEGEND)] : []),
    richLines(recentWords(card)),
    choices(card),
    ...(card.approvals.isOften ? oftenBlocks(card) : []),
    context(until(card)),
  );
}

/** `Ana needs approval for 12 credits in #northwind.` */
export const needsApproval = (
  { requesterId, requestedCredits, channelId }: Pick<RequestFacts, 'requesterId' | 'requestedCredits' | 'channelId'>,
  where: readonly Inline[] = [channelMention(channelId)],
): Inline[] => [person(requesterId), ' needs approval for ', bold(credits(requestedCredits)), ' in ', ...where, '.'];

/** What the agency calls its work is for its own people. */
export function where({
  channelId,
  clientName,
  projectName,
  audience,
}: RequestFacts & { audience: Audience }): Inline[] {
  const project: Inline[] = projectName === null || audience !== 'internal' ? [] : [', project ', name(projectName)];
  return [channelMention(channelId), ', for ', name(clientName), ...project];
}

/** In a channel they hear of it by being named. */
function asked({ approverIds, ownersOnly, escalatedAt }: RequestCard): Inline[] {
  const who: Inline[] = approverIds.length > 0 ? ['Sent to ', ...people(approverIds, 'and'), '.'] : [];
  const why = escalatedAt !== null ? ' No one answered, so the owners were asked too.' : '';
  return [...who, why, ownersOnly ? ' At this price, only an owner can approve it.' : ''];
}

export const promptBlocks = ({ prompt }: Pick<RequestFacts, 'prompt'>): KnownBlock[] => [
  prompt === null ? richLines(['The prompt was deleted.']) : quote(cutTo(prompt, PROMPT_CHARACTERS_MAX) || '…'),
];

export const reason = ({ reason: words }: NonNullable<RequestFacts['end']>): KnownBlock[] =>
  words ? [richLines(['Reason:']), quote(cutTo(words, REASON_CHARACTERS_MAX) || '…')] : [];

export const whatFor = ({ imagesCount, work }: RequestFacts) =>
  [counted(imagesCount, 'image'), work.model, work.size, work.quality].join(' · ');

function recentWords({ requesterId, clientName, recent, approvals }: RequestCard): Inline[] {
  const used = `${counted(recent.requestsCount, 'request')} and ${credits(recent.usedCredits)} used`;
  const times = approvals.count === 0 ? 'No' : number(approvals.count);
  const approved = `${times} ${approvals.count === 1 ? 'approval' : 'approvals'} in the last ${durationWords(approvals.withinMs)}`;
  return [
    person(requesterId),
    `, last ${durationWords(recent.withinMs)}: ${used}, for `,
    name(clientName),
    `. ${approved}.`,
  ];
}

function choices(card: RequestCard): ActionsBlock {
  const { requestId, exceeded, channelId } = card;
  const value = writeRequestHint(requestId, exceeded);
  return actions(...decisionButtons(card, { may: { approve: true, deny: true }, isPrimary: true }), {
    ...button('Open in channel', { action: ACTIONS.requestOpen, value }),
    url: channelUrl(channelId),
  });
}

type Decisions = { may: { approve: boolean; deny: boolean }; isPrimary: boolean };

/** What can be decided about a request, on its card and in Home. */
export function decisionButtons(
  { requestId, exceeded }: Pick<RequestFacts, 'requestId' | 'exceeded'>,
  { may, isPrimary }: Decisions,
): Button[] {
  const value = writeRequestHint(requestId, exceeded);
  const primary = isPrimary ? { style: 'primary' as const } : {};
  return [
    ...(may.approve
      ? [
          button('Approve once', { action: ACTIONS.requestApprove, value, ...primary }),
          button('Approve until…', { action: ACTIONS.requestUntil, value }),
          ...(exceeded.length > 0 ? [button('Raise the limit…', { action: ACTIONS.requestRaise, value })] : []),
        ]
      : []),
    ...(may.deny ? [button('Deny…', { action: ACTIONS.requestDeny, value, style: 'danger' })] : []),
  ];
}

/** Slack opens the channel in its own window. */
const channelUrl = (channelId: string) => `https://slack.com/app_redirect?channel=${encodeURIComponent(channelId)}`;

/** A person who often needs approval needs another remedy than one more approval. */
function oftenBlocks({ requestId, exceeded, requesterId, approvals }: RequestCard): KnownBlock[] {
  const value = writeRequestHint(requestId, exceeded);
  return [
    richLines([
      bold(`${number(approvals.count)} approvals in ${durationWords(approvals.withinMs)}.`),
      ' A higher limit, credits moved from elsewhere or a few tips may help ',
      person(requesterId),
      ' more than another approval.',
    ]),
    actions(
      ...(exceeded.some(({ account }) => account !== AGENCY)
        ? [button('Move credits…', { action: ACTIONS.requestMove, value })]
        : []),
      button('Send tips', { action: ACTIONS.requestCoach, value }),
    ),
  ];
}

const until = ({ askedAt, lapsesAt }: RequestCard) =>
  `${moment(askedAt, 'Asked ')}. ${moment(lapsesAt, 'Expires ')} if no one answers. No credits are on hold until it’s approved.`;
