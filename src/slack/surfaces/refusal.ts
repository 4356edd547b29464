import type { Action } from '../../ledger/commands.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import type { Role } from '../../ledger/state.ts';
import { list } from '../text.ts';
import { type Message, message } from './message.ts';
import { type Inline, name, person, room } from './parts.ts';
import { limitParagraphs, people, type RefusalContext } from './refusal-limit.ts';

export type { RefusalContext } from './refusal-limit.ts';

/** What somebody is told who asked for something that the ledger does not allow. */
export const refusalMessage = (refusal: Refusal, to: RefusalContext): Message => message(paragraphs(refusal, to));

const ACTION_WORDS: Readonly<Record<Action, string>> = {
  open_workspace: 'open the books',
  add_member: 'add people',
  set_role: 'change roles',
  create_client: 'create clients',
  rename_client: 'rename clients',
  bind_channel: 'decide which client a channel belongs to',
  set_limit: 'set limits',
  grant: 'grant credits',
  hold: 'make images',
  capture: 'charge credits',
  void: 'give credits back',
  slip: 'write credits off',
  see_agency: 'see the agency’s figures',
  see_client: 'see a client’s figures',
  see_own: 'see figures',
  set_up: 'set things up',
};

function paragraphs(refusal: Refusal, to: RefusalContext): Inline[][] {
  switch (refusal.reason) {
    case 'limit_exceeded':
      return limitParagraphs(refusal, to);
    case 'not_allowed':
      return notAllowed(refusal, to);
    case 'not_a_member':
      return [
        refusal.memberId === to.readerId
          ? ['Inkwell does not know you here, so it cannot do this for you. An owner of Inkwell can help.']
          : ['Inkwell does not know ', person(refusal.memberId), ' here.'],
      ];
    case 'channel_without_client':
      return [
        ['It was decided that ', room(refusal.channelId), ' belongs to no client, so no images are made there.'],
        ['Nothing was charged. Use the channel of a client', ...canChange(to), '.'],
      ];
    case 'channel_unbound':
      return [[room(refusal.channelId), ' belongs to no client yet. Nothing was made, and nothing was charged.']];
    case 'channel_decided':
      return [['Somebody else has decided about ', room(refusal.channelId), ' already, and that stands.']];
    case 'not_one_of_us':
      return [
        [
          person(refusal.memberId),
          ` is a guest, or from outside the agency, and cannot be ${refusal.role === 'owner' ? 'an owner' : 'a manager'}. Creator or viewer can be given.`,
        ],
      ];
    case 'last_owner':
      return [[person(refusal.memberId), ' is the last owner. Make somebody else an owner first.']];
    case 'name_taken':
      return [['There is a client called ', name(refusal.name), ' already.']];
    case 'client_unknown':
      return [['That client is not in the books.']];
    case 'invalid':
      return [[`${field(refusal.field)} ${refusal.problem}.`]];
    case 'not_open':
      return [['Inkwell’s books are not open in this workspace yet. An owner of Inkwell can help.']];
    case 'already_open':
    case 'client_exists':
    case 'grant_exists':
      return [['That has been done already.']];
    case 'hold_not_open':
    case 'capture_exceeds_hold':
      return [['The credits for this have been settled already.']];
  }
}

function notAllowed({ action, role, roles }: Refusal & { reason: 'not_allowed' }, to: RefusalContext): Inline[][] {
  const you = role === null ? 'You have no role in Inkwell' : `You are ${withArticle(role)} in Inkwell`;
  const may = roles.length === 0 ? 'Nobody may' : `Only ${list(roles.map((each) => `${each}s`))} may`;
  const who = to.helpers.filter((helper) => helper !== to.readerId);
  return [
    [`${may} ${ACTION_WORDS[action]}. ${you}. Nothing was done, and nothing was charged.`],
    who.length > 0 ? [...people(who), ' can change your role.'] : ['An owner of Inkwell can change your role.'],
  ];
}

const withArticle = (role: Role) => (role === 'owner' ? 'an owner' : `a ${role}`);

const canChange = ({ helpers, readerId }: RefusalContext): Inline[] => {
  const others = helpers.filter((helper) => helper !== readerId);
  return others.length > 0 ? [', or ask ', ...people(others), ' to change it'] : [''];
};

/** `limitCredits` is a word of ours, not of people's. */
const FIELDS: Readonly<Record<string, string>> = {
  amountCredits: 'The amount',
  eachCredits: 'The price of an image',
  expiresAt: 'The expiry',
  imagesCount: 'The number of images',
  limitCredits: 'The limit',
  name: 'The name',
  reason: 'The reason',
};

const field = (named: string) => FIELDS[named] ?? `The ${named.replace(/([A-Z])/g, ' $1').toLowerCase()}`;
