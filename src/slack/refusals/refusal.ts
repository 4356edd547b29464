import { clientAccount, projectAccount } from '../../ledger/accounts.ts';
import { byOf } from '../../ledger/principal.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import type { MemberStatus } from '../../ledger/roles.ts';

import { durationWords, number } from '../../words/figures.ts';
import { actor } from '../kit/actor.ts';
import { type Message, message } from '../kit/message.ts';
import { channelMention, context, dateToken, type Inline, name, person } from '../kit/parts.ts';
import { isOurs, OUTSIDERS_HERE } from '../kit/show-to-audience.ts';
import { NOTHING_MADE } from '../kit/text.ts';
import { help, limitParagraphs, othersWhoHelp, people, type RefusalContext } from './refusal-limit.ts';
import { nothingChanged } from './refusal-nothing.ts';
import { ownersOnlyParagraphs } from './refusal-owners.ts';
import { isOfRequest, requestParagraphs } from './refusal-request.ts';
import { notAllowed } from './refusal-rights.ts';
import { ruleParagraphs } from './refusal-rule.ts';
import { isOfSetUp, setUpParagraphs } from './refusal-set-up.ts';

/** Tells a person why the ledger refused their request. */
export const refusalMessage = (refusal: Refusal, to: RefusalContext): Message =>
  message(refusalParagraphs(refusal, to), ...(to.audience === 'alone' ? [context(OUTSIDERS_HERE)] : []));

export const refusalParagraphs = (refusal: Refusal, to: RefusalContext): Inline[][] =>
  refusal.reason === 'nothing_changed' ? [nothingChanged(refusal, to)] : paragraphs(refusal, to);

function paragraphs(refusal: Exclude<Refusal, { reason: 'nothing_changed' }>, to: RefusalContext): Inline[][] {
  if (refusal.reason === 'owners_only') return ownersOnlyParagraphs(refusal, to);
  if (isOfSetUp(refusal)) return setUpParagraphs(refusal, to);
  if (isOfRequest(refusal)) return requestParagraphs(refusal, to);
  switch (refusal.reason) {
    case 'limit_exceeded':
      return limitParagraphs(refusal, to);
    case 'not_allowed':
      return notAllowed(refusal, to);
    case 'not_a_member':
    case 'key_without_rights':
      return [unknown(refusal, to)];
    case 'channel_without_client':
      return ofNoClient(refusal, to);
    case 'channel_unbound':
      return [[channelMention(refusal.channelId), ` doesn’t belong to a client yet. ${NOTHING_MADE}`]];
    case 'member_not_active':
      return [notActive(refusal, to)];
    case 'client_closed':
    case 'project_closed':
      return closedParagraphs(refusal, to);
    case 'project_of_other_client':
      return [ofOtherClient(refusal)];
    case 'model_not_allowed':
    case 'quality_not_allowed':
    case 'too_many_images':
    case 'price_too_high':
      return ruleParagraphs(refusal, to);
    case 'too_fast':
      return [tooFast(refusal)];
    case 'not_open':
      return [['Inkwell isn’t set up in this workspace yet. Ask an owner for help.']];
    case 'spending_stopped':
    case 'spending_not_stopped':
    case 'clock_wrong':
    case 'clock_not_ahead':
      return spendingParagraphs(refusal, to);
    case 'image_unknown':
      return [[`Images can be marked for ${number(refusal.withinDays)} days. Nothing was changed.`]];
    case 'hold_not_open':
    case 'capture_exceeds_hold':
      return [['The credits for this were already charged or returned.']];
  }
}

function unknown(
  refusal: Refusal & { reason: 'not_a_member' | 'key_without_rights' },
  { readerId }: RefusalContext,
): Inline[] {
  if (refusal.reason === 'key_without_rights') {
    const key = byOf({ kind: 'api_key', keyId: refusal.keyId });
    return [actor(key, 'Start'), ` can’t do anything yet. ${NOTHING_MADE}`];
  }
  const { memberId, inSlack } = refusal;
  if (inSlack) return [...notInSlack(memberId, inSlack), '. Nothing was changed.'];
  return refusal.memberId === readerId
    ? ['You’re not set up in Inkwell, so this wasn’t done. Ask an owner for help.']
    : [person(refusal.memberId), ' isn’t set up in Inkwell.'];
}

