import assert from 'node:assert/strict';
import type { FixedPricing, ImagePricing, ModelRate, RateCard, TokenPricing } from './rates/card.ts';

/** What a provider says an image took. Cached tokens are part of the text tokens. */
export type TokenUsage = {
  textTokensIn: number;
  cachedTextTokensIn: number;
  imageTokensIn: number;
  imageTokensOut: number;
};

const MILLION = 1_000_000n;
const WHOLE_BASIS_POINTS = 10_000n;

/**
 * The most one image can cost the agency, in micro-USD. Text is bounded by its UTF-8 bytes, because a token is never
 * shorter than a byte. Size and quality have to be the card's own: `offer` sees to that.
 */
export function upperBoundMicroUsd(
  { models }: Pick<RateCard, 'models'>,
  image: { model: string; size: string; quality: string; promptBytes: number },
): number {
  const model = models.find(({ id }) => id === image.model);
  assert(model, `the rate card has no model ${image.model}`);
  assert(Number.isSafeInteger(image.promptBytes) && image.promptBytes >= 0, 'promptBytes is a count');
  const { pricing } = model;
  switch (pricing.kind) {
    case 'fixed':
    case 'image':
      return fixedMicroUsd(pricing, image);
    case 'free':
      return 0;
    case 'tokens':
      return tokensMicroUsd(pricing, {
        textTokensIn: image.promptBytes + pricing.promptOverheadTokens,
        cachedTextTokensIn: 0,
        imageTokensIn: 0,
        imageTokensOut: outputTokensMax(pricing, image) + pricing.partialImages * pricing.partialImageTokens,
      });
  }
}

/** The price of a bound: rounded up, and at least one credit. A markup of 10000 basis points sells at cost. */
export function priceCredits(
  boundMicroUsd: number,
  { markupBasisPoints, creditValueMicroUsd }: { markupBasisPoints: number; creditValueMicroUsd: number },
): number {
  assert(creditValueMicroUsd > 0 && markupBasisPoints >= 0 && boundMicroUsd >= 0, 'prices are not negative');
  const credits = ceilDiv(
    BigInt(boundMicroUsd) * BigInt(markupBasisPoints),
    BigInt(creditValueMicroUsd) * WHOLE_BASIS_POINTS,
  );
  return toSafe(credits < 1n ? 1n : credits);
}

/** What is held for an image, and shown before it is asked for: the price of its bound. A free one holds nothing. */
export const holdCredits = (
  rate: Pick<ModelRate, 'pricing'>,
  boundMicroUsd: number,
  prices: { markupBasisPoints: number; creditValueMicroUsd: number },
): number => (rate.pricing.kind === 'free' ? 0 : priceCredits(boundMicroUsd, prices));

/** What the agency pays for an image that took these tokens, in micro-USD, rounded up. */
export function tokensMicroUsd(pricing: TokenPricing, usage: TokenUsage): number {
  const { textTokensIn, cachedTextTokensIn, imageTokensIn, imageTokensOut } = usage;
  assert(cachedTextTokensIn <= textTokensIn, 'cached tokens are part of the text tokens');
  const perMillion =
    BigInt(textTokensIn - cachedTextTokensIn) * BigInt(pricing.textInPerMillion) +
    BigInt(cachedTextTokensIn) * BigInt(pricing.cachedTextInPerMillion) +
    BigInt(imageTokensIn) * BigInt(pricing.imageInPerMillion) +
    BigInt(imageTokensOut) * BigInt(pricing.imageOutPerMillion);
  return toSafe(ceilDiv(perMillion, MILLION));
}

/** What a finished image is charged: by its rate, at the prices that it was asked for at. */
export function chargeCredits(
  rate: Pick<ModelRate, 'pricing'>,
  image: { boundMicroUsd: number; costMicroUsd: number },
  prices: { markupBasisPoints: number; creditValueMicroUsd: number },
): number {
  return rate.pricing.kind === 'free' ? 0 : priceCredits(chargeMicroUsd(rate, image), prices);
}

/**
 * What a finished image is charged on: a fixed price stands whatever the image cost; otherwise the cost counts, and
 * never more than the bound that was held for it.
 */
export function chargeMicroUsd(
  { pricing }: Pick<ModelRate, 'pricing'>,
  image: { boundMicroUsd: number; costMicroUsd: number },
): number {
  return pricing.kind === 'fixed' ? image.boundMicroUsd : Math.min(image.boundMicroUsd, image.costMicroUsd);
}

/**
 * OpenAI's published formula, in integers; every intermediate value stays below 2^53. A wide image of more pixels can
 * take fewer tokens than a square one.
 */
export function outputTokens(factor: number, size: string): number {
  const { width, height } = dimensions(size);
  const long = Math.max(width, height);
  const short = Math.min(width, height);
  const scaled = Math.floor((2 * factor * short + long) / (2 * long));
  return Math.floor((factor * scaled * (2_000_000 + width * height) + 3_999_999) / 4_000_000);
}

export function dimensions(size: string): { width: number; height: number } {
  const match = /^([1-9]\d{1,4})x([1-9]\d{1,4})$/.exec(size);
  assert(match, `"${size}" is not <width>x<height>`);
  return { width: Number(match[1]), height: Number(match[2]) };
}

function outputTokensMax(pricing: TokenPricing, { size, quality }: { size: string; quality: string }): number {
  const rate = pricing.outputTokens[quality];
  assert(rate, `the rate card has no quality ${quality}`);
  const tokens = BigInt(outputTokens(rate.factor, size));
  return toSafe(ceilDiv(tokens * (WHOLE_BASIS_POINTS + BigInt(rate.marginBasisPoints)), WHOLE_BASIS_POINTS));
}

function fixedMicroUsd(
  pricing: FixedPricing | ImagePricing,
  { size, quality }: { size: string; quality: string },
): number {
  const price = pricing.microUsd[quality]?.[size];
  assert(price !== undefined, `the rate card has no price for ${quality} ${size}`);
  return price;
}

function ceilDiv(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor;
}

function toSafe(value: bigint): number {
  assert(value <= BigInt(Number.MAX_SAFE_INTEGER), 'the amount is beyond exact numbers');
  return Number(value);
}
