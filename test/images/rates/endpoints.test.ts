import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type ConfigFault, readConfig } from '../../../src/config.ts';
import { offer, offeredModels } from '../../../src/images/rate-card.ts';
import { createImageProviders, type ImageProviders } from '../../../src/start/providers.ts';
import { createClock } from '../../support/clock.ts';
import { type ScriptedProvider, startScriptedProvider } from '../../support/scripted-provider.ts';

const folder = mkdtempSync(join(tmpdir(), 'inkwell-rates-'));
const path = join(folder, 'rates.yaml');
const NOW = Date.UTC(2027, 1, 1);
const signal = new AbortController().signal;
const paper = { info: () => {}, warn: () => {}, error: () => {} };

let [here, there, openAi]: ScriptedProvider[] = [];
beforeAll(async () => {
  [here, there, openAi] = await Promise.all([
    startScriptedProvider(),
    startScriptedProvider(),
    startScriptedProvider(),
  ]);
});
const making: ImageProviders[] = [];
afterEach(async () => {
  for (const each of making.splice(0)) await each.close();
});
afterAll(async () => {
  for (const each of [here, there, openAi]) await each?.close();
  rmSync(folder, { recursive: true, force: true });
});

const model = (id: string, by: string, more = '') => `
      - { id: ${id}, label: ${id}, made_by: ${by}, sizes: [1024x1024], usd_per_image: 0.04, takes: [size],
          usually_takes_seconds: 5, gives_up_after_seconds: 60${more} }`;

const written = (from = '2027-01-01') => `
endpoints:
  here: { base_url: ${here?.url}, key_variable: HERE_API_KEY }
  there: { base_url: ${there?.url}, key_variable: THERE_API_KEY }
  open: { base_url: ${there?.url} }
cards:
  - id: mine
    valid_from: ${from}
    models:${model('flux', 'here', ', sent_as: Vendor/FLUX.2')}${model('ideogram', 'there')}${model('local', 'open')}${model('gpt-x', 'openai')}
`;

const KEYS = { HERE_API_KEY: 'key-of-here', THERE_API_KEY: 'key-of-there' };
const config = (text = written(), given: Record<string, string> = KEYS) => {
  writeFileSync(path, text);
  return readConfig({ RATE_CARD: path, ...given }, 'UTC');
};

function open(text = written(), given: Record<string, string> = {}) {
  const clock = createClock(NOW);
  const providers = createImageProviders(config(text, { ...KEYS, ...given }), clock, paper);
  making.push(providers);
  const offered = () => offeredModels(providers.rateCard(), providers.providers.names, clock.now()).map(({ id }) => id);
  const make = (id: string) => {
    const chosen = offer(providers.rateCard(), { model: id });
    if (!chosen.ok) throw new Error(`${id} is not offered`);
    const { size, quality } = chosen.choice;
    const request = { rate: chosen.model, size, quality, prompt: 'a fox', safetyId: 'x' };
    return providers.providers.images.make(request, { signal });
  };
  return { clock, providers, offered, make };
}

describe('an endpoint of a rate card', () => {
  test('makes its models, under its own name for them, with its own key, at the price of the card', async () => {
    const { make } = open();
    expect(await make('flux')).toMatchObject({ kind: 'done', costMicroUsd: 40_000 });
    expect(here?.requests.at(-1)).toMatchObject({
      authorization: 'Bearer key-of-here',
      body: { model: 'Vendor/FLUX.2', size: '1024x1024' },
    });
    expect(here?.requests.at(-1)?.body).not.toHaveProperty('quality');
    expect(await make('ideogram')).toMatchObject({ kind: 'done', costMicroUsd: 40_000 });
    expect(there?.requests.at(-1)).toMatchObject({ authorization: 'Bearer key-of-there', body: { model: 'ideogram' } });
  });

  test('without a key is sent none of ours', async () => {
    const { make } = open();
    expect(await make('local')).toMatchObject({ kind: 'done' });
    expect(there?.requests.at(-1)?.authorization).toBe('Bearer none');
  });

  test('is offered without OpenAI and without the sample drawer', () => {
    expect(open(written(), { SKETCH: 'off' }).offered()).toEqual(['flux', 'ideogram', 'local']);
  });

  test('whose key is refused takes its own models away, and no other’s', async () => {
    const { providers, offered } = open(written(), {
      OPENAI_API_KEY: 'sk-test-key',
      OPENAI_BASE_URL: openAi?.url ?? '',
    });
    const all = ['flux', 'ideogram', 'local', 'gpt-x'];
    expect(offered()).toEqual(all);
    here?.listModels(401);
    const looked = await providers.lookAtModels({ signal });
    expect(looked.map(({ provider }) => provider)).toEqual(['openai', 'here', 'there', 'open']);
    expect(offered()).toEqual(all.slice(1));
    here?.listModels([{ id: 'Vendor/FLUX.2' }]);
    const again = await providers.lookAtModels({ signal });
    expect(again.map(({ provider }) => provider)).toEqual(['here']);
    expect(offered()).toEqual(all);
  });
});

