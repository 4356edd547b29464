import { Map as ImmutableMap } from 'immutable';
import type { Spend } from '../accounts.ts';
import type { Mark, Stage } from '../work.ts';
import type { Counted, Sums } from './tally.ts';

/** An image that was charged, with what people said of it. */
export type MadeImage = Spend & {
  model: string;
  quality: string;
  /** The stage of the request, or the one that it was corrected to. */
  stage: Stage;
  isStageGuessed: boolean;
  credits: number;
  agencyCredits: number;
  costMicroUsd: number;
  heldAt: number;
  marked: { mark: Mark; by: string; at: number } | null;
};

/** By the date that the image counts on, and its hold. */
export type MadeImages = ImmutableMap<string, ImmutableMap<string, MadeImage>>;

/** Longer than a quarter: what was delivered in it can be marked until its figures are read. */
export const MARKED_WITHIN_DAYS = 120;
const DAY_MS = 86_400_000;
const NO_IMAGES = ImmutableMap<string, MadeImage>();

/** Adds an image, or puts it in the place of what it was. Images that can no longer be marked are forgotten. */
export function putImage(images: MadeImages, date: string, holdId: string, image: MadeImage): MadeImages {
  const ofDate = images.get(date);
  const put = (kept: MadeImages) => kept.set(date, (ofDate ?? NO_IMAGES).set(holdId, image));
  if (ofDate) return put(images);
  const since = new Date(Date.parse(date) - MARKED_WITHIN_DAYS * DAY_MS).toISOString().slice(0, 10);
  let kept = images;
  for (const each of [...images.keys()]) if (each < since) kept = kept.delete(each);
  return put(kept);
}

/** Null where there is none, or it was charged too long ago to be marked. */
export function findImage(images: MadeImages, holdId: string): { date: string; image: MadeImage } | null {
  for (const [date, ofDate] of images) {
    const image = ofDate.get(holdId);
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
    next = next.set(on, (next.get(on) ?? NO_IMAGES).merge(ofDate.map(by)));
  }
  return next;
}
