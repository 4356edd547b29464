import type { ImageProvider } from './image-provider.ts';
import type { ModelList } from './openai/list-models.ts';
import { withoutModels, withShutdowns } from './rate-card.ts';
import type { RateCard } from './rates/card.ts';

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
  /** Of the card in force. */
  modelIds: () => readonly string[];
  /** OpenAI's own list is whole; another server may list other names, or only some. */
  isOpenAi: boolean;
};

/** A key that is refused takes all models away, a model that is not found itself: for a day, or until it is listed again. */
export function createAvailability({ now, modelIds, isOpenAi }: Parts): Availability {
  let shutdowns: ReadonlyMap<string, number> = new Map();
  let unlisted: ReadonlySet<string> = new Set();
  let isKeyRefused = false;
  let lookedAt = Number.NEGATIVE_INFINITY;
  const notFoundAt = new Map<string, number>();

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
        if (trouble === 'model') notFoundAt.set(request.model, now());
        return outcome;
      },
    }),
    take(listed) {
      if (!listed.ok && listed.kind === 'failed') return;
      lookedAt = now();
      isKeyRefused = !listed.ok && listed.kind === 'refused';
      if (!listed.ok) return;
      shutdowns = new Map(
        listed.models.flatMap(({ id, shutdownAt }) => (shutdownAt === null ? [] : [[id, shutdownAt]])),
      );
      const ids = new Set(listed.models.map(({ id }) => id));
      const isWhole = isOpenAi || modelIds().some((id) => ids.has(id));
      unlisted = new Set(isWhole ? modelIds().filter((id) => !ids.has(id)) : []);
    },
    isLookDue: () => isKeyRefused || unavailable().size > 0 || now() - lookedAt >= DAY_MS,
  };
}
