import type { HelpAskedCard, InTheWay, OneRule } from '../../app/limits/help-asked-card.ts';
import { accountParts, budgetOrLimit } from '../../words/accounts.ts';
import { limitSum } from '../../words/balances.ts';
import { bar } from '../../words/bars.ts';
import { credits, number } from '../../words/figures.ts';
import { WINDOW_WORDS } from '../../words/windows.ts';
import { actor } from '../kit/actor.ts';
import { FIRST_PAGES, writeMetadata } from '../kit/home-metadata.ts';
import { ACTIONS } from '../kit/ids.ts';
import { type Message, message } from '../kit/message.ts';
import { actions, bold, button, channelMention, code, type Inline } from '../kit/parts.ts';
import { shorten } from '../kit/text.ts';

const NAME_UNITS_MAX = 60;

/** For a person who can do something about it: what was asked for, what is in the way of it, and the forms that change that. */
export function helpAskedMessage({ by, channelId, imagesCount, requestedCredits, inTheWay }: HelpAskedCard): Message {
  const images = imagesCount === 1 ? 'an image' : `${number(imagesCount)} images`;
  const lead: Inline[] = [
    actor(by, 'Start'),
    ` asks for your help: ${images} in `,
    channelMention(channelId),
    ` for ${credits(requestedCredits)}. Nothing was made or charged.`,
  ];
  const elements = buttonsFor(inTheWay);
  return message([lead, ...inTheWay.flatMap(wordsOf)], ...(elements.length > 0 ? [actions(...elements)] : []));
}

function wordsOf(each: InTheWay): Inline[][] {
  switch (each.kind) {
    case 'limit': {
      const { label, window, figures } = each;
      const head: Inline[] = [
        ...accountParts(label),
        bold(`’s ${WINDOW_WORDS[window].adjective} ${budgetOrLimit(label.account)}`),
      ];
      return figures ? [head, [`${bar(figures)}  ${limitSum(figures)}`]] : [[...head, ' doesn’t exist anymore.']];
    }
    case 'rule':
      return [[...ruleWords(each.broken), ...forWhom(each), '.']];
    case 'closed':
      return [[...accountParts(each.label), ' is closed.']];
  }
}

function ruleWords(broken: OneRule): Inline[] {
  switch (broken.reason) {
    case 'model_not_allowed':
      return ['The model ', code(shorten(broken.model, NAME_UNITS_MAX)), ' isn’t allowed'];
    case 'quality_not_allowed':
      return ['The quality ', code(shorten(broken.quality, NAME_UNITS_MAX)), ' isn’t allowed'];
    case 'too_many_images':
      return [`More than ${number(broken.imagesMax)} at once ${broken.imagesMax === 1 ? 'isn’t' : 'aren’t'} allowed`];
    case 'price_too_high':
      return [`More than ${credits(broken.priceMaxCredits)} per request isn’t allowed`];
  }
}

const forWhom = ({ label, scope }: InTheWay & { kind: 'rule' }): Inline[] =>
  label ? [' for ', ...accountParts(label, 'Inside')] : [` for ${scope.slice('role:'.length)}s`];

/** One of each kind, about the first that the reader may change: Slack takes an id once a row. */
function buttonsFor(inTheWay: readonly InTheWay[]) {
  const found = new Map<string, ReturnType<typeof button>>();
  for (const each of inTheWay.flatMap(buttonsOf))
    if (!found.has(each.action_id ?? '')) found.set(each.action_id ?? '', each);
  return [...found.values()].map((each, index) => (index === 0 ? { ...each, style: 'primary' as const } : each));
}

function buttonsOf(each: InTheWay) {
  const about = (...words: string[]) => writeMetadata(FIRST_PAGES, ...words);
  switch (each.kind) {
    case 'limit': {
      const value = about(each.label.account, each.window);
      return [
        ...(each.may.raise ? [button('Change limits…', { action: ACTIONS.limitsOpen, value })] : []),
        ...(each.may.move ? [button('Move credits…', { action: ACTIONS.moveOpen, value })] : []),
      ];
    }
    case 'rule': {
      if (!each.may.change) return [];
      const isCap = each.broken.reason === 'quality_not_allowed' && each.broken.untilAt !== undefined;
      return isCap
        ? [button('Allow all qualities', { action: ACTIONS.alertLiftCap, value: about(each.scope, 'month') })]
        : [button('Change rules…', { action: ACTIONS.ruleOpen, value: about(each.scope) })];
    }
    case 'closed': {
      if (!each.may.reopen) return [];
      return each.what === 'client'
        ? [button('Reopen client', { action: ACTIONS.homeReopenClient, value: about(each.id) })]
        : [button('Edit project…', { action: ACTIONS.homeProject, value: about(each.id) })];
    }
  }
}
