import { z } from 'zod';
import type { ImageDone, ImageOutcome, ImageRequest } from '../image-maker.ts';
import { costMicroUsd, type TokenUsage, upperBoundMicroUsd } from '../price.ts';
import type { ModelRate } from '../rates/card.ts';

/** More tokens than any image or prompt can take: a number above it is a mistake, not a usage. */
const TOKENS_MAX = 1_000_000_000;
const tokens = z.int().min(0).max(TOKENS_MAX);

const Usage = z.object({
  input_tokens: tokens,
  output_tokens: tokens,
  input_tokens_details: z
    .object({
      image_tokens: tokens.optional().catch(undefined),
      cached_tokens: tokens.optional().catch(undefined),
    })
    .nullish()
    .catch(null),
});

const Completed = z.object({ b64_json: z.string(), usage: Usage.nullish().catch(null) });

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** The finished image, or `unknown`: what came may have been billed, but there is no picture to show for it. */
export function outcomeOfAnswer(event: unknown, model: ModelRate, request: ImageRequest): ImageOutcome {
  const parsed = Completed.safeParse(event);
  if (!parsed.success) return { kind: 'unknown', detail: 'openai answered without an image' };

  const { b64_json, usage } = parsed.data;
  if (b64_json.length % 4 !== 0 || !BASE64.test(b64_json)) {
    return { kind: 'unknown', detail: 'openai answered with broken base64' };
  }
  const bytes = Buffer.from(b64_json, 'base64');
  const contentType = contentTypeOf(bytes);
  if (contentType === null) return { kind: 'unknown', detail: 'openai answered with something that is no image' };

  return { kind: 'done', bytes, contentType, costMicroUsd: usage ? costOf(model, usage) : boundOf(model, request) };
}

/** All output counts as image tokens; all input that is not said to be an image counts as text: we send no pictures. */
function costOf(
  model: ModelRate,
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
  return costMicroUsd(model, usage);
}

/** An image that came without a readable usage has still been billed: the books take the most it can have cost. */
function boundOf(model: ModelRate, { size, quality, prompt }: ImageRequest): number {
  const promptBytes = Buffer.byteLength(prompt);
  return upperBoundMicroUsd({ models: [model] }, { model: model.id, size, quality, promptBytes });
}

function contentTypeOf(bytes: Buffer): ImageDone['contentType'] | null {
  const starts = (hex: string, at = 0) => bytes.subarray(at, at + hex.length / 2).toString('hex') === hex;
  if (starts('89504e470d0a1a0a')) return 'image/png';
  if (starts('ffd8ff')) return 'image/jpeg';
  return null;
}
