import type { Card } from '../../app/messenger.ts';
import { limitAlertMessage } from '../alerts/limit-alert.ts';
import { moreAskedMessage } from '../alerts/more-asked.ts';
import { useAlertMessage } from '../alerts/use-alert.ts';
import { askedCard } from '../approvals/asked-card.ts';
import { requestCard } from '../approvals/request-card.ts';
import { clientCard } from '../clients/client-card.ts';
import { greetingMessage } from '../clients/greeting.ts';
import { clockCard } from '../clock/clock-card.ts';
import { clientDigestMessage, notPostedMessage } from '../digest/client-digest.ts';
import { digestMessage } from '../digest/digest-card.ts';
import type { Message } from '../kit/message.ts';
import { budgetNewsMessage } from '../limits/budget-news.ts';
import { changeNewsMessage } from '../limits/change-news.ts';
import { helpAskedMessage } from '../limits/help-asked.ts';
import { peerNoteMessage } from '../peer-check/peer-note.ts';
import { leavingReceipt } from '../people/leaving-receipt.ts';
import { ownerCard } from '../people/owner-card.ts';
import { roleAskedMessage } from '../people/role-asked.ts';
import { stopCard } from '../spending-stop/stop-card.ts';
import { troubleCard } from '../troubles/trouble-card.ts';

export function cardMessage(card: Card): Message {
  switch (card.kind) {
    case 'client_card':
      return clientCard(card);
    case 'greeting':
      return greetingMessage(card);
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
    case 'change_news':
      return changeNewsMessage(card);
    case 'limit_alert':
      return limitAlertMessage(card);
    case 'more_asked':
      return moreAskedMessage(card);
    case 'help_asked':
      return helpAskedMessage(card);
    case 'role_asked':
      return roleAskedMessage(card);
    case 'digest_card':
      return digestMessage(card);
    case 'client_digest':
      return clientDigestMessage(card);
    case 'digest_not_posted':
      return notPostedMessage(card);
    case 'use_alert':
      return useAlertMessage(card);
    case 'peer_note':
      return peerNoteMessage(card);
  }
}

/** The version of a drawing: a lower one never replaces a higher one. Client cards have two: open 0, decided 1. */
export function versionOf(card: Card): number {
  if (card.kind === 'client_card') return 0;
  return card.kind === 'budget_news' || card.kind === 'change_news' ? card.seq : card.at;
}