describe('the card that is in force', () => {
  test('is the product’s until the agency’s first one holds, and the agency’s from then on', () => {
    const { clock, providers } = open(written('2027-02-02'));
    expect(providers.rateCard().rateCardId).toBe('2026-11');
    clock.set(Date.UTC(2027, 1, 2));
    expect(providers.rateCard().rateCardId).toBe('mine');
    expect(providers.rateCardOf('2026-11').rateCardId).toBe('2026-11');
  });

  test('of several is the latest that has begun', () => {
    const later = written()
      .slice(written().indexOf('  - id: mine'))
      .replace('mine', 'later')
      .replace('-01-01', '-03-01');
    const { clock, providers } = open(`${written()}${later}`);
    expect(providers.rateCard().rateCardId).toBe('mine');
    clock.set(Date.UTC(2027, 2, 1));
    expect(providers.rateCard().rateCardId).toBe('later');
  });
});

describe('a rate card that cannot be used is a sentence, and nothing starts', () => {
  const problems = (read: () => unknown): readonly string[] => {
    try {
      read();
    } catch (error) {
      return (error as ConfigFault).problems;
    }
    return [];
  };

  test.each([
    ['is not there', { RATE_CARD: '/no/rates.yaml' }, 'RATE_CARD: /no/rates.yaml isn’t there. Correct the path'],
    ['is a folder', { RATE_CARD: folder }, `RATE_CARD: ${folder} can’t be read (EISDIR).`],
  ])('that %s', (_, given, sentence) => {
    expect(problems(() => readConfig(given, 'UTC'))[0]).toContain(sentence);
  });

  test.each([
    ['made_by: here', 'made_by: heer', `RATE_CARD: ${path}, line 10: made_by must be one of openai, sketch, here`],
    ['id: mine', 'id: 2026-11', `RATE_CARD: ${path}: 2026-11 is the id of a card that comes with Inkwell.`],
    ['HERE_API_KEY', 'SLACK_BOT_TOKEN', `RATE_CARD: ${path}: here can’t have SLACK_BOT_TOKEN as key_variable.`],
    ['HERE_API_KEY', 'OPENAI_API_KEY', `RATE_CARD: ${path}: here can’t have OPENAI_API_KEY as key_variable.`],
  ])('with %s → %s', (from, to, sentence) => {
    expect(problems(() => config(written().replace(from, to)))[0]).toContain(sentence);
  });

  test('with an endpoint whose key is missing, or misspelt', () => {
    const { HERE_API_KEY, ...others } = KEYS;
    expect(problems(() => config(written(), others))).toEqual([
      'HERE_API_KEY is missing: the rate card names it for here. Set it, or remove here from the card.',
    ]);
    expect(problems(() => config(written(), { ...others, HERE_APIKEY: HERE_API_KEY }))).toEqual([
      'HERE_APIKEY isn’t a variable of Inkwell. Did you mean HERE_API_KEY?',
      'HERE_API_KEY is missing: the rate card names it for here. Set it, or remove here from the card.',
    ]);
  });

  test('and no sentence has a key in it', () => {
    const found = problems(() => config(written().replace('made_by: here', 'made_by: nobody')));
    expect(found.join()).not.toMatch(/key-of/);
  });
});
