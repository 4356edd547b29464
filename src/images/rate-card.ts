import { type ProviderName, providerFacts } from './providers.ts';
import type { ModelRate, RateCard } from './rates/card.ts';
import { SHIPPED } from './rates/shipped.ts';

/** The options of a request; the rate card fills in the rest. */
export type ImageOptions = { model?: string | undefined; size?: string | undefined; quality?: string | undefined };

export type Choice = { model: string; size: string; quality: string };

export type Offer = { ok: true; choice: Choice; model: ModelRate } | { ok: false; refusal: OfferRefusal };

/** `possible` is never empty; `no_models` says that no provider is configured, or none of its models stays. */
export type OfferRefusal =
  | { reason: 'no_models' }
  | { reason: 'unknown_model'; asked: string; possible: readonly string[] }
  | { reason: 'unknown_size'; asked: string; model: string; possible: readonly string[] }
  | { reason: 'unknown_quality'; asked: string; model: string; possible: readonly string[] };

/** A model that goes within a month is no longer offered: people build campaigns on what they are offered. */
const GOING_SOON_MS = 30 * 24 * 60 * 60 * 1000;

/** The card in force at a time; before the first card, the first one, because there is nothing older to go by. */
export function rateCardAt(atMs: number, cards: readonly RateCard[] = SHIPPED): RateCard {
  const [oldest, ...later] = cards.toSorted((a, b) => a.validFromAt - b.validFromAt);
  if (oldest === undefined) throw new Error('There is no rate card');
  return later.findLast((card) => card.validFromAt <= atMs) ?? oldest;
}

/** The card that something was priced from. Cards are only ever added, so one that is missing is a bug. */
export function rateCardById(rateCardId: string, cards: readonly RateCard[] = SHIPPED): RateCard {
  const card = cards.find((candidate) => candidate.rateCardId === rateCardId);
  if (card === undefined) throw new Error(`There is no rate card ${rateCardId}`);
  return card;
}

/**
 * The cards of the product, with those of an agency's own: from the day on which its first one holds, its own are in force.
 * What was priced from a card finds it by its id.
 */
export function rateCards(own: readonly RateCard[]): { at(ms: number): RateCard; byId(rateCardId: string): RateCard } {
  const hasBegun = (ms: number) => own.some(({ validFromAt }) => validFromAt <= ms);
  return {
    at: (ms) => rateCardAt(ms, hasBegun(ms) ? own : SHIPPED),
    byId: (rateCardId) => rateCardById(rateCardId, [...SHIPPED, ...own]),
  };
}

/** The card of a real workspace: what costs the agency nothing costs its clients nothing. The playground’s lets limits be tried. */
export const withFreeSamples = (card: RateCard): RateCard => ({
  ...card,
  models: card.models.map((model) =>
    providerFacts(model.provider).isFree ? { ...model, pricing: { kind: 'free' } } : model,
  ),
});

/** The models people may choose from: those whose provider is configured, which our key can use, and which stay for a while. */
export function offeredModels(
  card: RateCard,
  providers: ReadonlySet<ProviderName>,
  nowMs: number,
): readonly ModelRate[] {
  return card.models.filter(
    (model) =>
      providers.has(model.provider) &&
      !model.isUnavailable &&
      (model.shutdownAt === null || model.shutdownAt - nowMs > GOING_SOON_MS),
  );
}

/** The card with the shutdown dates that providers have announced since it was written, by model id. */
export function withShutdowns(card: RateCard, shutdowns: ReadonlyMap<string, number>): RateCard {
  return {
    ...card,
    models: card.models.map((model) => ({ ...model, shutdownAt: shutdowns.get(model.id) ?? model.shutdownAt })),
  };
}

/** The card without what the key cannot use now: it is priced as before, and not offered. */
export const withoutModels = (card: RateCard, unavailable: ReadonlySet<string>): RateCard =>
  unavailable.size === 0
    ? card
    : {
        ...card,
        models: card.models.map((model) => (unavailable.has(model.id) ? { ...model, isUnavailable: true } : model)),
      };

export function modelOf(card: Pick<RateCard, 'models'>, id: string): ModelRate | null {
  return card.models.find((model) => model.id === id) ?? null;
}

/** The choice with its defaults filled in, out of the models given (those of a card, or those of `offeredModels`). */
export function offer({ models }: Pick<RateCard, 'models'>, options: ImageOptions): Offer {
  const [first] = models;
  if (first === undefined) return { ok: false, refusal: { reason: 'no_models' } };

  const ids = models.map(({ id }) => id);
  const id = pick(options.model, ids, first.id);
  const model = models.find((candidate) => candidate.id === id);
  if (model === undefined) return refuse({ reason: 'unknown_model', asked: options.model ?? '', possible: ids });

  const size = pick(options.size, model.sizes, model.defaultSize);
  if (size === null) {
    return refuse({ reason: 'unknown_size', asked: options.size ?? '', model: model.id, possible: model.sizes });
  }
  const quality = pick(options.quality, model.qualities, model.defaultQuality);
  if (quality === null) {
    return refuse({
      reason: 'unknown_quality',
      asked: options.quality ?? '',
      model: model.id,
      possible: model.qualities,
    });
  }
  return { ok: true, choice: { model: model.id, size, quality }, model };
}

function refuse(refusal: OfferRefusal): Offer {
  return { ok: false, refusal };
}

/** People write `1024×1024` and `High`. There is no `auto`: its cost varies thirty-fold. */
function pick(asked: string | undefined, possible: readonly string[], fallback: string): string | null {
  if (asked === undefined) return fallback;
  const plain = asked.trim().toLowerCase().replace('×', 'x');
  return possible.includes(plain) ? plain : null;
}
