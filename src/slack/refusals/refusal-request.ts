import type { Refusal } from '../../ledger/refusals.ts';
import { credits, number } from '../../words/figures.ts';
import { channelMention, type Inline } from '../kit/parts.ts';
import { otherLimitsParagraphs, type RefusalContext } from './refusal-limit.ts';
import { ended } from './request-words.ts';

type OfRequest = Refusal & {
  reason:
    | 'too_many_requests'
    | 'request_unknown'
    | 'request_ended'
    | 'request_not_due'
    | 'own_request'
    | 'owner_needed'
    | 'other_limits'
    | 'channel_moved';
};

/** What stands in the way of a decision about a request. */
export function requestParagraphs(refusal: OfRequest, to: RefusalContext): Inline[][] {
  switch (refusal.reason) {
    case 'too_many_requests':
      return [
        [
          `${number(refusal.requestsMax)} requests of yours wait for an approval already. Nothing was made, and nothing was charged. Withdraw one, or wait for an answer.`,
        ],
      ];
    case 'request_unknown':
      return [['This request is not known any more: it ended a long time ago. Nothing was done.']];
    case 'request_ended':
      return [['This request was ', ...ended(refusal.end), '. Nothing more was done.']];
    case 'request_not_due':
      return [['That is not due yet.']];
    case 'own_request':
      return [['Nobody approves or denies their own request. Somebody else has to decide; you can withdraw it.']];
    case 'owner_needed':
      return [[`An owner has to approve more than ${credits(refusal.aboveCredits)}. Nothing was done.`]];
    case 'other_limits':
      return otherLimitsParagraphs(refusal, to);
    case 'channel_moved':
      return [
        [
          channelMention(refusal.channelId),
          ' belongs to another client by now, so this request cannot be approved any more.',
        ],
      ];
  }
}