function notInSlack(memberId: string, inSlack: 'deactivated' | 'bot' | 'unknown'): Inline[] {
  switch (inSlack) {
    case 'deactivated':
      return [person(memberId), ' is deactivated in Slack. A workspace admin has to activate them there first'];
    case 'bot':
      return [person(memberId), ' is an app, so it can’t have a role in Inkwell'];
    case 'unknown':
      return ['Slack doesn’t know ', person(memberId)];
  }
}

const ofNoClient = ({ channelId }: { channelId: string }, to: RefusalContext): Inline[][] => [
  [channelMention(channelId), ' has no client, so images can’t be made there.'],
  ['Nothing was charged. Use a client’s channel', ...canChange(to), '.'],
];

const ofOtherClient = ({ channelId }: { channelId: string }): Inline[] => [
  'That project belongs to a different client than ',
  channelMention(channelId),
  '. Nothing was charged.',
];

const tooFast = ({ requestsMax, withinMs, againAt }: Refusal & { reason: 'too_fast' }): Inline[] => [
  `You’ve asked ${number(requestsMax)} times in ${durationWords(withinMs)}, the maximum. Try again `,
  dateToken(againAt),
  '. Nothing was charged.',
];

const STATUS_WORDS: Readonly<Record<MemberStatus, string>> = {
  active: 'active already',
  suspended: 'suspended',
  removed: 'no longer a member',
};

function notActive({ memberId, status }: Refusal & { reason: 'member_not_active' }, to: RefusalContext): Inline[] {
  const is = STATUS_WORDS[status];
  if (memberId !== to.readerId) return [person(memberId), ` is ${is} in Inkwell. Nothing was changed.`];
  return [`You’re ${is} in Inkwell. ${NOTHING_MADE} `, ...othersWhoHelp(to), ' can change this.'];
}

const canChange = ({ helpers, readerId }: RefusalContext): Inline[] => {
  const others = helpers.filter((helper) => helper !== readerId);
  return others.length > 0 ? [', or ask ', ...people(others), ' to change this'] : [''];
};

/** A client or a project that is closed, and who can open it again. */
function closedParagraphs(
  refusal: Refusal & { reason: 'client_closed' | 'project_closed' },
  to: RefusalContext,
): Inline[][] {
  const isClient = refusal.reason === 'client_closed';
  const called = to.names?.[isClient ? clientAccount(refusal.clientId) : projectAccount(refusal.projectId)];
  // A project's name is the agency's own.
  const isNamed = called !== undefined && (isClient || isOurs(to.audience));
  const who: Inline[] = isNamed
    ? [isClient ? '' : 'The project ', name(called)]
    : [isClient ? 'This client' : 'This project'];
  return [[...who, ' is closed, so images can’t be made for it. Nothing was charged.'], help(to, 'reopen it')];
}

/** No limit is in the way: spending has stopped. The reason is for owners. */
function spendingParagraphs(
  refusal: Refusal & { reason: 'spending_stopped' | 'spending_not_stopped' | 'clock_wrong' | 'clock_not_ahead' },
  to: RefusalContext,
): Inline[][] {
  if (refusal.reason === 'clock_wrong') {
    return [
      [`${NOTHING_MADE} Inkwell can’t tell which day it is, because a clock is wrong.`],
      ['The owners have been told. Try again in a few minutes.'],
    ];
  }
  if (refusal.reason === 'clock_not_ahead') return [['The ledger’s time is already right. Nothing was changed.']];
  if (refusal.reason === 'spending_not_stopped') {
    return [['This stop has ended. Someone resumed spending, or Home shows a different stop.']];
  }
  const said: Inline[] = [
    'Inkwell stopped making new images ',
    dateToken(refusal.at),
    `: a check of its ledger found a problem. ${NOTHING_MADE}`,
  ];
  return [said, ['The owners have been told. Ask again once it’s fixed.'], help(to, 'resume spending')];
}
