import type { Font } from './font.ts';

const ELLIPSIS = '…';
/** Longer than any caption shows; what is beyond is not even looked at. */
const READ_MAX = 600;

/**
 * A prompt as the font can draw it, on one line: controls, bidi overrides and joiners are gone, and so is what the font
 * lacks (emoji, Chinese, Arabic …), because it would be drawn as boxes.
 */
export function drawable(text: string, font: Font): string {
  const letters = [
    ...text
      .slice(0, READ_MAX)
      .normalize('NFC')
      .replace(/[\p{Z}\p{Cc}]+/gu, ' '),
  ];
  const kept = letters.filter((letter) => !/[\p{Cf}\p{Co}\p{Cs}\p{Cn}]/u.test(letter) && font.has(letter));
  return kept.join('').replace(/ +/g, ' ').trim();
}

/** At most `linesMax` lines no wider than `widthEm`; what does not fit ends in an ellipsis. */
export function wrap(text: string, { widthEm, linesMax }: { widthEm: number; linesMax: number }, font: Font): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest !== '' && lines.length < linesMax) {
    const fits = fitting(rest, widthEm, font);
    if (fits.length === rest.length) return [...lines, rest];
    if (lines.length === linesMax - 1) {
      return [
        ...lines,
        rest.slice(0, fitting(rest, widthEm - font.widthOf(ELLIPSIS), font).length).trimEnd() + ELLIPSIS,
      ];
    }
    // A word that is too long for a line is cut; any other goes to the next line whole.
    const space = fits.lastIndexOf(' ');
    const line = rest[fits.length] === ' ' || space <= 0 ? fits : fits.slice(0, space);
    lines.push(line.trimEnd());
    rest = rest.slice(line.length).trimStart();
  }
  return lines;
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function fitting(text: string, widthEm: number, font: Font): string {
  let fits = '';
  let width = 0;
  for (const letter of text) {
    width += font.widthOf(letter);
    if (width > widthEm) break;
    fits += letter;
  }
  return fits;
}
