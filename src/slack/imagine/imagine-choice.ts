import type { AvailableModels, Quote } from '../../app/images/available-models.ts';
import type { OfferRefusal } from '../../images/rate-card.ts';
import type { Draft } from './parse-command.ts';

/** What a form can show: a choice that is offered, with its price, and sentences about what was not to be had. */
export type Offered = { draft: Draft; quote: Quote & { ok: true }; dropped: readonly string[]; imagesMax: number };

/** Model, size and quality may each be dropped once. */
const TRIES_MAX = 4;

/** The draft with the card's own choice where it asks for what is not offered; null where nothing is. */
export function offeredFor(menu: AvailableModels, draft: Draft): Offered | null {
  const dropped: string[] = [];
  let options = draft.options;
  const { imagesMax } = menu;
  const imagesCount = Math.min(draft.imagesCount, imagesMax);
  if (imagesCount < draft.imagesCount) {
    dropped.push(`You can make ${imagesMax === 1 ? '1 image' : `up to ${imagesMax} images`} at once here.`);
  }
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const quote = menu.quote({ options, imagesCount, prompt: draft.prompt });
    if (quote.ok) {
      const chosen = { model: quote.model.id, size: quote.size, quality: quote.quality };
      return { draft: { ...draft, options: chosen, imagesCount }, quote, dropped, imagesMax };
    }
    const { refusal } = quote;
    if (refusal.reason === 'no_models') return null;
    dropped.push(notOffered(refusal));
    options = without(options, refusal);
  }
  return null;
}

function without(
  options: Draft['options'],
  { reason }: Exclude<OfferRefusal, { reason: 'no_models' }>,
): Draft['options'] {
  const { model: _, ...noModel } = options;
  const { size: __, ...noSize } = options;
  const { quality: ___, ...noQuality } = options;
  switch (reason) {
    case 'unknown_model':
      return noModel;
    case 'unknown_size':
      return noSize;
    case 'unknown_quality':
      return noQuality;
  }
}

function notOffered(refusal: Exclude<OfferRefusal, { reason: 'no_models' }>): string {
  switch (refusal.reason) {
    case 'unknown_model':
      return `The model “${refusal.asked}” isn’t available, so another is selected.`;
    case 'unknown_size':
      return `This model doesn’t make the size ${refusal.asked}, so another is selected.`;
    case 'unknown_quality':
      return `This model doesn’t make the quality “${refusal.asked}”, so another is selected.`;
  }
}
