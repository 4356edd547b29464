import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { providerFacts } from '../../../src/images/providers.ts';
import { withFreeSamples } from '../../../src/images/rate-card.ts';
import { readRates } from '../../../src/images/rates/read-rates.ts';
import { nearest } from '../../../src/words/closest.ts';

/** As an agency writes one. */
const CARD = `# Prices of January
endpoints:
  together:
    base_url: https://api.together.example/v1
    key_variable: TOGETHER_API_KEY
cards:
  - id: 2027-01
    valid_from: 2027-01-01
    models:
      - id: flux-2-pro
        label: FLUX.2 Pro
        made_by: together
        sent_as: black-forest-labs/FLUX.2-pro
        sizes: [1024x1024, 1536x1024]
        usd_per_image: { low: 0.03, high: { 1024x1024: 0.05, 1536x1024: 0.0336 } }
        takes: [size, quality]
        usually_takes_seconds: 5
        gives_up_after_seconds: 60
`;
const SHIPPED = readFileSync('src/images/rates/2026-11.yaml', 'utf8');

const read = (text: string) => readRates(text, { nearest: (word, known) => nearest(word, known, 3) });
const problems = (text: string) => {
  const rates = read(text);
  return rates.ok ? [] : rates.problems.map(({ line, what }) => `${line}: ${what}`);
};
const changed = (from: string, to: string) => {
  expect(CARD).toContain(from);
  return CARD.replace(from, to);
};

const endpointCalled = (name: string) => CARD.replace('  together:', `  ${name}:`).replace(': together', `: ${name}`);

describe('names that mean something in JavaScript', () => {
  test.each(['constructor', 'tostring', 'hasownproperty', 'valueof', 'prototype'])(
    '%s is an endpoint like any',
    (name) => {
      const rates = read(endpointCalled(name));
      expect(rates).toMatchObject({
        ok: true,
        rates: { endpoints: [{ name }], cards: [{ models: [{ provider: name, pricing: { kind: 'image' } }] }] },
      });
      const facts = providerFacts(name);
      expect(facts).toMatchObject({ displayName: `the image service ${name}`, isFree: false, stopsWithProcess: false });
      const card = { rateCardId: 'x', validFromAt: 0, models: rates.ok ? (rates.rates.cards[0]?.models ?? []) : [] };
      expect(withFreeSamples(card)).toEqual(card);
    },
  );

  test.each([
    ['an endpoint', CARD.replace('  together:', '  __proto__: { base_url: "https://x.example" }\n  together:'), 3],
    ['a field', changed('label: FLUX.2 Pro', '__proto__: { label: FLUX.2 Pro }'), 11],
    ['a quality', changed('{ low: 0.03,', '{ low: 0.03, "__proto__": 0.04,'), 15],
  ])('__proto__ is told, and never left aside: %s', (_, text, line) => {
    expect(problems(text)).toEqual([`${line}: __proto__ can’t be a name. Choose another one.`]);
  });
});

describe('a key', () => {
  const atAddress = (address: string) => changed('https://api.together.example/v1', address);

  test.each([
    'http://api.together.example/v1',
    'http://10.0.0.7:8080/v1',
    'http://localhost.example/v1',
    'http://docker.internal.example/v1',
    'http://litellm.local/v1',
    'http://[fe80::1]/v1',
  ])('isn’t sent over %s, where others read it', (address) => {
    expect(problems(atAddress(address))).toEqual([
      '4: base_url must begin with https, because a key is sent there. Only this machine, or a container beside it, may be asked over http.',
    ]);
    expect(problems(atAddress(address).replace('    key_variable: TOGETHER_API_KEY\n', ''))).toEqual([]);
  });

  test.each([
    'http://localhost:8080/v1',
    'http://127.0.0.1/v1',
    'http://127.1/v1',
    'http://[::1]:80/v1',
    'http://litellm:4000/v1',
    'http://image-proxy_2/v1',
    'http://host.docker.internal:1234/v1',
    'https://x.example',
  ])('is sent to %s', (address) => expect(problems(atAddress(address))).toEqual([]));
});

