import { withoutInvisible } from '../kit/invisible.ts';

/** What Slack puts into a command's text for what a person typed: mentions, links, and three escaped characters. */
const ENTITY = /<([^<>]*)>|&(amp|lt|gt);/g;
const CHARACTERS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>' };

/** The words as they stood in the message field. One pass, so that a typed `&lt;` stays what it was. */
export function typedText(escaped: string): string {
  return escaped.replace(ENTITY, (_, inside: string | undefined, character: string | undefined) =>
    inside === undefined ? (CHARACTERS[character ?? ''] ?? '') : typedEntity(inside),
  );
}

function typedEntity(inside: string): string {
  const [target = '', label = ''] = inside.split('|', 2).map(unescaped);
  const [sign = '', id] = [target[0], target.slice(1)];
  if (sign === '@' || sign === '#') return sign + (label.replace(/^[@#]/, '') || id);
  return label || (sign === '!' ? `@${id}` : target.replace(/^mailto:/, ''));
}

const unescaped = (text: string) => text.replace(/&(amp|lt|gt);/g, (_, name: string) => CHARACTERS[name] ?? '');

/** A prompt as it goes to a provider and into the records: nothing invisible in it, no space around it. */
export function cleanPrompt(text: string): string {
  return withoutInvisible(text.replace(/\r\n?|[\u2028\u2029]/g, '\n')).trim();
}
