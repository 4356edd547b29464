import { withNames as emojiByName } from './page/text/emoji.js';
import type { Channel, Person } from './workspace.ts';

/** `<…>` that Slack understands: people, channels, broadcasts, dates and links. All other brackets are text. */
const SPECIAL =
  /<(?:@[UW]\w+|#[CGD]\w+|!(?:here|channel|everyone)|!subteam\^\w+|!date\^[^<>]+|(?:https?:\/\/|mailto:)[^<>|\s]+)(?:\|[^<>]*)?>/g;
const ENTITY = /&(?!(?:amp|lt|gt);)/g;
const MENTION = /(^|[\s([{])([@#])([\p{L}\p{N}][\p{L}\p{N}._-]*)/gu;
/** A typed address; what follows it as punctuation is none of it. */
const LINK = /\bhttps?:\/\/[^\s<>|]*[^\s<>|.,;:!?'")\]}]/g;
const BROADCASTS = new Set(['here', 'channel', 'everyone']);

/** What an app wrote, as Slack stores it: stray `&`, `<` and `>` become entities, special sequences stay. */
export function storedText(text: string): string {
  let stored = '';
  let from = 0;
  for (const special of text.matchAll(SPECIAL)) {
    stored += escapeStray(text.slice(from, special.index)) + special[0];
    from = special.index + special[0].length;
  }
  return stored + escapeStray(text.slice(from));
}

/** Escapes without escaping twice. */
export function escapeStray(text: string): string {
  return text.replace(ENTITY, '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Escapes what a person typed, so that it is read as plain letters. Emoji become their names, as Slack sends them. */
export function escapeTyped(text: string): string {
  return typedByName(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** As Slack's client sends an emoji: `:fox_face:`. One that the page has no drawing of stays a character. */
export const typedByName = (text: string): string => emojiByName(text);

/**
 * Typed text with its links marked and its `@handle`s and `#channel`s resolved, as Slack's composer does: `<@U0ANA>` in
 * a message, `<@U0ANA|ana>` in a command whose manifest asks for it (`should_escape`).
 */
export function withMentions(
  text: string,
  { people, channels, withNames }: { people: readonly Person[]; channels: readonly Channel[]; withNames: boolean },
): string {
  const linked = escapeTyped(text).replace(LINK, '<$&>');
  return byHandle(linked, people).replace(MENTION, (typed, before: string, sign: string, word: string) => {
    const name = word.replace(/[._-]+$/, '');
    const found = sign === '@' ? personCalled(name, people) : channelCalled(name, channels);
    if (found === null) return typed;
    const label = withNames && found.name !== null ? `|${found.name}` : '';
    return `${before}<${found.target}${label}>${word.slice(name.length)}`;
  });
}

/** Slack's composer offers people by their names, as mentions show them: `@Ana Lindqvist` is Ana as `@ana` is. */
function byHandle(text: string, people: readonly Person[]): string {
  const longestFirst = [...people].sort((one, other) => other.realName.length - one.realName.length);
  return longestFirst.reduce((words, { realName, handle }) => {
    const name = escapeTyped(realName).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return words.replace(new RegExp(`@${name}(?![\\p{L}\\p{N}])`, 'giu'), () => `@${handle}`);
  }, text);
}

type Mentioned = { target: string; name: string | null };

function personCalled(name: string, people: readonly Person[]): Mentioned | null {
  if (BROADCASTS.has(name)) return { target: `!${name}`, name: null };
  const person = people.find(({ handle }) => handle === name.toLowerCase());
  return person ? { target: `@${person.userId}`, name: person.handle } : null;
}

function channelCalled(name: string, channels: readonly Channel[]): Mentioned | null {
  const channel = channels.find((one) => one.kind !== 'im' && one.name === name.toLowerCase());
  return channel ? { target: `#${channel.channelId}`, name: channel.name } : null;
}
