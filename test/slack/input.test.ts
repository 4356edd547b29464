import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { STAGES } from '../../src/ledger/work.ts';
import { cutMessageLink } from '../../src/slack/imagine/message-link.ts';
import { PROMPT_CHARACTERS_MAX, parseImagine } from '../../src/slack/imagine/parse-command.ts';
import { cleanPrompt } from '../../src/slack/imagine/typed-text.ts';
import { readName } from '../../src/slack/kit/form/typed.ts';
import { escapeText, shorten } from '../../src/slack/kit/text.ts';

const SEEN = [
  '👨\u200d👩\u200d👧\u200d👦',
  '👍🏽',
  '🇸🇪',
  '❤\ufe0f\u200d🔥',
  '1\ufe0f⃣',
  'می\u200cخواهم',
  'नमस्ते',
  '한국어',
];

const UNSEEN = [
  ['a tag', '\u{e0041}'],
  ['a selector of the second kind', '\u{e0100}'],
  ['a soft hyphen', '\u00ad'],
  ['a grapheme joiner', '\u034f'],
  ['an Arabic letter mark', '\u061c'],
  ['a Hangul filler', '\u3164'],
  ['half a Hangul filler', '\uffa0'],
  ['a Mongolian vowel separator', '\u180e'],
  ['a space of no width', '\u200b'],
  ['a turn of direction', '\u202e'],
  ['an isolate', '\u2066'],
  ['an empty Braille cell', '\u2800'],
  ['half of a pair', '\ud83e'],
  ['a control', '\u0007'],
] as const;

const HERE = 'C0NORTHWIND';
const LINK = 'https://juniper.slack.com/archives/C0NORTHWIND/p1700000000000100';

const request = (text: string) => {
  const input = parseImagine(text, HERE);
  if (input.kind !== 'request') throw new Error(`${text} is read as ${JSON.stringify(input)}`);
  return input.draft;
};
const sentences = (text: string) => {
  const input = parseImagine(text, HERE);
  return input.kind === 'problems' ? input.sentences : [];
};

