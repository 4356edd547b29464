import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawable, escapeXml, wrap } from '../src/caption.ts';
import { loadFont } from '../src/font.ts';

const SEED = 20261115;
const font = loadFont();

describe('what can be drawn of a prompt', () => {
  test.each([
    ['a fox', 'a fox'],
    ['  a\n\tfox\u00a0 ', 'a fox'],
    ['Café Ångström, 50 €', 'Café Ångström, 50 €'],
    ['e\u0301', 'é'],
    ['tea 🫖 pot', 'tea pot'],
    ['\u202eexe.gnp\u202c', 'exe.gnp'],
    ['zero\u200bwidth\u0000null', 'zerowidth null'],
    ['half \ud83e', 'half'],
    ['日本', ''],
  ])('of %j is %j', (prompt, drawn) => {
    expect(drawable(prompt, font)).toBe(drawn);
  });
});

describe('a wrapped caption', () => {
  const wrapped = (text: string, widthEm: number, linesMax = 2) => wrap(text, { widthEm, linesMax }, font);

  test('breaks between words', () => {
    expect(wrapped('the quick brown fox', 6)).toEqual(['the quick', 'brown fox']);
  });

  test('is cut where it does not fit, visibly', () => {
    expect(wrapped('the quick brown fox jumps over the lazy dog', 6)).toEqual(['the quick', 'brown fox…']);
  });

  test('breaks a word that is longer than a line', () => {
    const lines = wrapped('Donaudampfschifffahrtsgesellschaft', 8, 9);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.join('')).toBe('Donaudampfschifffahrtsgesellschaft');
  });

  test('of nothing has no lines', () => {
    expect(wrapped('', 10)).toEqual([]);
  });

  test(`never is wider or longer than allowed, and loses nothing without saying so (seed ${SEED})`, () => {
    const words = fc.array(fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 12 }), { maxLength: 20 });
    fc.assert(
      fc.property(
        words,
        fc.integer({ min: 2, max: 30 }),
        fc.integer({ min: 1, max: 4 }),
        (parts, widthEm, linesMax) => {
          const text = drawable(parts.join(' '), font);
          const lines = wrapped(text, widthEm, linesMax);
          expect(lines.length).toBeLessThanOrEqual(linesMax);
          for (const line of lines) expect(font.widthOf(line)).toBeLessThanOrEqual(widthEm);
          const shown = lines.join('').replaceAll(' ', '');
          if (shown !== text.replaceAll(' ', '')) expect(lines.at(-1)).toMatch(/…$/);
        },
      ),
      { seed: SEED, numRuns: 500 },
    );
  });
});

test('XML is escaped', () => {
  expect(escapeXml(`<a href="x">&'</a>`)).toBe(`&lt;a href=&quot;x&quot;&gt;&amp;'&lt;/a&gt;`);
});
