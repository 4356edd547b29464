import type { Card } from '../../app/messenger.ts';
import { clientCard } from './client-card.ts';
import { leavingReceipt } from './leaving-receipt.ts';
import type { Message } from './message.ts';

export function cardMessage(card: Card): Message {
  switch (card.kind) {
    case 'client_card':
      return clientCard(card);
    case 'leaving_receipt':
      return leavingReceipt(card);
  }
}

/** Of two drawings of one card the higher is the later; client cards tell nothing apart but decided and not. */
export const versionOf = (card: Card): number => (card.kind === 'client_card' ? 0 : card.at);
