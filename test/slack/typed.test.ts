import { describe, expect, test } from 'vitest';
import { parseImagine } from '../../src/slack/imagine/parse-command.ts';
import { typedText } from '../../src/slack/imagine/typed-text.ts';
import { withEmoji, withEmojiNames } from '../../src/slack/kit/emoji.ts';
import { readCredits } from '../../src/slack/kit/form/typed.ts';
import { plainFigures } from '../../src/slack/kit/typed-figures.ts';

const HERE = 'C0NORTHWIND';
const LINK = 'https://juniper.slack.com/archives/C0NORTHWIND/p1700000000000100';
const known = {
  models: [{ id: 'flux', sizes: ['square'], qualities: ['crisp'] }],
  isProject: (typed: string) => typed.toLowerCase() === 'autumn',
};
const read = (text: string) => parseImagine(text, HERE, { known });
const draftOf = (text: string) => {
  const input = read(text);
  return input.kind === 'request' ? input.draft : input;
};

const DASHES = {
  hyphen: '\u2010',
  'non-breaking hyphen': '\u2011',
  'figure dash': '\u2012',
  'en dash': '\u2013',
  'em dash': '\u2014',
  'horizontal bar': '\u2015',
  minus: '\u2212',
  'small hyphen': '\ufe63',
  'wide hyphen': '\uff0d',
  'small em dash': '\ufe58',
  'two-em dash': '\u2e3a',
  'long vowel of Japanese': '\u30fc',
  'drawn line': '\u2500',
};

describe('dashes that a phone or a word processor makes of two hyphens', () => {
  test.each(Object.entries(DASHES))('%s: alone, twice and with a hyphen before or after it', (_, dash) => {
    for (const dashes of [dash, dash + dash, `-${dash}`, `${dash}-`, `${dash}\u2013`]) {
      expect(draftOf(`a fox ${dashes}n 2`)).toMatchObject({ prompt: 'a fox', imagesCount: 2 });
      expect(draftOf(`${dashes}size 1536x1024 a fox ${dashes}stage=final`)).toMatchObject({
        prompt: 'a fox',
        options: { size: '1536x1024' },
        stage: 'final',
      });
    }
  });

  test.each([
    'a fox –n 11',
    'a fox —n 2.5',
    'a fox –n 0',
    'a fox —n two',
    'a fox –n 10²',
    'a fox —n ②',
    'a fox –n4',
    'a fox —n 2, please',
    'a fox −−n many',
    'a fox –-sise 1024x1024',
    'a fox —sise 1024x1024',
    'a fox –qualty high',
    'a fox —modl gpt-image-2',
    'a fox –stgae final',
    'a fox —projct "Autumn"',
    'a fox —size',
    'a fox —stage —n 2',
    'a fox (--n 2)',
    'a fox --n 10²',
  ])('%s was meant as an option: it is answered, and not drawn', (text) => {
    expect(read(text).kind).toBe('problems');
  });

  test.each([
    ['a fox—n 2', 'a fox', { imagesCount: 2 }],
    ['a fox--n 2 in snow', 'a fox in snow', { imagesCount: 2 }],
    ['a fox -n 3', 'a fox', { imagesCount: 3 }],
    ['a fox —n: 3', 'a fox', { imagesCount: 3 }],
    ['a fox --size = 1024x1024', 'a fox', { options: { size: '1024x1024' } }],
    ['a fox –quality crisp', 'a fox', { options: { quality: 'crisp' } }],
    ['a fox —model FLUX', 'a fox', { options: { model: 'flux' } }],
    ['a fox –project autumn', 'a fox', { project: 'autumn' }],
    ['a fox —project “Spring launch”', 'a fox', { project: 'Spring launch' }],
    ['a fox —project «Spring launch»', 'a fox', { project: 'Spring launch' }],
    ['a fox --project "Ana’s day"', 'a fox', { project: 'Ana’s day' }],
    ['a fox ーーｎ　３', 'a fox', { imagesCount: 3 }],
    ['a fox – n 2', 'a fox', { imagesCount: 2 }],
    ['a fox -- n 2', 'a fox', { imagesCount: 2 }],
    ['a fox — size 1536x1024 in snow', 'a fox in snow', { options: { size: '1536x1024' } }],
    ['- stage: final\n- n: 3\na fox', 'a fox', { stage: 'final', imagesCount: 3 }],
    ['a fox — project "Spring launch"', 'a fox', { project: 'Spring launch' }],
    ['a fox －－ｓｉｚｅ １０２４ｘ１０２４', 'a fox', { options: { size: '1024x1024' } }],
  ])('%s is read as it was meant', (text, prompt, draft) => {
    expect(draftOf(text)).toMatchObject({ prompt, ...draft });
  });

  test('the link of a message is a value of —thread', () => {
    expect(read(`a fox —thread <${LINK}>`)).toMatchObject({ kind: 'request', thread: { channelId: HERE } });
  });

  test.each([
    'a fox –n the style of Hokusai',
    'salt –n pepper',
    'a runway —model in red walks by',
    'a fashion shoot —model T-shirt in white',
    'a cat —size of a house',
    'wood —quality of light',
    'an actor —stage left, lights low',
    'the big —project manager at a desk',
    'a shout —help me',
    'a needle —thread of gold',
    'king-size 2 beds',
    'a full-size 1024x1024 grid',
    'a road –running– through snow',
    '——model citizens',
    'a fox — at dusk — in snow',
    'a shop–stage of glass',
    'a fox - size matters',
    'a ship — model of wood',
    'a fox – qualty high',
    'salt - n pepper',
    'a runner - help me',
    'a dancer – stage left',
    'see https://example.com/a--n 2',
    'minus −5 degrees',
    'a sign “—n 2”',
  ])('%s is prose', (text) => {
    expect(draftOf(text)).toMatchObject({ prompt: text, imagesCount: 1, options: {}, stage: null, project: null });
  });
});

