import { describe, expect, test } from 'vitest';
import { contentTypeOf, extensionOf } from '../../src/images/picture/format.ts';
import { readReport } from '../../src/slack/credits/read-report.ts';
import { parseImagine } from '../../src/slack/imagine/parse-command.ts';
import { readReactions } from '../../src/slack/limits/policy-typed.ts';
import { environmentOf } from '../../src/start/environment.ts';

/** Far beyond what Slack lets anyone type. What goes back over the text at each letter would take minutes, or for ever. */
const LENGTH = 40_000;
const filled = (unit: string, around: [string, string] = ['', '']) =>
  around[0] + unit.repeat(Math.ceil(LENGTH / unit.length)) + around[1];

describe('a long text is read in as many steps as it is long', () => {
  test.each([
    '—n=',
    '—model=',
    '—size=',
    '—n',
    '--n "',
    '— n=" ',
    '"a',
    'a—n=',
    'a—b ',
    'a—x',
    '—n —size ',
    '- n ',
    '- project "',
    '—model=a.1',
    "—n='",
    '--',
    '<',
    '<@U1|',
    '&lt',
    ':a',
  ])('after /imagine: %s, again and again', (unit) => {
    for (const end of ['', '"']) expect(parseImagine(filled(unit, ['', end]), 'C1').kind).not.toBe('help');
  });

  test('after /imagine: one value with every reason to go back', () => {
    for (const value of [
      filled('.1', ['a', '%']),
      filled('!', ['a', 'a']),
      filled('1', ['', 'x']),
      filled('a-', ['', '%']),
    ]) {
      for (const option of ['model', 'size', 'n', 'stage', 'project', 'thread']) {
        for (const dash of ['--', '—']) expect(parseImagine(`a ${dash}${option}=${value}`, 'C1').kind).not.toBe('help');
      }
    }
  });

  test.each(['<@U1|', '<@U1', ' by ', ' --by', ' csv', '—', '2026-', '\u00a0'])(
    'after /credits report: %s, again and again',
    (unit) => expect(readReport(filled(unit, ['report ', '']))?.kind).toBeDefined(),
  );

  test.each(['a ', ':star:', '🦊', ' ', ','])('as names of reactions: %s, again and again', (unit) =>
    expect(readReactions(filled(unit)).ok).toBe(unit === ' ' || unit === ','),
  );

  test.each([' ', '"', ' #', '\u200b'])('as a variable: %s, again and again', (unit) =>
    expect(environmentOf({ LOG_LEVEL: filled(unit, ['info', 'x']) }, ['LOG_LEVEL']).problems).toEqual([]),
  );

  test.each(['<!---->', '<!-- -->\n', '<!--', '<?xml>', '<!DOCTYPE a>', ' '])(
    'as the beginning of a picture: %s, again and again',
    (unit) => {
      expect(contentTypeOf(Buffer.from(filled(unit, ['', '<a']).slice(0, 4_000)))).toBe(null);
      const head = unit === '<!--' ? '<!-- <!-- -->' : unit.repeat(100);
      expect(contentTypeOf(Buffer.from(`${head}<svg xmlns="x">`))).toBe('image/svg+xml');
    },
  );
});

describe('words that mean something in JavaScript are words', () => {
  test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf'])('%s', (word) => {
    expect(readReport(`report --by ${word}`)).toMatchObject({ kind: 'wrong_split' });
    expect(extensionOf(word)).toBe('bin');
    for (const option of ['model', 'size', 'quality', 'project']) {
      expect(parseImagine(`a fox --${option} ${word}`, 'C1')).toMatchObject({ kind: 'request' });
    }
    expect(parseImagine(`a fox :${word}:`, 'C1')).toMatchObject({
      kind: 'request',
      draft: { prompt: `a fox :${word}:` },
    });
  });
});
