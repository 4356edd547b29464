import { z } from 'zod';
import type { ImageDone, ImageRequest } from '../image-provider.ts';
import type { Picture } from '../picture/convert.ts';
import { type TokenUsage, tokensMicroUsd, upperBoundMicroUsd } from '../price.ts';
import type { TokenPricing } from '../rates/card.ts';

/** More tokens than any image or prompt can take: a number above it is a mistake, not a usage. */
const TOKENS_MAX = 1_000_000_000;
const tokens = z.int().min(0).max(TOKENS_MAX);

/** An image takes tokens: an output of none means that they were not counted. */
const Usage = z.object({
  input_tokens: tokens,
  output_tokens: tokens.min(1),
  input_tokens_details: z
    .object({
      image_tokens: tokens.optional().catch(undefined),
      cached_tokens: tokens.optional().catch(undefined),
    })
    .nullish()
    .catch(null),
});

type Made = { request: ImageRequest; usages: readonly unknown[] };

/** A finished picture, at its price; the others that came with it are kept too. */
export function doneWith([picture, ...more]: readonly [Picture, ...Picture[]], made: Made): ImageDone {
  const usage = made.usages.map((each) => Usage.safeParse(each).data).find((each) => each !== undefined);
  const { pricing } = made.request.rate;
  const costMicroUsd = usage && pricing.kind === 'tokens' ? costOf(pricing, usage) : boundOf(made.request);
  return { kind: 'done', ...picture, ...(more.length > 0 ? { more } : {}), costMicroUsd };
}

/** All output counts as image tokens; all input that is not said to be an image counts as text: we send no pictures. */
function costOf(
  pricing: TokenPricing,
  { input_tokens, output_tokens, input_tokens_details }: z.infer<typeof Usage>,
): number {
  const imageTokensIn = Math.min(input_tokens_details?.image_tokens ?? 0, input_tokens);
  const textTokensIn = input_tokens - imageTokensIn;
  const usage: TokenUsage = {
    textTokensIn,
    cachedTextTokensIn: Math.min(input_tokens_details?.cached_tokens ?? 0, textTokensIn),
    imageTokensIn,
    imageTokensOut: output_tokens,
  };
  return tokensMicroUsd(pricing, usage);
}

/** A price of its own; and an image that came without a readable usage has still been billed, so it is the most it can have cost. */
function boundOf({ rate, size, quality, prompt }: ImageRequest): number {
  const promptBytes = Buffer.byteLength(prompt);
  return upperBoundMicroUsd({ models: [rate] }, { model: rate.id, size, quality, promptBytes });
}
