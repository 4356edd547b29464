import type { ImageOptions } from '../../images/rate-card.ts';
import type { ModelRate } from '../../images/rates/card.ts';
import type { AppContext } from '../context.ts';
import { availableModels, type Chooser, type Quote, rulesAt } from './available-models.ts';

/** `insteadOf`: what is usual and was not taken, because a rule does not allow it; null where nothing was changed. */
export type Chosen = (Quote & { ok: true; insteadOf: string | null }) | (Quote & { ok: false });

type Asked = { options: ImageOptions; imagesCount: number; prompt: string };

/**
 * What a request takes. What was said stays as it was said: where a rule does not allow it, the ledger refuses, and names the
 * rule. What was left out is the usual where that is allowed; else the first model that is, and of its qualities the one
 * nearest to the usual, the cheaper of two, of which the rules allow one image. How many are asked for changes no quality: too
 * many are refused, with the rule.
 */
export function chooseImage(context: AppContext, chooser: Chooser, asked: Asked): Chosen {
  const { options } = asked;
  const here = availableModels(context, chooser).models;
  const quote = (filled: ImageOptions) => availableModels(context).quote({ ...asked, options: filled });

  const said = options.model?.trim().toLowerCase();
  const model = here.find(({ id }) => said === undefined || id === said);
  // Typed, and not allowed here: it is refused as it is.
  if (!model) return unchanged(quote(options));
  const ofModel = { ...options, model: model.id };
  const chosen =
    options.quality === undefined
      ? firstThatFits(context, chooser, { model, quote, options: ofModel })
      : quote(ofModel);
  return chosen.ok ? { ...chosen, insteadOf: insteadOf(chosen, { usual: quote(options), options }) } : chosen;
}

const unchanged = (quote: Quote): Chosen => (quote.ok ? { ...quote, insteadOf: null } : quote);

type Fitting = { model: ModelRate; options: ImageOptions; quote: (options: ImageOptions) => Quote };

/** Nearest first; where even the last costs too much, the nearest is asked for, and refused with the rule's name. */
function firstThatFits(context: AppContext, chooser: Chooser, { model, options, quote }: Fitting): Quote {
  const most = Math.min(
    ...rulesAt(context.book.now(), chooser, context.clock.now()).map(
      ({ priceMaxCredits }) => priceMaxCredits ?? Infinity,
    ),
  );
  const quotes = byNearness(model).map((quality) => quote({ ...options, quality }));
  const fitting = quotes.find((each) => each.ok && each.eachCredits <= most);
  return fitting ?? quotes[0] ?? quote(options);
}

/** From the default of what is allowed: that one, then its neighbours, the cheaper first. */
function byNearness({ qualities, defaultQuality }: ModelRate): string[] {
  const from = qualities.indexOf(defaultQuality);
  const distance = (quality: string) => Math.abs(qualities.indexOf(quality) - from);
  return qualities.toSorted((a, b) => distance(a) - distance(b));
}

/** The words that `/imagine` takes. Typed options are never replaced. */
function insteadOf(
  chosen: Quote & { ok: true },
  { usual, options }: { usual: Quote; options: ImageOptions },
): string | null {
  if (!usual.ok) return null;
  const isOtherModel = options.model === undefined && usual.model.id !== chosen.model.id;
  if (isOtherModel) return usual.model.id;
  return options.quality === undefined && usual.quality !== chosen.quality ? usual.quality : null;
}