describe('figures in other shapes', () => {
  test.each([
    ['１２', '12'],
    ['１，２００', '1,200'],
    ['٣', '3'],
    ['२५', '25'],
    ['𝟐', '2'],
    ['𑛚𑛣', '09'],
    ['10²', '10²'],
    ['②', '②'],
    ['½', '½'],
    ['Ⅻ', 'Ⅻ'],
  ])('%s is %s', (typed, plain) => expect(plainFigures(typed)).toBe(plain));

  test('credits are read from them, and no superscript is a digit', () => {
    expect(readCredits('５００')).toEqual({ ok: true, value: 500 });
    expect(readCredits('١٢٠٠ credits')).toEqual({ ok: true, value: 1_200 });
    for (const typed of ['10²', '①', '5₀', '½', '⑩', '−5', '–5', '—5', '‑5']) {
      expect(readCredits(typed), typed).toMatchObject({ ok: false });
    }
  });
});

describe('what was typed arrives as it was typed', () => {
  test.each([
    ['a :fox_face: at dusk', 'a 🦊 at dusk'],
    [':wave::skin-tone-3: hello', '👋🏼 hello'],
    [':male-technologist::skin-tone-6:', '👨🏿‍💻'],
    [':weight_lifter::skin-tone-4:', '🏋🏽'],
    [':two_men_holding_hands::skin-tone-2-5:', '👨🏻‍🤝‍👨🏾'],
    [':people_holding_hands::skin-tone-3:', '🧑🏼‍🤝‍🧑🏼'],
    [':handshake::skin-tone-2-6:', '🫱🏻‍🫲🏿'],
    [':fox_face::hedgehog:', '🦊🦔'],
    ['I:heart:NY', 'I❤️NY'],
    [':flag-se: and :us:', '🇸🇪 and 🇺🇸'],
    [':100: points at 10:100:20', '💯 points at 10:100:20'],
    ['our :party-juniper: stays', 'our :party-juniper: stays'],
    [':constructor: :__proto__:', ':constructor: :__proto__:'],
    ['std::vector and 16:9', 'std::vector and 16:9'],
    ['for <@U1|ana> &amp; <@U2> in <#C2>', 'for @ana & @Ben Moss in #atlas'],
    ['<!here|here> and <!channel>', '@here and @channel'],
    ['<!subteam^S1|@design>', '@design'],
    ['<https://example.com/x|two | three>', 'two | three'],
    ['<https://example.com/a?b=1&amp;c=%7C>', 'https://example.com/a?b=1&c=%7C'],
    ['<https://example.com/:fox_face:/>', 'https://example.com/:fox_face:/'],
    ['&lt;:fox_face:&gt;', '<🦊>'],
  ])('%s', (sent, typed) => {
    const names = new Map([
      ['U2', 'Ben Moss'],
      ['C2', 'atlas'],
    ]);
    expect(typedText(sent, names)).toBe(typed);
  });

  test('a reaction may be typed as an emoji: its name is the one that Slack reports', () => {
    expect(withEmojiNames('star :trophy: 🗑️')).toBe('star :trophy: :wastebasket:');
    expect(withEmojiNames(':thumbsup: 👍')).toBe(':+1: :+1:');
    expect(withEmojiNames(':party-juniper:')).toBe(':party-juniper:');
  });

  test('a text without emoji stays as it is', () =>
    expect(withEmoji('a fox: red: or :not')).toBe('a fox: red: or :not'));
});
