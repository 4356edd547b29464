import { z } from 'zod';
import type { ModelRate } from './card.ts';

/** A rate as a job keeps it. */
export type KeptRate = { readonly [field: string]: unknown };

/** What a job needs of the rate that it was priced from, whatever becomes of the card: that of its own size and quality. */
export function keptRate(rate: ModelRate, { size, quality }: { size: string; quality: string }): KeptRate {
  const { isUnavailable: _, ...lasting } = rate;
  return {
    ...lasting,
    sizes: [size],
    defaultSize: size,
    qualities: [quality],
    defaultQuality: quality,
    pricing: pricingOf(rate.pricing, { size, quality }),
  };
}

function pricingOf(
  pricing: ModelRate['pricing'],
  { size, quality }: { size: string; quality: string },
): ModelRate['pricing'] {
  switch (pricing.kind) {
    case 'tokens': {
      const tokens = pricing.outputTokens[quality];
      return { ...pricing, outputTokens: tokens ? { [quality]: tokens } : {} };
    }
    case 'free':
      return pricing;
    case 'fixed':
    case 'image': {
      const price = pricing.microUsd[quality]?.[size];
      return { ...pricing, microUsd: price === undefined ? {} : { [quality]: { [size]: price } } };
    }
  }
}

const text = z.string();
const count = z.int().nonnegative();
const tokens = z.object({
  kind: z.literal('tokens'),
  outputTokens: z.record(text, z.object({ factor: count, marginBasisPoints: count })),
  textInPerMillion: count,
  cachedTextInPerMillion: count,
  imageInPerMillion: count,
  imageOutPerMillion: count,
  promptOverheadTokens: count,
  partialImages: count,
  partialImageTokens: count,
});
const byQualityAndSize = z.record(text, z.record(text, count));
const rate = z.object({
  id: text,
  label: text,
  provider: text,
  sentAs: text.optional(),
  sizes: z.array(text),
  defaultSize: text,
  qualities: z.array(text),
  defaultQuality: text,
  pricing: z.discriminatedUnion('kind', [
    tokens,
    z.object({ kind: z.literal('fixed'), microUsd: byQualityAndSize }),
    z.object({ kind: z.literal('image'), microUsd: byQualityAndSize }),
    z.object({ kind: z.literal('free') }),
  ]),
  capabilities: z.object({
    takesSize: z.boolean(),
    takesQuality: z.boolean(),
    takesSafetyId: z.boolean(),
    promptMaxCharacters: count,
  }),
  estimatedMs: count,
  deadlineMs: count,
  shutdownAt: z.int().nullable(),
});

/** Throws where it is none: a bug of ours, or a damaged record. */
export function rateOf(kept: KeptRate): ModelRate {
  const { sentAs, ...parsed } = rate.parse(kept);
  return sentAs === undefined ? parsed : { ...parsed, sentAs };
}
