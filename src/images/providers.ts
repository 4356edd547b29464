/** What is true of a provider, whichever of its models is used. */
type ProviderFacts = {
  /** As a sentence names it. */
  displayName: string;
  /** Draws within this process: an image in progress ends with it, unpaid, and may be drawn again. */
  stopsWithProcess: boolean;
  /** The agency pays nothing for its images. */
  isFree: boolean;
  /** What its operator sets, as a sentence names it. */
  key: string;
  address: string;
};

/** `sketch`, `openai`, or the name of an endpoint on a rate card. Stored with jobs and troubles. */
export type ProviderName = string;

/** Those that need no entry on a rate card. */
export const PROVIDERS: Readonly<Record<ProviderName, ProviderFacts>> = {
  openai: {
    displayName: 'the image service',
    stopsWithProcess: false,
    isFree: false,
    key: 'OPENAI_API_KEY',
    address: 'OPENAI_BASE_URL',
  },
  sketch: {
    displayName: 'the sample drawer',
    stopsWithProcess: true,
    isFree: true,
    key: 'its key',
    address: 'its address',
  },
};

/** A Map, because an endpoint may be called `constructor`. */
const known: ReadonlyMap<ProviderName, ProviderFacts> = new Map(Object.entries(PROVIDERS));

/** An endpoint has the name that its rate card gives it. */
export const providerFacts = (name: ProviderName): ProviderFacts =>
  known.get(name) ?? {
    displayName: `the image service ${name}`,
    stopsWithProcess: false,
    isFree: false,
    key: `the variable that the rate card names for ${name}`,
    address: `the address of ${name} on the rate card`,
  };
