import type { ImageMaker } from './image-provider.ts';
import type { ModelRate, Provider } from './rates/card.ts';

export type Makers = {
  maker: ImageMaker;
  /** Whose models can be offered. */
  providers: ReadonlySet<Provider>;
};

export type MakersOptions = Record<Provider, ImageMaker | null> & {
  /** The rate card's. */
  lookup: (modelId: string) => ModelRate | null;
};

/** One maker out of those that are configured: a request goes to the maker of its model. */
export function createMakers({ lookup, sketch, openai }: MakersOptions): Makers {
  const makers: Record<Provider, ImageMaker | null> = { sketch, openai };
  const providers = (Object.keys(makers) as Provider[]).filter((provider) => makers[provider] !== null);
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
