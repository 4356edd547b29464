import type { Refusal } from '../../ledger/refusals.ts';
import { credits, number } from '../../words/figures.ts';
import { channelMention, type Inline, name, person } from '../kit/parts.ts';
import type { RefusalContext } from './refusal-limit.ts';
import { A_ROLE } from './refusal-rights.ts';

type SetUp = Refusal & {
  reason:
    | 'channel_decided'
    | 'not_one_of_us'
    | 'last_owner'
    | 'name_taken'
    | 'client_unknown'
    | 'not_a_manager'
    | 'cannot_delegate_to'
    | 'team_unknown'
    | 'name_in_use'
    | 'project_unknown'
    | 'above_limit_of'
    | 'no_limit'
    | 'not_enough_to_move'
    | 'invalid'
    | 'already_open'
    | 'client_exists'
    | 'team_exists'
    | 'project_exists'
    | 'grant_exists';
};

/** What stands in the way of a change of the set-up. */
export function setUpParagraphs(refusal: SetUp, { audience }: Pick<RefusalContext, 'audience'>): Inline[][] {
  return (audience === 'internal' ? null : withoutFigures(refusal)) ?? inFull(refusal);
}

/** Names and figures that belong to the agency; null where there are none. */
function withoutFigures({ reason }: SetUp): Inline[][] | null {
  if (reason === 'name_taken' || reason === 'name_in_use') return [['That name is taken.']];
  if (reason === 'above_limit_of')
    return [['That is more than the limit it lies within. An owner can raise that one.']];
  if (reason === 'not_enough_to_move') return [['Less than that can be moved from there: the rest is used or held.']];
  return null;
}

function inFull(refusal: SetUp): Inline[][] {
  switch (refusal.reason) {
    case 'channel_decided':
      return [['Somebody else has decided about ', channelMention(refusal.channelId), ' already, and that stands.']];
    case 'not_one_of_us':
      return [
        [
          person(refusal.memberId),
          ` is a guest, or from outside the agency, and cannot be ${A_ROLE[refusal.role]}. Creator or viewer can be given.`,
        ],
      ];
    case 'last_owner':
      return [[person(refusal.memberId), ' is the last owner. Make somebody else an owner first.']];
    case 'name_taken':
      return [['There is a client called ', name(refusal.name), ' already.']];
    case 'client_unknown':
      return [['That client is not in the books.']];
    case 'not_a_manager':
      return [[person(refusal.memberId), ' is no manager. Give them that role first.']];
    case 'cannot_delegate_to':
      return [[person(refusal.memberId), ' cannot decide in your place. Choose somebody who may make images.']];
    case 'team_unknown':
      return [['That team is not in the books.']];
    case 'name_in_use':
      return [[`There is a ${refusal.of} called `, name(refusal.name), ' already.']];
    case 'project_unknown':
      return [['That project is not in the books.']];
    case 'above_limit_of':
      return [
        [`That is more than ${number(refusal.limitCredits)}, the limit it lies within. An owner can raise that one.`],
      ];
    case 'no_limit':
      return [['One of the two has no limit in that window, so there is nothing to move. Set a limit first.']];
    case 'not_enough_to_move':
      return [[`Only ${credits(refusal.availableCredits)} can be moved from there: the rest is used or held.`]];
    case 'invalid':
      return [[`${field(refusal.field)} ${refusal.problem}.`]];
    case 'already_open':
    case 'client_exists':
    case 'team_exists':
    case 'project_exists':
    case 'grant_exists':
      return [['That has been done already.']];
  }
}

/** `limitCredits` is a word of ours, not of people's. */
const FIELDS: Readonly<Record<string, string>> = {
  amountCredits: 'The amount',
  dueAt: 'The due date',
  eachCredits: 'The price of an image',
  expiresAt: 'The expiry',
  imagesCount: 'The number of images',
  limitCredits: 'The limit',
  name: 'The name',
  reason: 'The reason',
};

const field = (named: string) => FIELDS[named] ?? `The ${named.replace(/([A-Z])/g, ' $1').toLowerCase()}`;
