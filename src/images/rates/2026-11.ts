import type { Capabilities, ModelRate, QualityTokens, RateCard, TokenPricing } from './card.ts';

/** OpenAI's price list and output-token table as of November 2026. */

const OPENAI_SIZES = [
  '1024x1024',
  '1536x1024',
  '1024x1536',
  '1536x864',
  '864x1536',
  '2048x2048',
  '2560x1440',
  '1440x2560',
];

const OPENAI_CAPABILITIES: Capabilities = {
  takesSize: true,
  takesQuality: true,
  takesSafetyId: true,
  promptMaxCharacters: 32_000,
};

const published = (factor: number): QualityTokens => ({ factor, marginBasisPoints: 0 });

/**
 * No table is published for 2.6. Measured: low and medium take three to four times the tokens of 2.5, which the factors
 * 32 and 48 give, and the rest as much as 2.5; ten per cent on top, on every quality, so that a bound stays a bound.
 */
const measured = (factor: number): QualityTokens => ({ factor, marginBasisPoints: 1000 });

const tokens = (outputTokens: TokenPricing['outputTokens']): TokenPricing => ({
  kind: 'tokens',
  outputTokens,
  textInPerMillion: 5_000_000,
  cachedTextInPerMillion: 1_250_000,
  imageInPerMillion: 8_000_000,
  imageOutPerMillion: 30_000_000,
  promptOverheadTokens: 64,
  partialImages: 0,
  partialImageTokens: 100,
});

const TOKENS_2 = tokens({ low: published(16), medium: published(48), high: published(96) });
const TOKENS_2_5 = tokens({
  low: published(16),
  medium: published(24),
  high: published(48),
  xhigh: published(64),
  max: published(96),
});
const TOKENS_2_6 = tokens({
  low: measured(32),
  medium: measured(48),
  high: measured(48),
  xhigh: measured(64),
  max: measured(96),
});

type OpenAiModel = Pick<ModelRate, 'id' | 'label' | 'estimatedMs' | 'deadlineMs'> & { pricing: TokenPricing };

const openAi = (model: OpenAiModel): ModelRate => ({
  ...model,
  provider: 'openai',
  sizes: OPENAI_SIZES,
  defaultSize: '1024x1024',
  qualities: Object.keys(model.pricing.outputTokens),
  defaultQuality: 'medium',
  capabilities: OPENAI_CAPABILITIES,
  shutdownAt: null,
});

const FLARE = { estimatedMs: 15_000, deadlineMs: 300_000 };
const SUNBURST = { estimatedMs: 40_000, deadlineMs: 600_000 };

/** Drawn here, free for the agency. Its price lets limits be tried: four credits of a cent for a standard square. */
const sketch: ModelRate = {
  id: 'sketch',
  label: 'Sketch (sample, drawn locally)',
  provider: 'sketch',
  sizes: ['1024x1024', '1536x1024', '1024x1536'],
  defaultSize: '1024x1024',
  qualities: ['draft', 'standard', 'fine'],
  defaultQuality: 'standard',
  pricing: {
    kind: 'fixed',
    microUsd: {
      draft: { '1024x1024': 20_000, '1536x1024': 30_000, '1024x1536': 30_000 },
      standard: { '1024x1024': 40_000, '1536x1024': 60_000, '1024x1536': 60_000 },
      fine: { '1024x1024': 80_000, '1536x1024': 120_000, '1024x1536': 120_000 },
    },
  },
  capabilities: { takesSize: true, takesQuality: true, takesSafetyId: false, promptMaxCharacters: 32_000 },
  estimatedMs: 1_000,
  deadlineMs: 30_000,
  shutdownAt: null,
};

/** 2.5 comes first: at low and medium it takes a quarter of the tokens of 2.6, and the default should be thrifty. */
export const november2026: RateCard = {
  rateCardId: '2026-11',
  validFromAt: Date.UTC(2026, 10, 1),
  models: [
    openAi({ id: 'gpt-image-2.5-flare', label: 'GPT Image 2.5 Flare (fast)', pricing: TOKENS_2_5, ...FLARE }),
    openAi({
      id: 'gpt-image-2.5-sunburst',
      label: 'GPT Image 2.5 Sunburst (detailed)',
      pricing: TOKENS_2_5,
      ...SUNBURST,
    }),
    openAi({ id: 'gpt-image-2.6-flare', label: 'GPT Image 2.6 Flare (fast)', pricing: TOKENS_2_6, ...FLARE }),
    openAi({
      id: 'gpt-image-2.6-sunburst',
      label: 'GPT Image 2.6 Sunburst (detailed)',
      pricing: TOKENS_2_6,
      ...SUNBURST,
    }),
    openAi({ id: 'gpt-image-2', label: 'GPT Image 2', pricing: TOKENS_2, ...SUNBURST }),
    sketch,
  ],
};