/** What compares every two of its parts would take minutes over them. */
describe('a long file is answered at once', () => {
  const LENGTH = 300_000;
  const filled = (each: (index: number) => string) => {
    const parts: string[] = [];
    for (let length = 0; length < LENGTH; length += parts.at(-1)?.length ?? 1) parts.push(each(parts.length));
    return parts.join('');
  };

  test.each<[string, string]>([
    ['one key, again and again', 'a: 1\n'.repeat(LENGTH / 5)],
    ['one key, on one line', `{${'a: 1,'.repeat(LENGTH / 5)}}`],
    ['keys that nothing knows', filled((index) => `k${index}: 1\n`)],
    ['endpoints with no good name', `endpoints:\n${filled((index) => ` K${index}: 1\n`)}`],
    ['endpoints with something wrong inside', `endpoints:\n${filled((index) => ` k${index}: { base_url: 1 }\n`)}`],
    ['a card of unknown keys', `cards:\n  - a: 1\n${filled((index) => `    k${index}: 1\n`)}`],
    ['cards without end', `cards:\n${' - 1\n'.repeat(LENGTH / 5)}`],
    ['sizes without end', `cards: [{ models: [{ sizes: [${'1,'.repeat(LENGTH / 2)}] }] }]`],
    ['an alias, again and again', `a: &a 1\nb:\n${' - *a\n'.repeat(LENGTH / 6)}`],
    ['remarks alone', '#\n'.repeat(LENGTH / 2)],
    ['one long name', `${'a'.repeat(LENGTH)}: 1`],
    ['a quotation without an end', `"${'\\n'.repeat(LENGTH / 2)}`],
  ])('%s', (_, text) => expect(read(text).ok).toBe(false));
});

describe('a file of rates', () => {
  test('says prices in dollars, and they are kept in whole micro-USD', () => {
    const rates = read(CARD);
    expect(rates.ok && rates.rates).toEqual({
      endpoints: [{ name: 'together', baseUrl: 'https://api.together.example/v1', keyVariable: 'TOGETHER_API_KEY' }],
      cards: [
        {
          rateCardId: '2027-01',
          validFromAt: Date.UTC(2027, 0, 1),
          models: [
            {
              id: 'flux-2-pro',
              label: 'FLUX.2 Pro',
              provider: 'together',
              sentAs: 'black-forest-labs/FLUX.2-pro',
              sizes: ['1024x1024', '1536x1024'],
              defaultSize: '1024x1024',
              qualities: ['low', 'high'],
              defaultQuality: 'low',
              pricing: {
                kind: 'image',
                microUsd: {
                  low: { '1024x1024': 30_000, '1536x1024': 30_000 },
                  high: { '1024x1024': 50_000, '1536x1024': 33_600 },
                },
              },
              capabilities: {
                takesSize: true,
                takesQuality: true,
                takesSafetyId: false,
                promptMaxCharacters: 32_000,
              },
              estimatedMs: 5_000,
              deadlineMs: 60_000,
              shutdownAt: null,
            },
          ],
        },
      ],
    });
  });

  test.each([
    ['JSON', JSON.stringify(parse(CARD))],
    ['JSON with tabs', JSON.stringify(parse(CARD), null, '\t')],
    ['with lines of Windows', CARD.replaceAll('\n', '\r\n')],
    ['with a mark at its beginning', `\uFEFF${CARD}`],
  ])('is the same as %s', (_, text) => {
    expect(read(text)).toEqual(read(CARD));
  });

  test('as the documentation shows one is read', () => {
    const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(readFileSync('docs/rate-cards.md', 'utf8')) ?? [];
    const rates = read(example);
    expect(rates.ok && rates.rates.cards[0]?.models.map(({ qualities }) => qualities)).toEqual([['1-mp', '2-mp']]);
  });

  test.each([
    ['2027-01-01', Date.UTC(2027, 0, 1)],
    ['2027-01-01T09:00:00+01:00', Date.UTC(2027, 0, 1, 8)],
    ["'2028-02-29'", Date.UTC(2028, 1, 29)],
  ])('holds from %s', (written, at) => {
    const rates = read(changed('2027-01-01', written));
    expect(rates.ok && rates.rates.cards[0]?.validFromAt).toBe(at);
  });

  test.each([
    ['0.000001', 1],
    ['0.1', 100_000],
    ['0.070001', 70_001],
    ['1000', 1_000_000_000],
  ])('a price of %s is exact', (written, microUsd) => {
    const rates = read(changed('low: 0.03, high: { 1024x1024: 0.05, 1536x1024: 0.0336 }', `low: ${written}`));
    const [model] = (rates.ok && rates.rates.cards[0]?.models) || [];
    expect(model?.pricing).toMatchObject({ microUsd: { low: { '1536x1024': microUsd } } });
  });
});

