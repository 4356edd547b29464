import { providerFacts } from '../providers.ts';
import type { ModelRate, RateCard } from './card.ts';
import type { CardInFile, ModelInFile } from './file.ts';

/** Where a price has no qualities of its own. */
const ONLY_QUALITY = 'standard';

/** A card of a file in the product's own words. */
export const toCard = ({ id, valid_from, models }: CardInFile): RateCard => ({
  rateCardId: id,
  validFromAt: valid_from,
  models: models.map(toRate),
});

function toRate(model: ModelInFile): ModelRate {
  const [firstSize = ''] = model.sizes;
  const pricing = pricingOf(model);
  const qualities = Object.keys(pricing.kind === 'tokens' ? pricing.outputTokens : pricing.microUsd);
  return {
    id: model.id,
    label: model.label,
    provider: model.made_by,
    ...(model.sent_as === undefined ? {} : { sentAs: model.sent_as }),
    sizes: model.sizes,
    defaultSize: model.default_size ?? firstSize,
    qualities,
    defaultQuality: model.default_quality ?? qualities[0] ?? ONLY_QUALITY,
    pricing,
    capabilities: {
      takesSize: model.takes.includes('size'),
      takesQuality: model.takes.includes('quality'),
      takesSafetyId: model.takes.includes('safety_id'),
      promptMaxCharacters: model.prompt_max_characters,
    },
    estimatedMs: model.usually_takes_seconds * 1_000,
    deadlineMs: model.gives_up_after_seconds * 1_000,
    shutdownAt: model.shut_down_on ?? null,
  };
}

type FilePricing = Exclude<ModelRate['pricing'], { kind: 'free' }>;

function pricingOf({ tokens, usd_per_image: prices, sizes, made_by }: ModelInFile): FilePricing {
  if (tokens) return byTheToken(tokens);
  const byQuality = typeof prices === 'object' ? prices : { [ONLY_QUALITY]: prices ?? 0 };
  const microUsd = Object.fromEntries(
    Object.entries(byQuality).map(([quality, price]) => [
      quality,
      typeof price === 'object' ? price : Object.fromEntries(sizes.map((size) => [size, price])),
    ]),
  );
  return { kind: providerFacts(made_by).isFree ? 'fixed' : 'image', microUsd };
}

function byTheToken(tokens: NonNullable<ModelInFile['tokens']>): FilePricing {
  const { text_in, cached_text_in, image_in, image_out } = tokens.usd_per_million;
  return {
    kind: 'tokens',
    outputTokens: Object.fromEntries(
      Object.entries(tokens.qualities).map(([quality, { factor, margin_percent }]) => [
        quality,
        { factor, marginBasisPoints: margin_percent * 100 },
      ]),
    ),
    textInPerMillion: text_in,
    cachedTextInPerMillion: cached_text_in ?? text_in,
    imageInPerMillion: image_in,
    imageOutPerMillion: image_out,
    promptOverheadTokens: tokens.prompt_overhead_tokens,
    partialImages: 0,
    partialImageTokens: 100,
  };
}
