import type { Card } from '../../app/messenger.ts';
import { askedCard } from './asked-card.ts';
import { budgetNewsMessage } from './budget-news.ts';
import { clientCard } from './client-card.ts';
import { clockCard } from './clock-card.ts';
import { leavingReceipt } from './leaving-receipt.ts';
import type { Message } from './message.ts';
import { ownerCard } from './owner-card.ts';
import { requestCard } from './request-card.ts';
import { stopCard } from './stop-card.ts';
import { troubleCard } from './trouble-card.ts';

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
    case 'trouble_card':
      return troubleCard(card);
    case 'clock_card':
      return clockCard(card);
    case 'budget_news':
      return budgetNewsMessage(card);
  }
}

/** Of two drawings of one card the higher is the later; client cards tell nothing apart but decided and not. */
export function versionOf(card: Card): number {
  if (card.kind === 'client_card') return 0;
  return card.kind === 'budget_news' ? card.seq : card.at;
}
