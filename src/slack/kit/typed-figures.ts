/**
 * Every dash that a phone, a word processor or a keyboard of another language puts where `-` was typed. Of the long
 * Japanese vowel and the drawn line only their look is a dash, and that is how they are typed.
 */
export const DASH = '[\\p{Dash}ー─]';

const FIGURE = /\p{Nd}/gu;
const FULL_WIDTH = /[\uff01-\uff5e]/g;
const FULL_WIDTH_AHEAD = 0xfee0;

/** Full-width characters as plain ones, each in its place. */
export const halfWidth = (text: string): string =>
  text.replace(FULL_WIDTH, (wide) => String.fromCharCode(wide.charCodeAt(0) - FULL_WIDTH_AHEAD));

/**
 * Figures as they were meant: the decimal digits of every script are digits. Superscripts, circled figures and fractions
 * are none, because `10²` is not 102: they stay, and what reads the text refuses them.
 */
export const plainFigures = (text: string): string => halfWidth(text).replace(FIGURE, digitOf);

/** Unicode keeps the ten figures of a script in a row; where rows touch, a zero follows a nine. */
function digitOf(figure: string): string {
  const code = figure.codePointAt(0) ?? 0;
  let before = 0;
  while (isFigure(code - before - 1)) before += 1;
  return String(before % 10);
}

const isFigure = (code: number) => code >= 0 && /\p{Nd}/u.test(String.fromCodePoint(code));
