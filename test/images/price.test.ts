import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  chargeMicroUsd,
  dimensions,
  outputTokens,
  priceCredits,
  tokensMicroUsd,
  upperBoundMicroUsd,
} from '../../src/images/price.ts';
import { modelOf, rateCardAt } from '../../src/images/rate-card.ts';
import type { ModelRate } from '../../src/images/rates/card.ts';

const SEED = 20261115;
const card = rateCardAt(Date.UTC(2026, 10, 15));
const model = (id: string) => modelOf(card, id)!;
describe('the formula of output tokens', () => {
  test.each([
    ['gpt-image-2', 'high', '1024x1024', 7024],
    ['gpt-image-2', 'high', '1536x1024', 5488],
    ['gpt-image-2', 'high', '1024x1536', 5488],
    ['gpt-image-2', 'high', '1792x1024', 5063],
    ['gpt-image-2', 'high', '3584x2048', 12_329],
    ['gpt-image-2', 'medium', '1024x1024', 1756],
    ['gpt-image-2', 'low', '1024x1024', 196],
    ['gpt-image-2.5-flare', 'low', '1024x1024', 196],
    ['gpt-image-2.5-flare', 'medium', '1024x1024', 439],
    ['gpt-image-2.5-flare', 'high', '1024x1024', 1756],
    ['gpt-image-2.5-flare', 'xhigh', '1024x1024', 3122],
    ['gpt-image-2.5-sunburst', 'max', '1024x1024', 7024],
  ])('gives the published count for %s %s %s: %i', (id, quality, size, tokens) => {
    const { pricing } = model(id);
    expect(outputTokens(pricing.kind === 'tokens' ? pricing.outputTokens[quality]!.factor : 0, size)).toBe(tokens);
  });

  test('prices the worst legal image at 71 cents', () => {
    expect(Math.round(outputTokens(96, '2880x2880') * 30)).toBe(711_570);
  });

  test.each(['1024', '1024x', '1024 x 1024', '0x1024', '-16x16', '1024x1024x1', 'auto'])(
    'does not read %s as a size',
    (size) => {
      expect(() => dimensions(size)).toThrow('is not <width>x<height>');
    },
  );
});

describe('the upper bound', () => {
  const bound = (id: string, quality: string, changes = {}) =>
    upperBoundMicroUsd(card, { model: id, size: '1024x1024', quality, promptBytes: 100, ...changes });

  test('is output tokens at $30 and prompt bytes at $5 per million', () => {
    expect(bound('gpt-image-2', 'high')).toBe(7024 * 30 + (100 + 64) * 5);
  });

  test('is ten per cent higher for 2.6, on three to four times the tokens of 2.5', () => {
    const text = 164 * 5;
    expect(bound('gpt-image-2.6-flare', 'low')).toBe(Math.ceil(781 * 1.1) * 30 + text);
    for (const quality of ['low', 'medium']) {
      const tokens = bound('gpt-image-2.6-flare', quality) - text;
      expect(tokens).toBeGreaterThanOrEqual(4 * 0.99 * 1.1 * (bound('gpt-image-2.5-flare', quality) - text));
    }
  });

  test('of a sketch is its notional price: four credits of a cent', () => {
    const credits = (quality: string, size = '1024x1024') =>
      priceCredits(bound('sketch', quality, { size }), { markupBasisPoints: 10_000, creditValueMicroUsd: 10_000 });
    expect(['draft', 'standard', 'fine'].map((quality) => credits(quality))).toEqual([2, 4, 8]);
    expect(credits('standard', '1536x1024')).toBe(6);
  });

  test.each([{ model: 'dall-e-3' }, { size: 'auto' }, { quality: 'auto' }, { promptBytes: -1 }, { promptBytes: 0.5 }])(
    'is not given for %j: that is a bug, not a choice',
    (changes) => {
      expect(() => bound('gpt-image-2', 'high', changes)).toThrow();
    },
  );
});

describe('partial images', () => {
  test('raise the bound by their tokens', () => {
    const plain = model('gpt-image-2');
    if (plain.pricing.kind !== 'tokens') throw new Error('paid by the token');
    const previewed: ModelRate = { ...plain, pricing: { ...plain.pricing, partialImages: 2 } };
    const image = { model: 'gpt-image-2', size: '1024x1024', quality: 'low', promptBytes: 0 };
    const extra = upperBoundMicroUsd({ models: [previewed] }, image) - upperBoundMicroUsd(card, image);
    expect(extra).toBe(2 * 100 * 30);
  });
});

describe('the price in credits', () => {
  test.each([
    [210_720, 10_000, 10_000, 22],
    [210_720, 15_000, 10_000, 32],
    [10_000, 10_000, 10_000, 1],
    [10_001, 10_000, 10_000, 2],
    [1, 10_000, 1_000_000, 1],
    [0, 10_000, 10_000, 1],
    [711_570, 30_000, 1, 2_134_710],
  ])('of %i micro-USD at %i basis points and %i micro-USD a credit is %i', (bound, markup, credit, credits) => {
    expect(priceCredits(bound, { markupBasisPoints: markup, creditValueMicroUsd: credit })).toBe(credits);
  });

  test(`is the least whole number that covers the bound (seed ${SEED})`, () => {
    fc.assert(
      fc.property(
        fc.nat(10_000_000),
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 1, max: 1_000_000 }),
        (bound, markup, credit) => {
          const price = BigInt(priceCredits(bound, { markupBasisPoints: markup, creditValueMicroUsd: credit }));
          const due = BigInt(bound) * BigInt(markup);
          const one = BigInt(credit) * 10_000n;
          expect(price * one >= due).toBe(true);
          expect(price === 1n || (price - 1n) * one < due).toBe(true);
        },
      ),
      { seed: SEED },
    );
  });

  test('is exact where floating point is not', () => {
    expect(priceCredits(90_071_992_547, { markupBasisPoints: 100_003, creditValueMicroUsd: 1 })).toBe(900_746_947_068);
  });
});

describe('what an image is charged on', () => {
  test('is its cost, never above the bound', () => {
    const charge = (costMicroUsd: number) => chargeMicroUsd(model('gpt-image-2'), { boundMicroUsd: 500, costMicroUsd });
    expect([charge(300), charge(500), charge(900)]).toEqual([300, 500, 500]);
  });

  test('is the whole price of a sketch', () => {
    expect(chargeMicroUsd(model('sketch'), { boundMicroUsd: 500, costMicroUsd: 0 })).toBe(500);
  });

  test('rounds up to a whole micro-USD', () => {
    const usage = { textTokensIn: 1, cachedTextTokensIn: 1, imageTokensIn: 0, imageTokensOut: 0 };
    const { pricing } = model('gpt-image-2');
    expect(pricing.kind === 'tokens' && tokensMicroUsd(pricing, usage)).toBe(2);
  });
});
