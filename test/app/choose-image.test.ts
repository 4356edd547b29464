import { beforeEach, describe, expect, test } from 'vitest';
import { availableModels } from '../../src/app/images/available-models.ts';
import type { ImageOptions } from '../../src/images/rate-card.ts';
import type { Rule, RuleScope } from '../../src/ledger/rules.ts';
import { offeredFor } from '../../src/slack/imagine/imagine-choice.ts';
import { clicking } from '../support/requester.ts';
import { requestImage } from '../support/verbs.ts';
import { ANA, CHANNEL, createWorld, OLIVIA, openAgency, type TestWorld } from '../support/world.ts';

let world: TestWorld;
let count = 0;

beforeEach(async () => {
  world = await createWorld({ providerNames: ['openai', 'sketch'] });
  await openAgency(world, { monthCredits: 1_000 });
});

const ANYTHING: Rule = { imagesMax: null, priceMaxCredits: null, models: null, qualities: null };

async function rule(scope: RuleScope, change: Partial<Rule>): Promise<void> {
  count += 1;
  const command = { kind: 'set_rule' as const, scope, rule: { ...ANYTHING, ...change } };
  const answer = await world.book.submit({ commandId: `rule-${count}`, by: OLIVIA, ...command });
  expect(answer.ok).toBe(true);
}

/** What was made, or why nothing was. */
async function ask(options: ImageOptions = {}, imagesCount = 1) {
  count += 1;
  const before = world.messenger.told.length;
  await requestImage(world, {
    deliveryId: `job-${count}`,
    ...clicking(ANA, CHANNEL),
    prompt: 'a red fox',
    options,
    imagesCount,
    stage: null,
    project: null,
    from: 'channel',
  });
  const note = world.messenger.told.slice(before).at(-1)?.note;
  if (note?.kind === 'refused') return note.refusal;
  const { model, quality, insteadOf } = world.messenger.sheets.at(-1)?.announced.job ?? {};
  return { model, quality, insteadOf };
}

const USUAL = 'gpt-image-2.5-flare';

describe('what is left out', () => {
  test('is the usual, where no rule says otherwise', async () => {
    expect(await ask()).toEqual({ model: USUAL, quality: 'medium', insteadOf: null });
    await rule('role:creator', { qualities: ['low', 'medium'] });
    expect(await ask()).toEqual({ model: USUAL, quality: 'medium', insteadOf: null });
  });

  test.each([
    [['xhigh', 'max'], 'xhigh'],
    // As far from the usual, and cheaper.
    [['high', 'low'], 'low'],
    [['max', 'low'], 'low'],
  ])('of the qualities %j is %s', async (qualities, quality) => {
    await rule('client:northwind', { qualities });
    expect(await ask()).toEqual({ model: USUAL, quality, insteadOf: 'medium' });
  });

  test('keeps the rules of the role, the client and the person together', async () => {
    await rule('client:northwind', { qualities: ['low', 'high', 'max'] });
    await rule('role:creator', { qualities: ['high', 'max', 'medium'] });
    expect(await ask()).toEqual({ model: USUAL, quality: 'high', insteadOf: 'medium' });
  });

  test('is the first model that is allowed, with its own usual quality', async () => {
    await rule('role:creator', { models: ['sketch', 'gpt-image-2'] });
    expect(await ask()).toEqual({ model: 'gpt-image-2', quality: 'medium', insteadOf: USUAL });
    expect(await ask({ model: 'sketch' })).toEqual({ model: 'sketch', quality: 'standard', insteadOf: null });
  });

  test('costs no more than the rules allow one request, where anything does', async () => {
    await rule('client:northwind', { priceMaxCredits: 3, models: ['sketch'] });
    expect(await ask()).toEqual({ model: 'sketch', quality: 'draft', insteadOf: USUAL });
    await rule('client:northwind', { priceMaxCredits: 1, models: ['sketch'] });
    expect(await ask()).toMatchObject({ reason: 'price_too_high', requestedCredits: 4, priceMaxCredits: 1 });
  });
});

