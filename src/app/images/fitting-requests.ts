import type { LimitExceeded, Refusal, RuleBroken } from '../../ledger/refusals.ts';
import type { Job } from '../../storage/records/job.ts';
import { withChannelNow } from '../clients/channel-changes.ts';
import type { AppContext } from '../context.ts';
import { type AvailableModels, availableModels } from './available-models.ts';
import type { FittingRequest, Made } from './ways-out-view.ts';

/** A request that was refused, or would be. */
export type Declined = Pick<Job, 'memberId' | 'place' | 'stage' | 'namedProjectId'> & Made;

/** Refusals that another number of images, or another choice, can get past. */
export const isAboutSize = (refusal: Refusal): refusal is LimitExceeded | RuleBroken =>
  refusal.reason === 'limit_exceeded' || ABOUT_RULES.has(refusal.reason);

const ABOUT_RULES: ReadonlySet<Refusal['reason']> = new Set<RuleBroken['reason']>([
  'model_not_allowed',
  'quality_not_allowed',
  'too_many_images',
  'price_too_high',
]);

/**
 * Finds what could be made instead of a refused request: fewer images of the same, or as many in the nearest quality. Where
 * neither fits, the first that does, with as little changed as possible. The ledger’s own decision says what fits.
 */
export function fittingRequests(
  context: AppContext,
  asked: Declined,
  { refusal, prompt }: { refusal: Refusal; prompt: string },
): FittingRequest[] {
  if (!isAboutSize(refusal)) return [];
  const most = roomIn(refusal);
  const { place } = withChannelNow(context, asked);
  const menu = availableModels(context, { by: asked.memberId, channelId: place.channelId });
  const fits = (made: Partial<Made>) =>
    fittingIn(menu, { ...asked, place }, { prompt, most, made: { ...asked, ...made } });
  const fewer = countsBelow(asked.imagesCount).map((imagesCount) => () => fits({ imagesCount }));
  const qualities = otherQualities(availableModels(context), asked);
  const others = qualities.map((quality) => () => fits({ quality }));
  const near = [firstOf(fewer), firstOf(others)].flatMap((found) => found ?? []);
  if (near.length > 0) return near;
  const counts = [asked.imagesCount, ...countsBelow(asked.imagesCount)];
  const all = furtherAway(menu, asked, qualities).flatMap((made) =>
    counts.map((imagesCount) => () => fits({ ...made, imagesCount })),
  );
  const found = firstOf(all);
  return found ? [found] : [];
}

/** The most credits that all limits leave; what is free needs none. */
const roomIn = (refusal: LimitExceeded | RuleBroken): number =>
  refusal.reason === 'limit_exceeded'
    ? Math.max(0, Math.min(...refusal.exceeded.map(({ availableCredits }) => availableCredits)))
    : Number.POSITIVE_INFINITY;

/** One after the other, because each is a decision of the ledger. */
function firstOf<Found>(tries: readonly (() => Found | null)[]): Found | null {
  for (const each of tries) {
    const found = each();
    if (found !== null) return found;
  }
  return null;
}

const countsBelow = (count: number): number[] => Array.from({ length: count - 1 }, (_, index) => count - 1 - index);

/** The nearest first, of two the cheaper one; also those that no rule allows. */
function otherQualities({ models }: AvailableModels, { model, quality }: Made): string[] {
  const { qualities = [] } = models.find(({ id }) => id === model) ?? {};
  const from = qualities.indexOf(quality);
  const distance = (each: string) => (from < 0 ? 0 : Math.abs(qualities.indexOf(each) - from));
  return qualities.filter((each) => each !== quality).toSorted((one, other) => distance(one) - distance(other));
}

/** A quality less, then a size less, then another model with its usual ones. */
function furtherAway(menu: AvailableModels, asked: Made, qualities: readonly string[]): Partial<Made>[] {
  const { sizes = [] } = menu.models.find(({ id }) => id === asked.model) ?? {};
  const otherSizes = sizes.filter((size) => size !== asked.size);
  return [
    ...qualities.map((quality) => ({ quality })),
    ...otherSizes.map((size) => ({ size })),
    ...otherSizes.flatMap((size) => qualities.map((quality) => ({ size, quality }))),
    ...menu.models
      .filter(({ id }) => id !== asked.model)
      .map(({ id, defaultSize, defaultQuality }) => ({
        model: id,
        size: defaultSize,
        quality: defaultQuality,
      })),
  ];
}

/** The request with its price; null where the ledger would not let it through now. */
export function fittingIn(
  menu: AvailableModels,
  asked: Declined,
  { prompt, most, made }: { prompt: string; most: number; made: Made },
): FittingRequest | null {
  const { model, size, quality, imagesCount } = made;
  const quote = menu.quote({ options: { model, size, quality }, imagesCount, prompt });
  if (!quote.ok || quote.totalCredits > most) return null;
  const { stage, namedProjectId: projectId, place } = asked;
  const foreseen = menu.foresee(quote, { threadId: place.threadId, projectId, imagesCount, stage });
  if (foreseen?.kind !== 'made') return null;
  const fitting = { imagesCount, model: quote.model.id, size: quote.size, quality: quote.quality };
  return { ...fitting, totalCredits: quote.totalCredits, differs: differsFrom(asked, fitting) };
}

/** In what a request differs from the one that was refused. */
export const differsFrom = (asked: Made, made: Made): FittingRequest['differs'] =>
  PARTS.filter((part) => made[part] !== asked[part]);

const PARTS: readonly (keyof Made)[] = ['imagesCount', 'model', 'size', 'quality'];