describe('what is wrong with one is a sentence, with its line', () => {
  test.each([
    ['nothing in it', '', 'null: It is empty. Copy a shipped card into it.'],
    ['a remark alone', '# soon\n', 'null: It is empty. Copy a shipped card into it.'],
    ['a list', '- a\n', 'null: The file must be a list under cards, and what it names under endpoints.'],
    ['two bytes a letter', 'c\0a\0', 'null: It isn’t plain text. Save it again as UTF-8.'],
    ['no cards', 'endpoints: { a: { base_url: http://a/v1 } }\n', 'null: cards is missing.'],
    ['JSON that ends too early', '{"cards": [', '1: It can’t be read as YAML or JSON: '],
    ['a second document', `${CARD}---\n${CARD}`, '19: A second document begins here.'],
  ])('%s', (_, text, sentence) => expect(problems(text)[0]).toContain(sentence));

  test.each([
    ['label: FLUX.2 Pro', 'label: A\n        label: B', '12: label stands here twice. Remove one of them.'],
    ['usd_per_image', 'usd_per_imge', '15: usd_per_imge isn’t known here. Did you mean usd_per_image?'],
    ['base_url', 'Base_Url', '4: Base_Url isn’t known here. Did you mean base_url?'],
    ['        label', '        quality: x\n        label', '11: quality isn’t known here. Known are id, label'],
    ['cards:', 'card:', '6: card isn’t known here. Did you mean cards?'],
    ['made_by: together', 'made_by: togehter', '12: made_by must be one of openai, sketch, together. Did you mean'],
    ['valid_from: 2027-01-01', 'valid_from: 2027-02-30', '8: valid_from must be a date such as'],
    ['valid_from: 2027-01-01', 'valid_from: January', '8: valid_from must be a date such as'],
    ['id: 2027-01', 'id: 2027', '7: id must be lower-case letters, digits, dots and dashes; digits alone stand in'],
    ['id: flux-2-pro', 'id: FLUX 2', '10: id must be lower-case letters'],
    ['id: flux-2-pro', '', '11: id is missing.'],
    ['        sizes: [1024x1024, 1536x1024]\n', '', '10: sizes is missing.'],
    ['[1024x1024, 1536x1024]', '[1024, 1536x1024]', '14: sizes must be a width and a height, such as 1024x1024.'],
    ['[1024x1024, 1536x1024]', '[]', '14: sizes must be a list of 1 to 50.'],
    ['[1024x1024, 1536x1024]', '[1024x1024, 1536x1024, 1024x1024]', '14: sizes names a size twice.'],
    ['low: 0.03', 'low: 0,03', '15: 3 must be a price in US dollars such as 0.03'],
    ['low: 0.03', 'low: "0.03"', '15: low must be a price in US dollars such as 0.03'],
    ['low: 0.03', 'low: 30000', '15: low must be a number of US dollars from 0.000001 to 1000'],
    ['low: 0.03', 'low: -1', '15: low must be a number of US dollars'],
    ['low: 0.03', 'low: 0.0000001', '15: low must be a number of US dollars'],
    ['low: 0.03', 'low: .nan', '15: low must be a number of US dollars'],
    ['low: 0.03', 'low: 0.06', '15: high is cheaper than low. List the cheapest first.'],
    ['1024x1024: 0.05, ', '', '15: high has no price for 1024x1024. Add it.'],
    ['1536x1024: 0.0336', '1536x1024: 0.04, 512x512: 0.01', '15: 512x512 isn’t in sizes. Add it there, or remove it.'],
    ['takes: [size, quality]', 'takes: [quality]', '14: sizes must be one size: takes has no size.'],
    ['takes: [size, quality]', 'takes: [size]', '15: There must be one quality: takes has no quality.'],
    ['takes: [size, quality]', 'takes: [size, qualty]', '16: takes must be one of size, quality, safety_id.'],
    ['usually_takes_seconds: 5', 'usually_takes_seconds: 90', '17: usually_takes_seconds is more than'],
    ['usually_takes_seconds: 5', 'usually_takes_seconds: 0.5', '17: usually_takes_seconds must be a whole number from'],
    [
      '        usually',
      '        default_quality: hi\n        usually',
      '17: default_quality must be one of low, high.',
    ],
    ['        usually', '        tokens: 3\n        usually', '17: tokens must be prices by the token.'],
    ['  together:', '  openai:', '3: openai means something else. Choose another name.'],
    ['https://api', 'ftp://api', '4: base_url must be an http or https address.'],
    ['TOGETHER_API_KEY', 'my key', '5: key_variable must be the name of a variable, such as TOGETHER_API_KEY.'],
  ])('%s → %s', (from, to, sentence) => {
    expect(problems(changed(from, to)).join('\n')).toContain(sentence);
  });

  test('all of them at once, and a card or a model that is there twice', () => {
    const model = CARD.slice(CARD.indexOf('      - id: flux'));
    const card = CARD.slice(CARD.indexOf('  - id: 2027'));
    expect(problems(`${CARD}${model}${card}`)).toEqual([
      '28: id is the id of another card. Choose another one.',
      '29: valid_from is also when another card begins. Choose another time.',
      '19: id is the id of another model. Choose another one.',
    ]);
  });

  test('names that stand for a great many others are refused', () => {
    const names = ['b', 'c', 'd', 'e', 'f'].map((name, index) => {
      const before = 'abcde'[index];
      return `${name}: &${name} [${Array(9).fill(`*${before}`).join(', ')}]`;
    });
    expect(problems(['a: &a [x, x]', ...names].join('\n'))[0]).toMatch(/can’t be read/);
  });
});

describe('a shipped card with one line', () => {
  const lines = SHIPPED.split('\n');
  const every = lines.flatMap((line, at) => (line.trim() && !line.trim().startsWith('#') ? [at] : []));

  /** Whatever an editor leaves of it: a card, or sentences. */
  const said = (text: string) => {
    const rates = read(text);
    if (rates.ok) return expect(rates.rates.cards[0]?.models.length).toBeGreaterThan(0);
    expect(rates.problems.length).toBeGreaterThan(0);
    for (const { what } of rates.problems) expect(what).toMatch(/^\S.{5,400}[.?]$/su);
  };

  test('left out, doubled or moved is a card or a sentence', () => {
    for (const at of every.filter((_, index) => index % 8 === 0)) {
      said(lines.toSpliced(at, 1).join('\n'));
      said(lines.toSpliced(at, 0, lines[at] ?? '').join('\n'));
      said(lines.with(at, `  ${lines[at]}`).join('\n'));
    }
  });
});
