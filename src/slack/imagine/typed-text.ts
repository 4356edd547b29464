import { withEmoji } from '../kit/emoji.ts';
import { withoutInvisible } from '../kit/invisible.ts';

/** What Slack puts into a command's text for what a person typed: mentions, links, escaped characters and emoji. */
const ENTITY = /<([^<>]*)>|&(amp|lt|gt);/g;
const CHARACTERS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>' };
const BROADCAST = /^(?:here|channel|everyone)$/;
export const NO_NAMES: ReadonlyMap<string, string> = new Map();

/** The words as they stood in the message field. An entity is read once, so that a typed `&lt;` stays what it was. */
export function typedText(escaped: string, names: ReadonlyMap<string, string> = NO_NAMES): string {
  let typed = '';
  let from = 0;
  for (const { index, 0: whole, 1: inside, 2: character } of escaped.matchAll(ENTITY)) {
    typed += withEmoji(escaped.slice(from, index));
    typed += inside === undefined ? (CHARACTERS[character ?? ''] ?? '') : typedEntity(inside, names);
    from = index + whole.length;
  }
  return typed + withEmoji(escaped.slice(from));
}

/** Mentions that have an id and no name: `<@U1>`, `<#C1|>`. */
export const namelessIn = (escaped: string): string[] => [
  ...new Set([...escaped.matchAll(/<[@#](\w{1,40})\|?>/g)].map(([, id = '']) => id)),
];

/** The label may have a bar in it. */
function typedEntity(inside: string, names: ReadonlyMap<string, string>): string {
  const bar = inside.indexOf('|');
  const target = unescaped(bar < 0 ? inside : inside.slice(0, bar));
  const label = bar < 0 ? '' : unescaped(inside.slice(bar + 1));
  const [sign = '', id] = [target[0], target.slice(1)];
  if (sign === '@' || sign === '#') return sign + (label.replace(/^[@#]/, '') || names.get(id) || id);
  if (sign === '!') return BROADCAST.test(id) ? `@${id}` : label || `@${id}`;
  return label || target.replace(/^mailto:/, '');
}

const unescaped = (text: string) => text.replace(/&(amp|lt|gt);/g, (_, name: string) => CHARACTERS[name] ?? '');

/** A prompt as it goes to a provider and into the records: nothing invisible in it, no space around it. */
export function cleanPrompt(text: string): string {
  return withoutInvisible(text.replace(/\r\n?|[\u2028\u2029]/g, '\n')).trim();
}
