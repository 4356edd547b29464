import type { ChannelDecided } from '../../app/clients/show-decision.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import { credits, number } from '../../words/figures.ts';
import { actor } from '../kit/actor.ts';
import { channelMention, type Inline, name, person } from '../kit/parts.ts';
import { invalidWords } from './refusal-invalid.ts';
import type { RefusalContext } from './refusal-limit.ts';
import { A_ROLE } from './refusal-rights.ts';

const REASONS = [
  'channel_decided',
  'not_one_of_us',
  'last_owner',
  'name_taken',
  'client_unknown',
  'not_a_manager',
  'cannot_delegate_to',
  'team_unknown',
  'name_in_use',
  'project_unknown',
  'above_limit_of',
  'no_limit',
  'not_enough_to_move',
  'invalid',
  'already_open',
  'client_exists',
  'team_exists',
  'project_exists',
  'grant_exists',
] as const;
type SetUp = Refusal & { reason: (typeof REASONS)[number] };

export const isOfSetUp = (refusal: Refusal): refusal is SetUp => REASONS.some((reason) => reason === refusal.reason);

/** What stands in the way of a change of the set-up. */
export function setUpParagraphs(
  refusal: SetUp,
  { audience, decided = null }: Pick<RefusalContext, 'audience' | 'decided'>,
): Inline[][] {
  if (audience !== 'internal') return withoutFigures(refusal) ?? inFull(refusal);
  return refusal.reason === 'channel_decided' && decided ? [whoDecided(refusal, decided)] : inFull(refusal);
}

function whoDecided({ channelId }: SetUp & { reason: 'channel_decided' }, { by, client }: ChannelDecided): Inline[] {
  const [who, channel] = [actor(by, 'Start'), channelMention(channelId)];
  const unchanged = '. Nothing was changed.';
  if (client === null) return [who, ' already decided that ', channel, ` has no client${unchanged}`];
  if (client === 'other') return [who, ' already linked ', channel, ` to another client${unchanged}`];
  return [who, ' already linked ', channel, ' to ', name(client.name), unchanged];
}

/** Names and figures that belong to the agency; null where there are none. */
function withoutFigures({ reason }: SetUp): Inline[][] | null {
  if (reason === 'name_taken' || reason === 'name_in_use') return [['That name is taken.']];
  if (reason === 'above_limit_of') return [['That’s above the limit it falls under. An owner can raise that one.']];
  if (reason === 'not_enough_to_move') return [['You can’t move that many from there. The rest is used or on hold.']];
  return null;
}

function inFull(refusal: SetUp): Inline[][] {
  switch (refusal.reason) {
    case 'channel_decided':
      return [
        [
          'Someone else already decided which client ',
          channelMention(refusal.channelId),
          ' belongs to. Nothing was changed.',
        ],
      ];
    case 'not_one_of_us':
      return [
        [
          person(refusal.memberId),
          ` is a guest or from outside the agency, so they can’t be ${A_ROLE[refusal.role]}. Choose creator or viewer.`,
        ],
      ];
    case 'last_owner':
      return [[person(refusal.memberId), ' is the only owner. Make someone else an owner first.']];
    case 'name_taken':
      return [['There’s already a client called ', name(refusal.name), '.']];
    case 'client_unknown':
      return [['Inkwell can’t find that client.']];
    case 'not_a_manager':
      return [[person(refusal.memberId), ' isn’t a manager. Give them that role first.']];
    case 'cannot_delegate_to':
      return [[person(refusal.memberId), ' can’t cover your approvals. Choose someone who can make images.']];
    case 'team_unknown':
      return [['Inkwell can’t find that team.']];
    case 'name_in_use':
      return [[`There’s already a ${refusal.of} called `, name(refusal.name), '.']];
    case 'project_unknown':
      return [['Inkwell can’t find that project.']];
    case 'above_limit_of':
      return [
        [`That’s above the limit it falls under (${number(refusal.limitCredits)}). An owner can raise that one.`],
      ];
    case 'no_limit':
      return [['One side has no limit for that period, so nothing can be moved. Set a limit first.']];
    case 'not_enough_to_move':
      return [notEnough(refusal)];
    case 'invalid':
      return [[invalidWords(refusal)]];
    case 'already_open':
    case 'client_exists':
    case 'team_exists':
    case 'project_exists':
    case 'grant_exists':
      return [['That was already done.']];
  }
}

function notEnough({ availableCredits, extraCredits = 0 }: Refusal & { reason: 'not_enough_to_move' }): Inline[] {
  const can =
    availableCredits === 0
      ? 'Nothing can be moved from there.'
      : `You can move up to ${credits(availableCredits)} from there.`;
  if (extraCredits === 0) return [`${can} The rest is used or on hold.`];
  const are = extraCredits === 1 ? 'is an extra credit' : 'are extra credits';
  return [`${can} ${number(extraCredits)} of what is left ${are}, which can’t be moved.`];
}
