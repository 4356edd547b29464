import type { LeavingReceipt } from '../../app/people/receipt-view.ts';
import { INKWELL } from '../../ledger/commands/commands.ts';
import { LAST_DAYS } from '../../reports/leaving.ts';
import { counted, credits, number } from '../../words/figures.ts';
import { actor } from '../kit/actor.ts';
import { ACTIONS } from '../kit/ids.ts';
import { type Message, message } from '../kit/message.ts';
import { actions, bold, button, dateToken, type Inline, name, person } from '../kit/parts.ts';

/** Longer lists are not read one by one. */
const CLIENTS_MAX = 8;

/** Tells owners who was removed, by which owner, what became of the open work, and what the person used lately. */
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

/** A reason is a person's own words: rich text, in which nothing pings. */
function removed({ memberId, leaving: { removal } }: LeavingReceipt): Inline[] {
  const { by, at, reason } = removal;
  if (by === INKWELL) {
    return [person(memberId), ' was deactivated in Slack and removed from Inkwell, ', dateToken(at), '.'];
  }
  const why: Inline[] = reason === '' ? ['.'] : [`. Reason: “${reason}”`];
  return [person(memberId), ' was removed from Inkwell by ', actor(by), ', ', dateToken(at), ...why];
}

function openWork({ leaving: { givenBack, finished, beingMade, withdrawnCount } }: LeavingReceipt): Inline[][] {
  const said = [
    ...(givenBack.imagesCount > 0
      ? [`${images(givenBack.imagesCount)} canceled: ${credits(givenBack.credits)} returned.`]
      : []),
    ...(beingMade.imagesCount > 0
      ? [
          `${images(beingMade.imagesCount)} still in progress: posted when done, paid for by the agency. ${credits(beingMade.credits)} on hold.`,
        ]
      : []),
    ...(finished.imagesCount > 0
      ? [
          `${images(finished.imagesCount)} finished after the removal: ${credits(finished.credits)}, paid for by the agency.`,
        ]
      : []),
    ...(withdrawnCount > 0 ? [`${counted(withdrawnCount, 'approval request')} withdrawn.`] : []),
  ];
  return [[bold('Open work')], ...(said.length > 0 ? said.map((line) => [line]) : [['None.']])];
}

function lastDays({ leaving: { used }, clientNames }: LeavingReceipt): Inline[][] {
  const { requestsCount, imagesCount, byClient } = used;
  const requests = counted(requestsCount, 'request');
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

const images = (count: number) => counted(count, 'image');
