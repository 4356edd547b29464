import type { LeavingReceipt } from '../../app/people/receipt.ts';
import { INKWELL } from '../../ledger/commands/commands.ts';
import { LAST_DAYS } from '../../reports/leaving.ts';
import { credits, number } from '../../words/figures.ts';
import { actor } from '../kit/actor.ts';
import { ACTIONS } from '../kit/ids.ts';
import { type Message, message } from '../kit/message.ts';
import { actions, bold, button, dateToken, type Inline, name, person } from '../kit/parts.ts';

/** More clients than this nobody reads one by one. */
const CLIENTS_MAX = 8;

/** For owners: who was removed, by whom, what became of the work they left, and what they used lately. */
export function leavingReceipt(receipt: LeavingReceipt): Message {
  const { memberId, leaving } = receipt;
  const { broughtBack } = leaving;
  const said = [removed(receipt), ...openWork(receipt), ...lastDays(receipt)];
  if (broughtBack) {
    return message([...said, ['Brought back by ', actor(broughtBack.by), ', ', dateToken(broughtBack.at), '.']]);
  }
  const value = `${memberId} ${leaving.removal.at}`;
  return message(said, actions(button('Bring back…', { action: ACTIONS.receiptBringBack, value })));
}

/** A reason is somebody's own words: rich text, in which nothing pings. */
function removed({ memberId, leaving: { removal } }: LeavingReceipt): Inline[] {
  const { by, at, reason } = removal;
  if (by === INKWELL) {
    return [person(memberId), ' was deactivated in Slack, and so removed from Inkwell, ', dateToken(at), '.'];
  }
  const why: Inline[] = reason === '' ? ['.'] : [`. Reason: “${reason}”`];
  return [person(memberId), ' was removed from Inkwell by ', actor(by), ', ', dateToken(at), ...why];
}

function openWork({ leaving: { givenBack, finished, beingMade, withdrawnCount } }: LeavingReceipt): Inline[][] {
  const said = [
    ...(givenBack.imagesCount > 0
      ? [`${images(givenBack.imagesCount)} not made any more: ${credits(givenBack.credits)} given back.`]
      : []),
    ...(beingMade.imagesCount > 0
      ? [
          `${images(beingMade.imagesCount)} begun before that, still being made: shown when done, and paid by the agency. ${credits(beingMade.credits)} held.`,
        ]
      : []),
    ...(finished.imagesCount > 0
      ? [
          `${images(finished.imagesCount)} begun before that, finished since: ${credits(finished.credits)}, paid by the agency.`,
        ]
      : []),
    ...(withdrawnCount > 0
      ? [`${withdrawnCount === 1 ? '1 request' : `${number(withdrawnCount)} requests`} for an approval withdrawn.`]
      : []),
  ];
  return [[bold('Work left open')], ...(said.length > 0 ? said.map((line) => [line]) : [['None.']])];
}

function lastDays({ leaving: { used }, clientNames }: LeavingReceipt): Inline[][] {
  const { requestsCount, imagesCount, byClient } = used;
  const requests = requestsCount === 1 ? '1 request' : `${number(requestsCount)} requests`;
  const rest = byClient.length - CLIENTS_MAX;
  return [
    [bold(`The last ${LAST_DAYS} days`)],
    [`${requests}, ${images(imagesCount)}, ${credits(used.credits)}.`],
    ...byClient
      .slice(0, CLIENTS_MAX)
      .map((each): Inline[] => [
        name(clientNames[each.clientId] ?? each.clientId),
        `: ${images(each.imagesCount)}, ${credits(each.credits)}`,
      ]),
    ...(rest > 0 ? [[`and ${number(rest)} more clients`]] : []),
  ];
}

const images = (count: number) => (count === 1 ? '1 image' : `${number(count)} images`);
