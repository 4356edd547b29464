/** `1 image`, `1,200 images`. */
export const counted = (count: number, one: string) => `${number(count)} ${count === 1 ? one : `${one}s`}`;
/** `1 credit`, `1,200 credits`. */
export const credits = (count: number) => `${number(count)} ${count === 1 || count === -1 ? 'credit' : 'credits'}`;
/** `12 credits`, `free`: what something costs. */
export const price = (count: number) => (count === 0 ? 'free' : credits(count));
/** `1 extra credit`, `20 extra credits`. */
export const extraCredits = (count: number) => counted(count, 'extra credit');
export const number = (count: number) => count.toLocaleString('en-US');
/** With a minus, not the hyphen of a keyboard. */
export const signed = (count: number) => number(count).replace('-', '−');

/** ` + 30 moved here`, ` − 30 moved away`; nothing where nothing was moved. */
export function moved(count: number): string {
  if (count === 0) return '';
  return count > 0 ? ` + ${number(count)} moved here` : ` − ${number(-count)} moved away`;
}

/** The first letter of a sentence or a label. */
export const capitalized = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

/** `a`, `a and b`, `a, b and c`. */
export const list = (items: readonly string[], word: 'and' | 'or' = 'and') =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`;

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** `a minute`, `2 hours`, `90 minutes`: in the largest unit that leaves nothing over. */
export function durationWords(ms: number): string {
  const [unit, unitMs] = UNITS.find(([, each]) => ms >= each && ms % each === 0) ?? ['second', 1_000];
  const count = Math.max(1, Math.round(ms / unitMs));
  return count === 1 ? (unit === 'hour' ? 'an hour' : `a ${unit}`) : `${number(count)} ${unit}s`;
}

/** Of days that were rounded: none is less than one. */
export const daysWords = (count: number): string => (count === 0 ? 'less than a day' : counted(count, 'day'));
