import type { KnownBlock } from '@slack/types';
import type { OpenRequests } from '../../app/home/overview-view.ts';
import type { OwnView } from '../../app/home/own-view.ts';
import { credits, number } from '../../words/figures.ts';
import { ACTIONS } from '../kit/ids.ts';
import {
  actions,
  bold,
  button,
  channelMention,
  context,
  cutTo,
  dateToken,
  type Inline,
  name,
  richLines,
  title,
} from '../kit/parts.ts';
import { budget, people } from '../refusals/refusal-limit.ts';
import { decisionButtons, needsApproval, where } from './request-card.ts';
import { writeRequestHint } from './request-metadata.ts';

const PROMPT_UNITS_MAX = 120;

/** Requests that wait for this person, with the buttons of their cards. */
export function decideBlocks(
  { rows, hasMore }: OpenRequests,
  { readerId, isPrimary }: { readerId: string; isPrimary: boolean },
): KnownBlock[] {
  if (rows.length === 0) return [];
  return [
    title(`Waiting for you · ${hasMore ? 'the first ' : ''}${number(rows.length)}`),
    ...rows.flatMap((row, index) => rowBlocks(row, { readerId, isPrimary: isPrimary && index === 0 })),
    ...(hasMore ? [context('These wait longest. Each of the others is in a message of its own.')] : []),
  ];
}

type Row = OpenRequests['rows'][number];

function rowBlocks(row: Row, { readerId, isPrimary }: { readerId: string; isPrimary: boolean }): KnownBlock[] {
  const prompt: Inline[] = [
    row.prompt === null ? 'The prompt was deleted.' : `“${cutTo(row.prompt, PROMPT_UNITS_MAX)}”`,
  ];
  return [
    richLines(needsApproval(row, where({ ...row, audience: 'internal' })), prompt, [
      ...inTheWay(row, readerId),
      'Expires ',
      dateToken(row.lapsesAt),
      '.',
    ]),
    actions(...decisionButtons(row, { may: row.may, isPrimary })),
  ];
}

/** The first limit that has too little; the card has all of them, with their sums. */
function inTheWay({ exceeded, clientName, names }: Row, readerId: string): Inline[] {
  const [first, ...others] = exceeded;
  if (!first) return ['No limit blocks it now. '];
  const to = { readerId, audience: 'internal' as const, clientName, helpers: [], names };
  const left = Math.max(0, first.availableCredits);
  const more = others.length > 0 ? ` So have ${number(others.length)} more limits too little.` : '';
  return [...budget(first, to, 'Start'), ` has ${credits(left)} left.${more} `];
}

/** Requests of this person that another one decides about. */
export const ownRequestsBlocks = (requests: OwnView['requests']): KnownBlock[] =>
  requests.length === 0
    ? []
    : [title(`Your requests · ${number(requests.length)}`), ...requests.flatMap(ownRequestBlocks)];

function ownRequestBlocks(request: OwnView['requests'][number]): KnownBlock[] {
  const { requestId, exceeded, requestedCredits, clientName, channelId, approverIds, askedAt, lapsesAt } = request;
  const asked: Inline[] =
    approverIds.length > 0
      ? ['Waiting for ', ...people(approverIds, 'or'), '. ']
      : ['No one can approve it now. An owner can help. '];
  const value = writeRequestHint(requestId, exceeded);
  return [
    richLines(
      [bold(credits(requestedCredits)), ' in ', channelMention(channelId), ', for ', name(clientName), '.'],
      [...asked, 'Asked ', dateToken(askedAt), ', expires ', dateToken(lapsesAt), '.'],
    ),
    actions(button('Withdraw', { action: ACTIONS.requestWithdraw, value })),
  ];
}
