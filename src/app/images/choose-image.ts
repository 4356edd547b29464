import type { ImageOptions } from '../../images/rate-card.ts';
import type { ModelRate } from '../../images/rates/card.ts';
import type { AppContext } from '../context.ts';
import { availableModels, type Chooser, type Quote, rulesAt } from './available-models.ts';

/** `insteadOf`: what is usual and was not taken, because a rule does not allow it; null where nothing was changed. */
export type Chosen = (Quote & { ok: true; insteadOf: string | null }) | (Quote & { ok: false });

type Asked = { wish: ImageOptions; imagesCount: number; prompt: string };

/**
 * What a request takes. What was said stays as it was said: where a rule does not allow it, the ledger refuses, and names the
 * rule. What was left out is the usual where that is allowed; else the first model that is, and of its qualities the one
 * nearest to the usual, the cheaper of two, whose price the rules allow.
 */
export function chooseImage(context: AppContext, chooser: Chooser, asked: Asked): Chosen {
  const { wish } = asked;
  const here = availableModels(context, chooser).models;
  const quote = (filled: ImageOptions) => availableModels(context).quote({ ...asked, wish: filled });

  const said = wish.model?.trim().toLowerCase();
  const model = here.find(({ id }) => said === undefined || id === said);
  // Typed, and not allowed here: it is refused as it is.
  if (!model) return unchanged(quote(wish));
  const ofModel = { ...wish, model: model.id };
  const chosen =
    wish.quality === undefined ? firstThatFits(context, chooser, { model, quote, wish: ofModel }) : quote(ofModel);
  return chosen.ok ? { ...chosen, insteadOf: insteadOf(chosen, { usual: quote(wish), wish }) } : chosen;
}

const unchanged = (quote: Quote): Chosen => (quote.ok ? { ...quote, insteadOf: null } : quote);

type Fitting = { model: ModelRate; wish: ImageOptions; quote: (wish: ImageOptions) => Quote };

/** Nearest first; where even the last costs too much, the nearest is asked for, and refused with the rule's name. */
function firstThatFits(context: AppContext, chooser: Chooser, { model, wish, quote }: Fitting): Quote {
  const most = Math.min(
    ...rulesAt(context.book.now(), chooser).map(({ priceMaxCredits }) => priceMaxCredits ?? Infinity),
  );
  const quotes = byNearness(model).map((quality) => quote({ ...wish, quality }));
  const fitting = quotes.find((each) => each.ok && each.totalCredits <= most);
  return fitting ?? quotes[0] ?? quote(wish);
}

/** From the default of what is allowed: that one, then its neighbours, the cheaper first. */
function byNearness({ qualities, defaultQuality }: ModelRate): string[] {
  const from = qualities.indexOf(defaultQuality);
  const distance = (quality: string) => Math.abs(qualities.indexOf(quality) - from);
  return qualities.toSorted((a, b) => distance(a) - distance(b));
}

/** The words that `/imagine` takes. Typed options are never replaced. */
function insteadOf(chosen: Quote & { ok: true }, { usual, wish }: { usual: Quote; wish: ImageOptions }): string | null {
  if (!usual.ok) return null;
  const isOtherModel = wish.model === undefined && usual.model.id !== chosen.model.id;
  if (isOtherModel) return usual.model.id;
  return wish.quality === undefined && usual.quality !== chosen.quality ? usual.quality : null;
}
