import {
  type ModelRate,
  type OfferRefusal,
  offer,
  offeredModels,
  priceCredits,
  upperBoundMicroUsd,
  type Wish,
} from '../images/rate-card.ts';
import type { World } from './world.ts';

export type Quote =
  | {
      ok: true;
      model: ModelRate;
      size: string;
      quality: string;
      rateCardId: string;
      /** The provider's most for one image, in micro-USD. */
      boundMicroUsd: number;
      eachCredits: number;
      totalCredits: number;
    }
  | { ok: false; refusal: OfferRefusal };

export type Menu = {
  models: readonly ModelRate[];
  quote(choice: { wish: Wish; imagesCount: number; prompt: string }): Quote;
};

const MARKUP_UNTIL_OPENED = { creditValueMicroUsd: 10_000, markupBasisPoints: 10_000 };

/** What may be chosen now, and what it would cost: the price that a hold would take, before anything is asked for. */
export function offerImages({ book, makers, rateCard, clock }: World): Menu {
  const card = rateCard();
  const models = offeredModels(card, makers.providers, clock.now());
  const pricing = book.now().settings ?? MARKUP_UNTIL_OPENED;
  return {
    models,
    quote({ wish, imagesCount, prompt }) {
      const offered = offer({ models }, wish);
      if (!offered.ok) return offered;
      const { choice, model } = offered;
      const boundMicroUsd = upperBoundMicroUsd({ models }, { ...choice, promptBytes: Buffer.byteLength(prompt) });
      const eachCredits = priceCredits(boundMicroUsd, pricing);
      const totalCredits = eachCredits * imagesCount;
      const { size, quality } = choice;
      return { ok: true, model, size, quality, rateCardId: card.rateCardId, boundMicroUsd, eachCredits, totalCredits };
    },
  };
}

/** What the cheapest image costs that is offered now; null where none is. */
export function cheapest(world: World): number | null {
  const { models, quote } = offerImages(world);
  const prices = models.flatMap(({ id: model, sizes, qualities }) =>
    sizes.flatMap((size) =>
      qualities.flatMap((quality) => {
        const quoted = quote({ wish: { model, size, quality }, imagesCount: 1, prompt: '' });
        return quoted.ok ? quoted.eachCredits : [];
      }),
    ),
  );
  return prices.length > 0 ? Math.min(...prices) : null;
}
