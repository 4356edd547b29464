import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dimensions, outputTokens, tokensMicroUsd, upperBoundMicroUsd } from '../../src/images/price.ts';
import { modelOf, rateCardAt } from '../../src/images/rate-card.ts';
import type { ModelRate } from '../../src/images/rates/card.ts';

const SEED = 20261115;
const card = rateCardAt(Date.UTC(2026, 10, 15));
const model = (id: string) => modelOf(card, id)!;
const paid = card.models.filter(({ pricing }) => pricing.kind === 'tokens');

const anyModel = fc.constantFrom(...card.models);
const anyImage = anyModel.chain(({ id, sizes, qualities }) =>
  fc.record({
    model: fc.constant(id),
    size: fc.constantFrom(...sizes),
    quality: fc.constantFrom(...qualities),
    promptBytes: fc.nat(128_000),
  }),
);

describe('the upper bound', () => {
  test(`is a positive integer and grows with the prompt (seed ${SEED})`, () => {
    fc.assert(
      fc.property(anyImage, fc.nat(1000), (image, more) => {
        const bound = upperBoundMicroUsd(card, image);
        expect(Number.isSafeInteger(bound) && bound > 0).toBe(true);
        expect(upperBoundMicroUsd(card, { ...image, promptBytes: image.promptBytes + more })).toBeGreaterThanOrEqual(
          bound,
        );
      }),
      { seed: SEED },
    );
  });

  test(`grows with the quality, and with the pixels of one shape (seed ${SEED})`, () => {
    fc.assert(
      fc.property(anyImage, (image) => {
        const { qualities, sizes } = model(image.model);
        const bounds = qualities.map((quality) => upperBoundMicroUsd(card, { ...image, quality }));
        expect(bounds).toEqual(bounds.toSorted((a, b) => a - b));

        const ratio = (size: string) => dimensions(size).width / dimensions(size).height;
        const alike = sizes.filter((size) => ratio(size) === ratio(image.size));
        const byPixels = alike.toSorted((a, b) => dimensions(a).width - dimensions(b).width);
        const grown = byPixels.map((size) => upperBoundMicroUsd(card, { ...image, size }));
        expect(grown).toEqual(grown.toSorted((a, b) => a - b));
      }),
      { seed: SEED },
    );
  });

  test(`covers every legal usage (seed ${SEED})`, () => {
    const anyUse = fc.constantFrom(...paid).chain((rate: ModelRate) =>
      fc.record({
        rate: fc.constant(rate),
        size: fc.constantFrom(...rate.sizes),
        quality: fc.constantFrom(...rate.qualities),
        prompt: fc.string({ unit: 'grapheme', maxLength: 300 }),
        used: fc.record({ output: fc.nat(10_000), text: fc.nat(10_000), cached: fc.nat(10_000) }),
      }),
    );
    fc.assert(
      fc.property(anyUse, ({ rate, size, quality, prompt, used }) => {
        if (rate.pricing.kind !== 'tokens') return;
        const promptBytes = Buffer.byteLength(prompt);
        const { factor, marginBasisPoints } = rate.pricing.outputTokens[quality]!;
        const share = (of: number, ten_thousandths: number) => Math.floor((of * ten_thousandths) / 10_000);
        const outputMax = share(outputTokens(factor, size), 10_000 + marginBasisPoints);
        const textTokensIn = share(promptBytes + rate.pricing.promptOverheadTokens, used.text);
        const cost = tokensMicroUsd(rate.pricing, {
          textTokensIn,
          cachedTextTokensIn: share(textTokensIn, used.cached),
          imageTokensIn: 0,
          imageTokensOut: share(outputMax, used.output),
        });
        expect(cost).toBeLessThanOrEqual(upperBoundMicroUsd(card, { model: rate.id, size, quality, promptBytes }));
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
});
