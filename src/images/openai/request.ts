import type { ImageGenerateParams } from 'openai/resources/images';
import type { ImageRequest } from '../image-provider.ts';
import type { ModelRate } from '../rates/card.ts';
import { OPTIONAL, type Optional } from './optional-parameters.ts';

export type Body = { ok: true; body: ImageGenerateParams } | { ok: false; detail: string };

/** The request in the model's terms: what the card does not sell is not sent; size and quality are never left open. */
export function bodyOf(request: ImageRequest, without: ReadonlySet<Optional>): Body {
  const { rate: model } = request;
  const { capabilities } = model;
  if (!model.sizes.includes(request.size)) return { ok: false, detail: 'openai: not a size of the rate card' };
  if (!isQuality(model, request.quality)) return { ok: false, detail: 'openai: not a quality of the rate card' };
  if ([...request.prompt].length > capabilities.promptMaxCharacters) {
    return { ok: false, detail: 'openai: the prompt is too long' };
  }
  const body: ImageGenerateParams = {
    model: model.sentAs ?? model.id,
    prompt: request.prompt,
    n: 1,
    ...(capabilities.takesSize ? { size: request.size } : {}),
    ...(capabilities.takesQuality ? { quality: request.quality } : {}),
    ...(capabilities.takesSafetyId ? { safety_identifier: request.safetyId } : {}),
    output_format: 'png',
    // The answer's headers come at once and the image whenever it is ready, in one event and without paid previews:
    // proxies that give up on a request without an answer see one, and a refusal is not held back behind the work.
    stream: true,
    partial_images: 0,
  };
  for (const name of without) delete body[name];
  return { ok: true, body };
}

export const optionalIn = (body: ImageGenerateParams): Optional[] =>
  OPTIONAL.filter((name) => body[name] !== undefined);

type Quality = NonNullable<ImageGenerateParams['quality']>;

function isQuality(model: ModelRate, quality: string): quality is Quality {
  return model.qualities.includes(quality);
}
