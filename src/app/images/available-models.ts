import { holdCredits, priceCredits, upperBoundMicroUsd } from '../../images/price.ts';
import { type ImageOptions, type OfferRefusal, offer, offeredModels } from '../../images/rate-card.ts';
import type { ModelRate } from '../../images/rates/card.ts';
import { IMAGES_MAX } from '../../ledger/decide/hold.ts';
import { rulesFor } from '../../ledger/decide/rules.ts';
import type { Pricing } from '../../ledger/policy.ts';
import type { Rule } from '../../ledger/rules.ts';
import type { State } from '../../ledger/state.ts';
import type { Stage } from '../../ledger/work.ts';
import type { AppContext } from '../context.ts';
import { type Foreseen, foresee } from './foresee.ts';

export type Quote =
  | {
      ok: true;
      model: ModelRate;
      size: string;
      quality: string;
      rateCardId: string;
      pricing: Pricing;
      /** The provider's most for one image, in micro-USD. */
      boundMicroUsd: number;
      eachCredits: number;
      totalCredits: number;
    }
  | { ok: false; refusal: OfferRefusal };

export type AvailableModels = {
  models: readonly ModelRate[];
  /** The most that one request may make. */
  imagesMax: number;
  /** The most credits of one request; null: anything. */
  priceMaxCredits?: number | null;
  quote(choice: { options: ImageOptions; imagesCount: number; prompt: string }): Quote;
  /** What would come of it, for the person who chooses, in their channel; null where neither is known. */
  foresee(quote: Quote & { ok: true }, asked: Wanted): Foreseen | null;
};

type Wanted = { threadId: string | null; projectId: string | null; imagesCount: number; stage: Stage };

const MARKUP_UNTIL_OPENED = { creditValueMicroUsd: 10_000, markupBasisPoints: 10_000 };

const pricingIn = ({ settings }: State): Pricing => {
  const { creditValueMicroUsd, markupBasisPoints } = settings ?? MARKUP_UNTIL_OPENED;
  return { creditValueMicroUsd, markupBasisPoints };
};

/** Who is to choose, and where. */
export type Chooser = { by: string; channelId: string | null };

/**
 * What may be chosen now, and what it would cost: the price that a hold would take, before anything is asked for. With
 * `chooser` only what the rules allow them there; the ledger decides all the same.
 */
export function availableModels(
  { book, providers, rateCard, clock }: AppContext,
  chooser: Chooser | null = null,
): AvailableModels {
  const card = rateCard();
  const state = book.now();
  const rules = chooser ? rulesAt(state, chooser, clock.now()) : [];
  const models = allowed(offeredModels(card, providers.names, clock.now()), rules);
  const pricing = pricingIn(state);
  return {
    models,
    priceMaxCredits: rules.reduce<number | null>(
      (least, { priceMaxCredits: each }) => (each === null ? least : Math.min(each, least ?? each)),
      null,
    ),
    imagesMax: Math.min(IMAGES_MAX, ...rules.map(({ imagesMax }) => imagesMax ?? IMAGES_MAX)),
    quote({ options, imagesCount, prompt }) {
      const offered = offer({ models }, options);
      if (!offered.ok) return offered;
      const { choice, model } = offered;
      const boundMicroUsd = upperBoundMicroUsd({ models }, { ...choice, promptBytes: Buffer.byteLength(prompt) });
      const eachCredits = holdCredits(model, boundMicroUsd, pricing);
      const totalCredits = eachCredits * imagesCount;
      const { size, quality } = choice;
      const of = { rateCardId: card.rateCardId, pricing, boundMicroUsd };
      return { ok: true, model, size, quality, ...of, eachCredits, totalCredits };
    },
    foresee({ model, size, quality, rateCardId, boundMicroUsd, eachCredits }, { threadId, stage, ...wanted }) {
      if (!chooser || chooser.channelId === null) return null;
      const { by, channelId } = chooser;
      const work = { model: model.id, size, quality, stage, rateCardId, boundMicroUsd };
      return foresee(state, { by, place: { channelId, threadId }, ...wanted, eachCredits, work }, clock.now());
    },
  };
}

export function rulesAt(state: State, { by, channelId }: Chooser, at: number): Rule[] {
  const clientId = channelId === null ? null : (state.channels.get(channelId) ?? null);
  return rulesFor(state, { memberId: by, clientId }, at);
}

/** Rules that leave no choice leave all of them: the refusal then names the rule. */
function allowed(models: readonly ModelRate[], rules: readonly Rule[]): readonly ModelRate[] {
  if (rules.length === 0) return models;
  const left = models.flatMap((model): ModelRate[] => {
    if (rules.some((rule) => rule.models?.includes(model.id) === false)) return [];
    const qualities = model.qualities.filter((quality) =>
      rules.every((rule) => rule.qualities?.includes(quality) !== false),
    );
    if (qualities.length === 0) return [];
    return [{ ...model, qualities, defaultQuality: nearest(qualities, model) }];
  });
  return left.length > 0 ? left : models;
}

/** Of what is left the nearest to what is usual; of two the cheaper, which comes first. */
function nearest(left: readonly string[], { qualities, defaultQuality }: ModelRate): string {
  const usual = qualities.indexOf(defaultQuality);
  const distance = (quality: string) => Math.abs(qualities.indexOf(quality) - usual);
  return left.reduce((best, each) => (distance(each) < distance(best) ? each : best));
}

/** What the cheapest image costs that is offered now and is no free sample; null where none is. */
export function cheapest(context: AppContext): number | null {
  const models = availableModels(context).models.filter(({ pricing }) => pricing.kind !== 'free');
  const bounds = models.flatMap(({ id: model, sizes, qualities }) =>
    sizes.flatMap((size) =>
      qualities.map((quality) => upperBoundMicroUsd({ models }, { model, size, quality, promptBytes: 0 })),
    ),
  );
  return bounds.length > 0 ? priceCredits(Math.min(...bounds), pricingIn(context.book.now())) : null;
}
