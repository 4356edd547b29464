/** What is true of a provider, whichever of its models is used. */
type ProviderFacts = {
  /** As a sentence names it. */
  displayName: string;
  /** Draws within this process: an image in progress ends with it, unpaid, and may be drawn again. */
  stopsWithProcess: boolean;
};

/** The names are stored with jobs and troubles. */
export type ProviderName = 'sketch' | 'openai';

export const PROVIDERS: Readonly<Record<ProviderName, ProviderFacts>> = {
  openai: { displayName: 'the image service', stopsWithProcess: false },
  sketch: { displayName: 'the sample drawer', stopsWithProcess: true },
};

export const PROVIDER_NAMES = Object.keys(PROVIDERS) as readonly ProviderName[];
