import type { AvailableModels, Quote } from '../../app/images/available-models.ts';
import type { OfferRefusal } from '../../images/rate-card.ts';
import type { Draft } from './parse-command.ts';

/** What a form can show: a choice that is offered, with its price, and sentences about what was not to be had. */
export type Offered = {
  draft: Draft;
  quote: Quote & { ok: true };
  dropped: readonly string[];
  imagesMax: number;
  /** Of the model’s own, those of which the rules allow at least one image, beside what else is chosen. */
  sizes: readonly string[];
  qualities: readonly string[];
  /** What one image costs with another choice of one kind, the others as chosen. */
  prices: ChoicePrices;
};

/** By the option's value. What cannot be had together with the other choices has no price. */
export type ChoicePrices = Readonly<Record<'models' | 'sizes' | 'qualities', ReadonlyMap<string, number>>>;

/** Model, size and quality may each be dropped once. */
const TRIES_MAX = 4;

/** The draft with the card's own choice where it asks for what is not offered; null where nothing is. */
export function offeredFor(menu: AvailableModels, draft: Draft): Offered | null {
  const dropped: string[] = [];
  let options = draft.options;
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const quote = menu.quote({ options, imagesCount: 1, prompt: draft.prompt });
    if (quote.ok) return affordable(menu, draft, { quote, dropped });
    const { refusal } = quote;
    if (refusal.reason === 'no_models') return null;
    dropped.push(notOffered(refusal));
    options = without(options, refusal);
  }
  return null;
}

/** What the rules allow to be paid for one request: a quality and a size of which one image fits, and so many of it. */
function affordable(
  menu: AvailableModels,
  draft: Draft,
  { quote, dropped }: { quote: Quote & { ok: true }; dropped: string[] },
): Offered {
  const most = menu.priceMaxCredits ?? Number.POSITIVE_INFINITY;
  const { model, size } = quote;
  const priced = (options: Draft['options'], imagesCount = 1) =>
    menu.quote({ options: { model: model.id, ...options }, imagesCount, prompt: draft.prompt });
  const fits = (options: Draft['options']) => {
    const one = priced(options);
    return one.ok && one.eachCredits <= most;
  };
  const fitting = model.qualities.filter((quality) => fits({ size, quality }));
  const quality = fitting.includes(quote.quality) ? quote.quality : (fitting.at(-1) ?? quote.quality);
  if (quality !== quote.quality)
    dropped.push(`The quality “${quote.quality}” costs more than is allowed here, so another is selected.`);
  const sizes = model.sizes.filter((each) => each === size || fits({ size: each, quality }));
  const one = priced({ size, quality });
  const eachCredits = one.ok ? one.eachCredits : quote.eachCredits;
  const imagesMax = Math.max(1, Math.min(menu.imagesMax, Math.floor(most / Math.max(1, eachCredits))));
  const imagesCount = Math.min(draft.imagesCount, imagesMax);
  if (imagesCount < draft.imagesCount) {
    dropped.push(`You can make ${imagesMax === 1 ? '1 image' : `up to ${imagesMax} images`} at once here.`);
  }
  const all = priced({ size, quality }, imagesCount);
  return {
    draft: { ...draft, options: { model: model.id, size, quality }, imagesCount },
    quote: all.ok ? all : quote,
    dropped,
    imagesMax,
    sizes,
    qualities: fitting.length > 0 ? fitting : [quality],
    prices: pricesFor(menu, draft.prompt, { model: model.id, size, quality }, quote),
  };
}

/** Another model has sizes and qualities of its own: its price is that of its usual ones. */
function pricesFor(
  menu: AvailableModels,
  prompt: string,
  chosen: Required<Draft['options']>,
  { model }: Quote & { ok: true },
): ChoicePrices {
  const priced = (values: readonly string[], optionsWith: (value: string) => Draft['options']) =>
    new Map(
      values.flatMap((value): [string, number][] => {
        const quote = menu.quote({ options: optionsWith(value), imagesCount: 1, prompt });
        return quote.ok ? [[value, quote.eachCredits]] : [];
      }),
    );
  return {
    models: priced(
      menu.models.map(({ id }) => id),
      (value) => (value === chosen.model ? chosen : { model: value }),
    ),
    sizes: priced(model.sizes, (size) => ({ ...chosen, size })),
    qualities: priced(model.qualities, (quality) => ({ ...chosen, quality })),
  };
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
