import type { ImageProvider } from './image-provider.ts';
import { PROVIDER_NAMES, type ProviderName } from './providers.ts';
import type { ModelRate } from './rates/card.ts';

export type Providers = {
  /** Takes a request to the provider of its model. */
  images: ImageProvider;
  /** The providers with models that can be offered. */
  names: ReadonlySet<ProviderName>;
};

export type ProvidersOptions = Record<ProviderName, ImageProvider | null> & {
  /** The rate card's. */
  lookup: (modelId: string) => ModelRate | null;
};

/** Joins the providers that are configured: a request goes to the one of its model. */
export function createProviders({ lookup, sketch, openai }: ProvidersOptions): Providers {
  const configured: Record<ProviderName, ImageProvider | null> = { sketch, openai };
  return {
    names: new Set(PROVIDER_NAMES.filter((name) => configured[name] !== null)),
    images: {
      async make(request, options) {
        const model = lookup(request.model);
        const provider = model && configured[model.provider];
        if (!provider) return { kind: 'rejected', detail: 'nobody is configured who makes this model' };
        return await provider.make(request, options);
      },
    },
  };
}
