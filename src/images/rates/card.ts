import type { ProviderName } from '../providers.ts';

/** The words of a rate card. Money is in integer micro-USD; a price per token is micro-USD per million tokens. */

/** What a file of rates holds. */
export type Rates = { cards: readonly RateCard[]; endpoints: readonly Endpoint[] };

/** A server that speaks OpenAI's images API. Its key is in a variable of the environment, and never in the file. */
export type Endpoint = { name: string; baseUrl: string; keyVariable: string | null };

/** Dated prices. Cards are only ever added: a hold names the card it was priced from. */
export type RateCard = {
  rateCardId: string;
  validFromAt: number;
  /** In the order people are offered them; the first that is offered is the default. */
  models: readonly ModelRate[];
};

export type ModelRate = {
  id: string;
  /** What people read. */
  label: string;
  provider: ProviderName;
  /** What the provider calls it, where that is not its id. */
  sentAs?: string;
  /** `<width>x<height>`; a short list, because each is a price that people have to understand. */
  sizes: readonly string[];
  defaultSize: string;
  /** Cheapest first. */
  qualities: readonly string[];
  defaultQuality: string;
  pricing: TokenPricing | FixedPricing | ImagePricing | FreePricing;
  capabilities: Capabilities;
  /** How long an image usually takes: what to tell the person who waits. */
  estimatedMs: number;
  /** After this the outcome counts as unknown. */
  deadlineMs: number;
  /** When the provider switches the model off; null while nothing is announced. */
  shutdownAt: number | null;
  /** The provider does not make it for our key; left out on a card, and where nothing else is known. */
  isUnavailable?: boolean;
};

/** Paid by the token, known only afterwards; the upper bound comes from the published formula. */
export type TokenPricing = {
  kind: 'tokens';
  outputTokens: Readonly<Record<string, QualityTokens>>;
  textInPerMillion: number;
  cachedTextInPerMillion: number;
  imageInPerMillion: number;
  imageOutPerMillion: number;
  /** Tokens the provider may wrap around a prompt. */
  promptOverheadTokens: number;
  /** Previews streamed before the image; each costs extra output tokens. */
  partialImages: number;
  partialImageTokens: number;
};

export type QualityTokens = {
  /** `q` of the output-token formula. */
  factor: number;
  /** Added on top where the formula rests on measurements instead of a publication; 1000 is ten per cent. */
  marginBasisPoints: number;
};

type ByQualityAndSize = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** A notional price: the image costs the agency nothing. */
export type FixedPricing = { kind: 'fixed'; microUsd: ByQualityAndSize };

/** What the provider takes for one image, whatever it says of tokens. */
export type ImagePricing = { kind: 'image'; microUsd: ByQualityAndSize };

/** A sample in a real workspace: it is held as the least there is, and nothing is charged. */
export type FreePricing = { kind: 'free' };

/** What the model's endpoint understands; what it does not is left out of the request. */
export type Capabilities = {
  takesSize: boolean;
  takesQuality: boolean;
  takesSafetyId: boolean;
  promptMaxCharacters: number;
};
