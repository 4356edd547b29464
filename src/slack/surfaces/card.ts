import type { Card } from '../../app/messenger.ts';
import { askedCard } from './asked-card.ts';
import { clientCard } from './client-card.ts';
import { leavingReceipt } from './leaving-receipt.ts';
import type { Message } from './message.ts';
import { ownerCard } from './owner-card.ts';
import { requestCard } from './request-card.ts';
import { stopCard } from './stop-card.ts';

export function cardMessage(card: Card): Message {
  switch (card.kind) {
    case 'client_card':
      return clientCard(card);
    case 'request_card':
      return requestCard(card);
    case 'asked_card':
      return askedCard(card);
    case 'leaving_receipt':
      return leavingReceipt(card);
    case 'owner_card':
      return ownerCard(card);
    case 'stop_card':
      return stopCard(card);
  }
}

/** Of two drawings of one card the higher is the later; client cards tell nothing apart but decided and not. */
export const versionOf = (card: Card): number => (card.kind === 'client_card' ? 0 : card.at);
