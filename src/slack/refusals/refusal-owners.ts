import type { OwnersOnly, Refusal } from '../../ledger/refusals.ts';

import type { Inline } from '../kit/parts.ts';
import { othersWhoHelp, type RefusalContext } from './refusal-limit.ts';

const WORDS: Readonly<Record<OwnersOnly, string>> = {
  own_limit: 'You can’t change your own limits, or move credits to or from them.',
  limit_of_leader: 'Only owners can change the limits of owners and managers.',
  limit_uncovered: 'You can make this limit stricter. No other limit covers it, so only an owner can loosen it.',
  client_rule: 'You can make a client’s rules stricter. Only an owner can loosen them.',
  move_to_owners_limit: 'You can move credits to a client from another client, and to a team from another team.',
  move_from_softer_limit: 'One of the two limits can be exceeded and the other can’t, so only an owner can move these.',
  move_from_closed: 'That client is closed, so only an owner can move its credits.',
  client_without_limit: 'This client has no limit that stops spending, so you can’t link a channel to it yet.',
  lasting_as_delegate: 'You’re covering approvals for someone, so you can approve this request once.',
  also_refuses: 'Extra credits here would also lift a limit that refuses, so only an owner can approve this.',
  suspended_by_owner: 'An owner suspended this person, so only an owner can lift that.',
  images_in_progress:
    'This person has images in progress. Suspend them now, and remove them when their images are finished.',
};

/** What only owners do, and who they are. */
export function ownersOnlyParagraphs(
  { why }: Refusal & { reason: 'owners_only' },
  to: Pick<RefusalContext, 'helpers' | 'readerId'>,
): Inline[][] {
  return [[`${WORDS[why]} Nothing was changed.`], [...othersWhoHelp(to), ' can do more.']];
}
