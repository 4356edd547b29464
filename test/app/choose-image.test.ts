import { beforeEach, describe, expect, test } from 'vitest';
import type { ImageOptions } from '../../src/images/rate-card.ts';
import type { Rule, RuleScope } from '../../src/ledger/rules.ts';
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
  const note = world.messenger.told.at(-1)?.note;
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