describe('the text of /imagine', () => {
  test.each([
    ['a red fox', 'a red fox', {}, 1, null],
    ['a red fox --n 4', 'a red fox', {}, 4, null],
    ['--n=4 a red fox', 'a red fox', {}, 4, null],
    ['a --stage final red --size 1536x1024 fox', 'a red fox', { size: '1536x1024' }, 1, 'final'],
    ['a fox --size 1536×1024', 'a fox', { size: '1536x1024' }, 1, null],
    ['a fox —size 1024x1024 –n 2', 'a fox', { size: '1024x1024' }, 2, null],
    ['a fox --MODEL "GPT-Image-2" --quality=“high”', 'a fox', { model: 'gpt-image-2', quality: 'high' }, 1, null],
    ["a fox --model 'gpt-image-2'", 'a fox', { model: 'gpt-image-2' }, 1, null],
    ['a fox — at dusk', 'a fox — at dusk', {}, 1, null],
    ['a fox —running —n 3', 'a fox —running', {}, 3, null],
    ['an arrow --> and a rule ---', 'an arrow --> and a rule ---', {}, 1, null],
    ['a fox --n 2 -- the words --size and --n', 'a fox the words --size and --n', {}, 2, null],
    ['a poster that says "--sale 50% off" --n 2', 'a poster that says "--sale 50% off"', {}, 2, null],
    ['a 12" record --n 2 and a 7" one', 'a 12" record and a 7" one', {}, 2, null],
    ['“a red fox” --n 2', 'a red fox', {}, 2, null],
    ['a sign “open late”', 'a sign “open late”', {}, 1, null],
    ['first line\nsecond line --n 2', 'first line\nsecond line', {}, 2, null],
    ['🦊🌆', '🦊🌆', {}, 1, null],
    ['helpful elves', 'helpful elves', {}, 1, null],
    ['a fox --project "Spring launch" --n 2', 'a fox', {}, 2, null, 'Spring launch'],
    ['--project=Übersee a fox', 'a fox', {}, 1, null, 'Übersee'],
    ['a fox —project “Spring launch”', 'a fox', {}, 1, null, 'Spring launch'],
  ])('%s', (text, prompt, options, imagesCount, stage, project: string | null = null) => {
    expect(request(text)).toEqual({ prompt, options, imagesCount, stage, project });
  });

  test.each(['help', ' HELP ', '--help', 'a fox --help', '—help'])('%s asks for help', (text) => {
    expect(parseImagine(text, HERE)).toEqual({ kind: 'help' });
  });

  test('without a prompt opens the form, with the options that were typed', () => {
    expect(parseImagine('  ', HERE)).toMatchObject({ kind: 'modal', draft: { prompt: '' } });
    expect(parseImagine('--n 3 --stage final', HERE)).toMatchObject({
      kind: 'modal',
      draft: { imagesCount: 3, stage: 'final' },
    });
  });

  test('a link with an id that the channel had before is one of this channel', () => {
    const isSame = (one: string, other: string) =>
      [one, other].every((id) => [HERE, 'C0BEFORE', 'C0FIRST'].includes(id));
    for (const id of [HERE, 'C0BEFORE', 'C0FIRST']) {
      expect(parseImagine(`a fox --thread ${LINK.replace(HERE, id)}`, HERE, { isSame })).toMatchObject({
        kind: 'request',
      });
    }
    expect(parseImagine(`a fox --thread ${LINK.replace(HERE, 'C0ATLAS')}`, HERE, { isSame })).toMatchObject({
      kind: 'problems',
      sentences: ['The message linked in --thread is in another channel. Type this there.'],
    });
  });

  test.each([
    ['a fox --sise 1024x1024', 'There’s no option --sise. Did you mean --size?'],
    ['a fox --qualty high', 'There’s no option --qualty. Did you mean --quality?'],
    [
      'a fox --ar 16:9',
      'There’s no option --ar. The options are --model, --size, --quality, --n, --stage, --project and --thread.',
    ],
    ['a fox --n 0', '--n takes a whole number from 1 to 10, not “0”.'],
    ['a fox --n 11', '--n takes a whole number from 1 to 10, not “11”.'],
    ['a fox --n two', '--n takes a whole number from 1 to 10, not “two”.'],
    ['a fox --n 2.5', '--n takes a whole number from 1 to 10, not “2.5”.'],
    ['a fox --size', '--size needs a value, such as --size 1024x1024.'],
    ['a fox --thread here', '--thread takes a message link, from “Copy link” in its menu, not “here”.'],
    [
      `a fox --thread ${LINK.replace(HERE, 'C0ATLAS')}`,
      'The message linked in --thread is in another channel. Type this there.',
    ],
    ['a fox --project', '--project needs a value, such as --project "Spring launch".'],
    ['a fox --size=', '--size needs a value, such as --size 1024x1024.'],
    ['a fox --size --n 2', '--size needs a value, such as --size 1024x1024.'],
    ['a fox --n 2 --n 2', '--n appears twice. Use it once.'],
    ['a fox --stage draft', '--stage takes concept, iteration or final, not “draft”.'],
  ])('%s is answered with a sentence', (text, sentence) => {
    expect(sentences(text)).toEqual([sentence]);
  });

  test('every problem is named at once, and what was typed comes back', () => {
    const input = parseImagine('a fox --n two --sise 1 &amp; a hen', HERE);
    expect(input).toMatchObject({ kind: 'problems', typed: 'a fox --n two --sise 1 & a hen' });
    expect(input).toHaveProperty('sentences.length', 2);
  });

  test('five problems are named, and the rest counted, however many there are', () => {
    const some = sentences(Array.from({ length: 5_000 }, (_, index) => `--x${index}`).join(' '));
    expect(some).toHaveLength(6);
    expect(some.at(-1)).toBe('… and 4,995 more');
    const many = Array.from({ length: 100_000 }, (_, index) => `--x${index}`).join(' ');
    const startedAt = performance.now();
    expect(sentences(many)).toHaveLength(6);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  test('a prompt of exactly the most characters passes, one more does not', () => {
    const most = '🦊'.repeat(PROMPT_CHARACTERS_MAX);
    expect(request(most).prompt).toBe(most);
    expect(sentences(`${most}x`)).toEqual(['The prompt has 32,001 characters. The maximum is 32,000.']);
  });
});

describe('what Slack escaped', () => {
  test.each([
    ['Tom &amp; Ana &lt;3 &gt;', 'Tom & Ana <3 >'],
    ['typed &amp;lt; stays', 'typed &lt; stays'],
    ['typed &lt;@U1&gt; stays', 'typed <@U1> stays'],
    ['for <@U1|ana> in <#C1|northwind>', 'for @ana in #northwind'],
    ['for <@U1> in <#C1|>', 'for @U1 in #C1'],
    ['for <!here> and <!subteam^S1|@design>', 'for @here and @design'],
    ['see <http://example.com|example.com>', 'see example.com'],
    ['see <https://example.com/a?b=1&amp;c=2>', 'see https://example.com/a?b=1&c=2'],
    ['write <mailto:a@example.com|a@example.com>', 'write a@example.com'],
  ])('%s comes back as it was typed', (text, prompt) => {
    expect(request(text).prompt).toBe(prompt);
  });

  test('what cannot be seen goes, what belongs to an emoji stays', () => {
    expect(request('safe\u202egnp.exe\u0007 \u200bfox').prompt).toBe('safegnp.exe fox');
    expect(request('👩\u200d🚀 on the moon').prompt).toBe('👩\u200d🚀 on the moon');
    expect(cleanPrompt('half an emoji \ud83e')).toBe('half an emoji');
    for (const text of SEEN) expect(cleanPrompt(text)).toBe(text);
  });

  test.each(UNSEEN)('%s is in no prompt, no name and no sentence', (_, character) => {
    expect(cleanPrompt(`fo${character}x`)).toBe('fox');
    expect(shorten(`fo${character}x`, 80)).toBe('fox');
    expect(escapeText(`fo${character}x`)).toBe('fox');
    expect(readName(`fo${character}x`)).toEqual({ ok: true, value: 'fox' });
    expect(readName(character.repeat(3))).toMatchObject({ ok: false });
    expect(parseImagine(character.repeat(3), HERE).kind).toBe('modal');
  });

  test('emoji stay whole, and joiners that join nothing are no words', () => {
    for (const text of SEEN) {
      expect(shorten(text, 80)).toBe(text);
      expect(escapeText(text)).toBe(text);
    }
    expect(cleanPrompt('\u200d \ufe0f\u200c')).toBe('');
    expect(shorten('\ufe0f\u200d', 80)).toBe('');
    expect(readName('\ufe0f')).toMatchObject({ ok: false });
  });
});

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

describe('any text (seed 20261123)', () => {
  const runs = { seed: 20261123, numRuns: 400 };

  test('is read without an error', () => {
    const pieces = fc.constantFrom(
      '--n',
      '--size',
      '—n',
      '"',
      '“',
      "'",
      '=',
      '--',
      '<@U1',
      '|',
      '>',
      '&lt;',
      ' ',
      '\n',
      '3',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.oneof(pieces, fc.string())).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, (typed) => {
        const input = parseImagine(typed, HERE);
        if (input.kind === 'request') expect(input.draft.prompt).not.toBe('');
        if (input.kind === 'problems') expect(input.sentences.length).toBeGreaterThan(0);
      }),
      runs,
    );
  });

  test('options come back from wherever they were typed, and the prompt around them', () => {
    const word = fc
      .stringMatching(/^[\p{L}\p{N}&<>,.:@#-]*[\p{L}\p{N}]$/u)
      .filter((each) => !each.startsWith('--') && !/\p{Default_Ignorable_Code_Point}/u.test(each));
    const options = fc.record({
      model: fc.constantFrom('gpt-image-2', 'sketch-1'),
      size: fc.constantFrom('1024x1024', '1536x864'),
      quality: fc.constantFrom('low', 'high'),
      n: fc.integer({ min: 1, max: 10 }).map(String),
      stage: fc.constantFrom(...STAGES),
    });
    const style = fc.record({
      dash: fc.constantFrom('--', '—', '–'),
      sign: fc.constantFrom('=', ' ', '  '),
      quote: fc.constantFrom('', '"', "'", '“'),
    });
    const typed = fc.record({
      words: fc.array(word, { minLength: 1 }),
      options,
      styles: fc.array(style, { minLength: 5, maxLength: 5 }),
      places: fc.array(fc.nat(), { minLength: 5, maxLength: 5 }),
    });
    fc.assert(
      fc.property(typed, ({ words, options, styles, places }) => {
        fc.pre(words.join(' ').toLowerCase() !== 'help');
        const all: string[] = words.map(escaped);
        for (const [index, [name, value]] of Object.entries(options).entries()) {
          const { dash, sign, quote } = styles[index]!;
          all.splice(
            places[index]! % (all.length + 1),
            0,
            `${dash}${name}${sign}${quote}${value}${quote === '“' ? '”' : quote}`,
          );
        }
        const { n, stage, ...choice } = options;
        expect(request(all.join(' '))).toEqual({
          prompt: words.join(' '),
          options: choice,
          imagesCount: Number(n),
          stage,
          project: null,
        });
      }),
      runs,
    );
  });
});

describe('the link of a message', () => {
  test.each([
    ['begins a thread', LINK, '1700000000.000100'],
    ['leads to the thread of a reply', `${LINK}?thread_ts=1699999999.000200&cid=C0NORTHWIND`, '1699999999.000200'],
  ])('%s', (_, link, threadTs) => {
    const input = parseImagine(`a fox --thread <${link.replace('&', '&amp;')}> --n 2`, HERE);
    expect(input).toMatchObject({ kind: 'request', draft: { prompt: 'a fox' }, thread: { channelId: HERE, threadTs } });
  });

  test('is cut out of what was typed around it', () =>
    expect(cutMessageLink(`Spring ${LINK} launch`)).toEqual({
      link: { channelId: HERE, threadTs: '1700000000.000100' },
      rest: 'Spring launch',
    }));
});
