import { Map as ImmutableMap, List } from 'immutable';
import type { Spend } from '../accounts.ts';
import type { Mark, Stage } from '../work.ts';
import type { Counted, Sums } from './tally.ts';

/** An image that was charged, with what people said of it. */
export type MadeImage = Spend & {
  holdId: string;
  model: string;
  quality: string;
  /** The stage of the request, or the one that it was corrected to. */
  stage: Stage;
  isStageGuessed: boolean;
  credits: number;
  agencyCredits: number;
  costMicroUsd: number;
  heldAt: number;
  /** `isReaction`: it goes with the reaction that set it. */
  marked: { mark: Mark; by: string; at: number; isReaction?: true } | null;
};

/** By the date that the image counts on; those of a date as they were charged. */
export type MadeImages = ImmutableMap<string, List<MadeImage>>;
export const NO_IMAGES: List<MadeImage> = List();

/** Longer than a quarter: what was delivered in it can be marked until its figures are read. */
export const MARKED_WITHIN_DAYS = 120;
const DAY_MS = 86_400_000;

/** Leaves out the images that can no longer be marked, as seen from the newest of them. */
export function forgetOld(images: MadeImages): MadeImages {
  const newest = images.keySeq().max() ?? '';
  const since = newest && new Date(Date.parse(newest) - MARKED_WITHIN_DAYS * DAY_MS).toISOString().slice(0, 10);
  const old = images
    .keySeq()
    .filter((date) => date < since)
    .toArray();
  return old.length > 0 ? images.deleteAll(old) : images;
}

/** Null where there is none, or it was charged too long ago to be marked. */
export function findImage(images: MadeImages, holdId: string): { date: string; image: MadeImage } | null {
  for (const [date, ofDate] of images) {
    const image = ofDate.find((each) => each.holdId === holdId);
    if (image) return { date, image };
  }
  return null;
}

/** The stage that the image counts as. A final image is final, unless a person said otherwise. */
export const stageOf = ({ stage, isStageGuessed, marked }: MadeImage): Stage =>
  isStageGuessed && marked?.mark === 'final' ? 'final' : stage;

export const countedOf = (image: MadeImage): Counted => {
  const { clientId, projectId, memberId, teamIds, model, quality, marked } = image;
  return { clientId, projectId, memberId, teamIds, model, quality, stage: stageOf(image), mark: marked?.mark ?? null };
};

export const sumsOf = ({ credits, agencyCredits, costMicroUsd }: MadeImage): Partial<Sums> => ({
  imagesCount: 1,
  credits,
  agencyCredits,
  costMicroUsd,
});

/** What was made on later dates was made by now: the clock had been wrong. */
export function madeBy(images: MadeImages, lastDate: string, at: number): MadeImages {
  const by = (image: MadeImage): MadeImage => ({
    ...image,
    heldAt: Math.min(image.heldAt, at),
    marked: image.marked && { ...image.marked, at: Math.min(image.marked.at, at) },
  });
  let next: MadeImages = ImmutableMap();
  for (const [date, ofDate] of images.sortBy((_, key) => key)) {
    const on = date > lastDate ? lastDate : date;
    next = next.set(on, (next.get(on) ?? NO_IMAGES).concat(ofDate.map(by)));
  }
  return next;
}
