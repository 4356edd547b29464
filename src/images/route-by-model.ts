import type { ImageProvider } from './image-provider.ts';
import { PROVIDER_NAMES, type ProviderName } from './providers.ts';
import type { ModelRate } from './rates/card.ts';

export type Providers = {
  maker: ImageProvider;
  /** The providers with models that can be offered. */
  providers: ReadonlySet<ProviderName>;
};

export type ProvidersOptions = Record<ProviderName, ImageProvider | null> & {
  /** The rate card's. */
  lookup: (modelId: string) => ModelRate | null;
};

/** One maker out of those that are configured: a request goes to the maker of its model. */
export function createProviders({ lookup, sketch, openai }: ProvidersOptions): Providers {
  const makers: Record<ProviderName, ImageProvider | null> = { sketch, openai };
  const providers = PROVIDER_NAMES.filter((provider) => makers[provider] !== null);
  return {
    providers: new Set(providers),
    maker: {
      async make(request, options) {
        const model = lookup(request.model);
        const maker = model && makers[model.provider];
        if (!maker) return { kind: 'rejected', detail: 'nobody is configured who makes this model' };
        return await maker.make(request, options);
      },
    },
  };
}
