/** What Slack puts into a command's text for what a person typed: mentions, links, and three escaped characters. */
const ENTITY = /<([^<>]*)>|&(amp|lt|gt);/g;
const CHARACTERS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>' };

/** Controls, and format characters that are not seen or turn the direction of what follows. Joiners of emoji stay. */
const INVISIBLE = /[\p{Cs}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]|(?![\n\t])\p{Cc}/gu;

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
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(INVISIBLE, '')
    .trim();
}
