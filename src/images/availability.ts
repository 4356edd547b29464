import type { ImageProvider } from './image-provider.ts';
import type { ModelList } from './openai/list-models.ts';
import { withoutModels, withShutdowns } from './rate-card.ts';
import type { ModelRate, RateCard } from './rates/card.ts';

const DAY_MS = 24 * 60 * 60_000;

/** What a provider has said of its models and of our key since the card was written. */
export type Availability = {
  on(card: RateCard): RateCard;
  /** Listens to what the provider answers about single images. */
  heeding(provider: ImageProvider): ImageProvider;
  take(listed: ModelList): void;
  /** Daily; and sooner where something is not offered, which may have been mended. */
  isLookDue(): boolean;
};

type Parts = {
  now: () => number;
  /** The provider's, of the card in force. */
  models: () => readonly ModelRate[];
  /** OpenAI's own list is whole; another server may list other names, or only some. */
  isOpenAi: boolean;
};

/** A key that is refused takes all models away, a model that is not found itself: for a day, or until it is listed again. */
export function createAvailability({ now, models, isOpenAi }: Parts): Availability {
  let shutdowns: ReadonlyMap<string, number> = new Map();
  let unlisted: ReadonlySet<string> = new Set();
  let isKeyRefused = false;
  let lookedAt = Number.NEGATIVE_INFINITY;
  const notFoundAt = new Map<string, number>();
  const modelIds = () => models().map(({ id }) => id);

  const unavailable = (): ReadonlySet<string> => {
    if (isKeyRefused) return new Set(modelIds());
    const notFound = [...notFoundAt].filter(([, at]) => now() - at < DAY_MS).map(([id]) => id);
    return notFound.length === 0 ? unlisted : new Set([...unlisted, ...notFound]);
  };

  return {
    on: (card) => withoutModels(withShutdowns(card, shutdowns), unavailable()),
    heeding: (provider) => ({
      async make(request, options) {
        const outcome = await provider.make(request, options);
        const trouble = outcome.kind === 'rejected' ? outcome.trouble : undefined;
        if (trouble === 'key') isKeyRefused = true;
        if (trouble === 'model') notFoundAt.set(request.rate.id, now());
        return outcome;
      },
    }),
    take(listed) {
      if (!listed.ok && listed.kind === 'failed') return;
      lookedAt = now();
      isKeyRefused = !listed.ok && listed.kind === 'refused';
      if (!listed.ok) return;
      const known = new Map(listed.models.map(({ id, shutdownAt }) => [id, shutdownAt]));
      const ours = models().map(({ id, sentAs = id }) => ({ id, isListed: known.has(sentAs), at: known.get(sentAs) }));
      shutdowns = new Map(ours.flatMap(({ id, at }) => (at ? [[id, at]] : [])));
      const isWhole = isOpenAi || ours.some(({ isListed }) => isListed);
      unlisted = new Set(isWhole ? ours.flatMap(({ id, isListed }) => (isListed ? [] : [id])) : []);
    },
    isLookDue: () => isKeyRefused || unavailable().size > 0 || now() - lookedAt >= DAY_MS,
  };
}
