import type { ImageProvider } from './image-provider.ts';
import { PROVIDER_NAMES, type ProviderName } from './providers.ts';
import type { ModelRate } from './rates/card.ts';

export type Providers = {
  /** Takes a request to the provider of its model. */
  images: ImageProvider;
  /** The providers with models that can be offered. */
  names: ReadonlySet<ProviderName>;
};

/** Joins the providers that are configured: a request goes to the one of its model. `lookup`: the rate card's. */
export function createProviders(
  configured: Readonly<Record<ProviderName, ImageProvider | null>>,
  lookup: (modelId: string) => ModelRate | null,
): Providers {
  return {
    names: new Set(PROVIDER_NAMES.filter((name) => configured[name] !== null)),
    images: {
      async make(request, options) {
        const model = lookup(request.model);
        const provider = model && configured[model.provider];
        if (!provider) return { kind: 'rejected', detail: 'no provider is configured for this model' };
        return await provider.make(request, options);
      },
    },
  };
}
