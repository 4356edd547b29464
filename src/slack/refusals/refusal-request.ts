import type { Refusal } from '../../ledger/refusals.ts';
import { credits, number } from '../../words/figures.ts';
import { channelMention, type Inline } from '../kit/parts.ts';
import { NOTHING_MADE } from '../kit/text.ts';
import { otherLimitsParagraphs, type RefusalContext } from './refusal-limit.ts';
import { ended } from './request-words.ts';

const REASONS = [
  'too_many_requests',
  'request_unknown',
  'request_ended',
  'request_not_due',
  'own_request',
  'owner_needed',
  'other_limits',
  'channel_moved',
] as const;
type OfRequest = Refusal & { reason: (typeof REASONS)[number] };

export const isOfRequest = (refusal: Refusal): refusal is OfRequest =>
  REASONS.some((reason) => reason === refusal.reason);

/** What stands in the way of a decision about a request. */
export function requestParagraphs(refusal: OfRequest, to: RefusalContext): Inline[][] {
  switch (refusal.reason) {
    case 'too_many_requests':
      return [
        [
          `You already have ${number(refusal.requestsMax)} requests waiting for approval. ${NOTHING_MADE} Withdraw one, or wait for an answer.`,
        ],
      ];
    case 'request_unknown':
      return [['This request ended a long time ago. Nothing was changed.']];
    case 'request_ended':
      return [['This request was ', ...ended(refusal.end), '. Nothing else was done.']];
    case 'request_not_due':
      return [['That isn’t due yet.']];
    case 'own_request':
      return [['You can’t approve or deny your own request, but you can withdraw it. Someone else has to decide.']];
    case 'owner_needed':
      return [[`Only an owner can approve more than ${credits(refusal.aboveCredits)}. Nothing was changed.`]];
    case 'other_limits':
      return otherLimitsParagraphs(refusal, to);
    case 'channel_moved':
      return [
        [channelMention(refusal.channelId), ' now belongs to another client, so this request can’t be approved.'],
      ];
  }
}