describe('what was typed', () => {
  test('and is not allowed is refused, with the rule and what it allows', async () => {
    await rule('client:northwind', { qualities: ['low'] });
    expect(await ask({ quality: 'high' })).toEqual({
      reason: 'quality_not_allowed',
      scope: 'client:northwind',
      quality: 'high',
      qualities: ['low'],
    });
    await rule('role:creator', { models: ['gpt-image-2'] });
    expect(await ask({ model: USUAL })).toMatchObject({ reason: 'model_not_allowed', models: ['gpt-image-2'] });
  });

  test('where the rules leave nothing, what is usual is refused with the rule', async () => {
    await rule('role:creator', { models: ['gone'] });
    expect(await ask()).toMatchObject({ reason: 'model_not_allowed', scope: 'role:creator', models: ['gone'] });
  });
});

describe('how many', () => {
  test.each([
    [3, 9, 12],
    [2, 7, 8],
    [10, 39, 40],
  ])('%i images change no quality where a rule allows %i credits: they are refused', async (count, most, price) => {
    await rule('client:northwind', { priceMaxCredits: most, models: ['sketch'] });
    expect(await ask({}, count)).toMatchObject({ reason: 'price_too_high', requestedCredits: price });
    expect(await ask()).toEqual({ model: 'sketch', quality: 'standard', insteadOf: USUAL });
  });
});

test('what a rule refuses costs no burst, and names every rule', async () => {
  const policy = { name: 'burst' as const, value: { requestsMax: 1, withinMs: 600_000 } };
  await world.book.submit({ commandId: 'burst', by: OLIVIA, kind: 'set_policy', policy });
  await rule('client:northwind', { imagesMax: 2, models: ['sketch'] });
  await rule('role:creator', { imagesMax: 3, priceMaxCredits: 8 });
  for (const tried of [4, 5, 6]) {
    expect(await ask({}, tried)).toMatchObject({
      reason: 'too_many_images',
      imagesMax: 2,
      also: [
        { reason: 'too_many_images', scope: 'role:creator', imagesMax: 3 },
        { reason: 'price_too_high', requestedCredits: tried * 4, priceMaxCredits: 8 },
      ],
    });
  }
  expect(await ask({}, 2)).toMatchObject({ model: 'sketch' });
  expect(await ask()).toMatchObject({ reason: 'too_fast' });
});

test('what a rule has refused is not made when it is delivered again after the rule was changed', async () => {
  await rule('client:northwind', { imagesMax: 1, models: ['sketch'] });
  expect(await ask({}, 2)).toMatchObject({ reason: 'too_many_images' });
  await rule('client:northwind', { imagesMax: 5, models: ['sketch'] });
  count -= 2;
  await ask({}, 2);
  expect(world.messenger.sheets).toEqual([]);
  expect(world.messenger.told.map(({ note }) => note.kind)).toEqual(['refused']);
});

test.each([
  [{ priceMaxCredits: 12 }, { count: 3, max: 3, quality: 'standard' }],
  [{ priceMaxCredits: 11 }, { count: 2, max: 2, quality: 'standard' }],
  [{ priceMaxCredits: 3 }, { count: 1, max: 1, quality: 'draft' }],
  [{ imagesMax: 2 }, { count: 2, max: 2, quality: 'standard' }],
])('a form offers what the rules %j accept', async (rules, { count: images, max, quality }) => {
  await rule('client:northwind', { ...rules, models: ['sketch'] });
  const draft = { prompt: 'a red fox', options: {}, imagesCount: 4, stage: null, project: null };
  const offered = offeredFor(availableModels(world, { by: ANA, channelId: CHANNEL }), draft);
  expect(offered?.draft).toMatchObject({ imagesCount: images, options: { quality } });
  expect(offered?.imagesMax).toBe(max);
  expect(offered?.dropped.length).toBeGreaterThan(0);
  for (const each of offered?.qualities ?? []) {
    expect(await ask({ model: 'sketch', quality: each })).toMatchObject({ quality: each });
  }
});
