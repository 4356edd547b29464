// What a select offers, whatever kind it is: groups of choices with a value, words to search and a way to draw them.

import { avatar } from '../directory.js';
import { apart, h } from '../dom.js';
import { icon } from '../icons.js';
import { drawTextObject } from '../text/draw-text.js';
import { decode } from '../text/mrkdwn.js';
import { heldIn, stateOf } from './values.js';

/** `{ label, choices: [{ value, words, raw, draw }] }[]`; `raw` is what goes into the state value. */
export function choiceGroups(element, directory) {
  if (element.type.includes('static_select')) return optionGroups(element, directory);
  const choices = element.type.includes('users_select')
    ? people(directory)
    : conversations(
        directory,
        element.type.includes('channels_select') ? { include: ['public', 'private'] } : element.filter,
      );
  return [{ label: null, choices }];
}

function optionGroups(element, directory) {
  const groups = element.option_groups ?? [{ label: null, options: element.options ?? [] }];
  return groups.map(({ label, options }) => ({
    label: label?.text ?? null,
    choices: options.map((option) => optionChoice(option, directory)),
  }));
}

function optionChoice(option, directory) {
  const description = option.description?.text ?? '';
  return {
    value: option.value,
    words: `${decode(option.text.text)} ${decode(description)}`.toLowerCase(),
    raw: option,
    draw: () => [
      apart(drawTextObject(option.text, directory)),
      description === '' ? null : h('small', {}, apart(drawTextObject(option.description, directory))),
    ],
    drawShort: () => apart(drawTextObject(option.text, directory)),
  };
}

function people(directory) {
  return directory.view.people
    .filter((person) => !person.deactivated && person.kind !== 'bot')
    .map((person) => personChoice(person.userId, person));
}

function personChoice(value, person) {
  const draw = () => [avatar(person, 20), apart(person.realName), person.title ? h('small', {}, person.title) : null];
  return {
    value,
    words: `${person.realName} ${person.title}`.toLowerCase(),
    raw: value,
    draw,
    drawShort: () => [avatar(person, 20), apart(person.realName)],
  };
}

function conversations(directory, filter) {
  const include = filter?.include ?? ['im', 'public', 'private'];
  return directory.view.channels
    .filter(({ kind }) =>
      kind === 'im' ? include.includes('im') : include.includes('public') || include.includes('private'),
    )
    .filter(({ isShared }) => !(isShared && filter?.exclude_external_shared_channels))
    .filter((channel) => !(filter?.exclude_bot_users && directory.isBot(directory.partnerOf(channel)?.userId)))
    .map((channel) => {
      const draw = () => [
        channel.kind === 'im' ? avatar(directory.partnerOf(channel), 20) : icon('hash', 16),
        apart(channel.name),
      ];
      return {
        value: channel.channelId,
        words: channel.name.toLowerCase(),
        raw: channel.channelId,
        draw,
        drawShort: draw,
      };
    });
}

/** The choices now chosen; one that is no longer offered (a person who left) still shows by its id or text. */
export function chosen(state, groups) {
  const value = heldIn(state);
  const list = value === null ? [] : [value].flat();
  const offered = new Map(groups.flatMap(({ choices }) => choices).map((choice) => [choice.value, choice]));
  return list.map((raw) => {
    const key = typeof raw === 'string' ? raw : raw.value;
    return offered.get(key) ?? stray(raw, key);
  });
}

function stray(raw, value) {
  const text = typeof raw === 'string' ? raw : raw.text.text;
  const draw = () => apart(decode(text));
  return { value, words: text.toLowerCase(), raw, draw, drawShort: draw };
}

/** The state value for these choices. */
export function stateOfChoices(element, choices) {
  const raws = choices.map(({ raw }) => raw);
  return stateOf(element, isMulti(element) ? raws : (raws[0] ?? null));
}

export function isMulti(element) {
  return element.type.startsWith('multi_');
}
