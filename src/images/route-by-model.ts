import type { ImageProvider } from './image-provider.ts';
import type { ProviderName } from './providers.ts';

export type Providers = {
  /** Takes a request to the provider of its model. */
  images: ImageProvider;
  /** The providers with models that can be offered. */
  names: ReadonlySet<ProviderName>;
};

/** Joins the providers that are configured: a request goes to the one of its rate. */
export function createProviders(configured: ReadonlyMap<ProviderName, ImageProvider>): Providers {
  return {
    names: new Set(configured.keys()),
    images: {
      async make(request, options) {
        const provider = configured.get(request.rate.provider);
        if (!provider) return { kind: 'rejected', detail: 'no provider is configured for this model' };
        return await provider.make(request, options);
      },
    },
  };
}
