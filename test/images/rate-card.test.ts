import { describe, expect, test } from 'vitest';
import { dimensions } from '../../src/images/price.ts';
import { offer, offeredModels, rateCardAt, rateCardById, withShutdowns } from '../../src/images/rate-card.ts';
import type { RateCard } from '../../src/images/rates/card.ts';

const NOW = Date.UTC(2026, 10, 15);
const DAY_MS = 24 * 60 * 60 * 1000;
const card = rateCardAt(NOW);

describe('the rate card in force', () => {
  const cards = ['2027-01', '2026-11', '2027-06'].map(
    (rateCardId): RateCard => ({ rateCardId, validFromAt: Date.parse(`${rateCardId}-01`), models: [] }),
  );

  test.each([
    ['2026-12-31T23:59:59.999Z', '2026-11'],
    ['2027-01-01T00:00:00.000Z', '2027-01'],
    ['2030-01-01T00:00:00.000Z', '2027-06'],
    ['1999-01-01T00:00:00.000Z', '2026-11'],
  ])('at %s is %s', (at, rateCardId) => {
    expect(rateCardAt(Date.parse(at), cards).rateCardId).toBe(rateCardId);
  });

  test('today is the one of November 2026', () => {
    expect(card.rateCardId).toBe('2026-11');
  });

  test('is found again by its id, and a card that never was is a bug', () => {
    expect(rateCardById('2026-11')).toBe(card);
    expect(() => rateCardById('1999-01')).toThrow('There is no rate card 1999-01');
  });
});

describe.each(card.models.map((model) => [model.id, model] as const))('%s on the rate card', (_, model) => {
  test.each(model.sizes)('%s is a size that providers make', (size) => {
    const { width, height } = dimensions(size);
    expect([width % 16, height % 16]).toEqual([0, 0]);
    expect(Math.max(width, height) / Math.min(width, height)).toBeLessThanOrEqual(3);
    expect(Math.max(width, height)).toBeLessThanOrEqual(3840);
    expect(width * height).toBeLessThanOrEqual(3840 * 2160);
    expect(width * height).toBeGreaterThanOrEqual(655_360);
  });

  test('has its defaults among what it offers, each size and quality once', () => {
    expect(model.sizes).toContain(model.defaultSize);
    expect(model.qualities).toContain(model.defaultQuality);
    expect(new Set(model.sizes).size).toBe(model.sizes.length);
    expect(new Set(model.qualities).size).toBe(model.qualities.length);
  });

  test('has prices for exactly its qualities and sizes, in whole micro-USD', () => {
    if (model.pricing.kind === 'tokens') {
      expect(Object.keys(model.pricing.outputTokens)).toEqual(model.qualities);
    } else if (model.pricing.kind !== 'free') {
      expect(Object.keys(model.pricing.microUsd)).toEqual(model.qualities);
      for (const prices of Object.values(model.pricing.microUsd)) {
        expect(Object.keys(prices)).toEqual(model.sizes);
        expect(Object.values(prices).every(Number.isSafeInteger)).toBe(true);
      }
    }
  });

  test('is given longer than it usually takes, and never sells quality left open', () => {
    expect(model.deadlineMs).toBeGreaterThan(model.estimatedMs);
    expect([...model.sizes, ...model.qualities]).not.toContain('auto');
  });
});

describe('the models on offer', () => {
  test('are those whose maker is configured', () => {
    expect(offeredModels(card, new Set(['sketch']), NOW).map(({ id }) => id)).toEqual(['sketch']);
    expect(offeredModels(card, new Set(['openai']), NOW).map(({ provider }) => provider)).not.toContain('sketch');
    expect(offeredModels(card, new Set(), NOW)).toEqual([]);
  });

  test('are without those that are switched off within a month', () => {
    const going = withShutdowns(card, new Map([['gpt-image-2', NOW + 30 * DAY_MS]]));
    const offered = (at: number) =>
      offeredModels(going, new Set(['openai']), at).some(({ id }) => id === 'gpt-image-2');
    expect([offered(NOW - 1), offered(NOW), offered(NOW + 60 * DAY_MS)]).toEqual([true, false, false]);
  });

  test('keep a date of the card when none is announced', () => {
    const dated = withShutdowns(card, new Map([['gpt-image-2', 42]]));
    expect(withShutdowns(dated, new Map()).models.find(({ id }) => id === 'gpt-image-2')?.shutdownAt).toBe(42);
  });
});

describe('an offer', () => {
  test('fills in the first model with its defaults', () => {
    expect(offer(card, {})).toMatchObject({
      ok: true,
      choice: { model: 'gpt-image-2.5-flare', size: '1024x1024', quality: 'medium' },
    });
    expect(offer({ models: offeredModels(card, new Set(['sketch']), NOW) }, {})).toMatchObject({
      ok: true,
      choice: { model: 'sketch', size: '1024x1024', quality: 'standard' },
    });
  });

  test('takes the defaults of the model that was asked for', () => {
    expect(offer(card, { model: 'sketch', size: '1536x1024' })).toMatchObject({
      ok: true,
      choice: { model: 'sketch', size: '1536x1024', quality: 'standard' },
      model: { label: expect.stringContaining('Sketch') },
    });
  });

  test('reads sizes and names as people write them', () => {
    expect(offer(card, { model: ' GPT-Image-2 ', size: '1536×1024', quality: 'High' })).toMatchObject({
      ok: true,
      choice: { model: 'gpt-image-2', size: '1536x1024', quality: 'high' },
    });
  });

  test.each([
    [{ model: 'dall-e-3' }, { reason: 'unknown_model', asked: 'dall-e-3', possible: card.models.map(({ id }) => id) }],
    [{ model: '' }, { reason: 'unknown_model', asked: '' }],
    [
      { model: 'sketch', size: '2048x2048' },
      { reason: 'unknown_size', model: 'sketch', asked: '2048x2048' },
    ],
    [{ size: 'auto' }, { reason: 'unknown_size', model: 'gpt-image-2.5-flare', asked: 'auto' }],
    [{ quality: 'auto' }, { reason: 'unknown_quality', model: 'gpt-image-2.5-flare', asked: 'auto' }],
    [
      { model: 'sketch', quality: 'high' },
      { reason: 'unknown_quality', model: 'sketch', asked: 'high', possible: ['draft', 'standard', 'fine'] },
    ],
  ])('refuses %j and says what is possible', (wish, refusal) => {
    expect(offer(card, wish)).toMatchObject({ ok: false, refusal });
  });

  test('says so when there is nothing to offer', () => {
    expect(offer({ models: [] }, {})).toEqual({ ok: false, refusal: { reason: 'no_models' } });
  });
});
