import type { State } from '../../ledger/state.ts';
import type { MadeImage } from '../../ledger/tally/made-images.ts';
import { datesOf, type Period } from '../usage.ts';

/** An image that counts in a week of a client, and which one of its request it is. */
export type ImageOfWeek = { image: MadeImage; date: string; jobId: string; imageNo: number };

export type ChannelWeek = {
  imagesCount: number;
  keptCount: number;
  /** Marked *keep* or *final*: final ones first, then the newest. */
  kept: readonly ImageOfWeek[];
};

/** The images of a client in a period, in the order of their dates. */
export function imagesOfClient({ images }: Pick<State, 'images'>, clientId: string, period: Period): ImageOfWeek[] {
  return datesOf(period).flatMap((date) =>
    (images.get(date)?.toArray() ?? [])
      .filter((image) => image.clientId === clientId)
      .map((image) => withIds(image, date)),
  );
}

/** What a week came to in one channel, of the images that stand there. */
export function channelWeek(images: readonly ImageOfWeek[]): ChannelWeek {
  const kept = images
    .filter(({ image: { marked } }) => marked?.mark === 'keep' || marked?.mark === 'final')
    .sort(finalFirst);
  return { imagesCount: images.length, keptCount: kept.length, kept };
}

/** Images of one request stay in their order. */
const finalFirst = (a: ImageOfWeek, b: ImageOfWeek) =>
  Number(isFinal(b)) - Number(isFinal(a)) ||
  b.image.heldAt - a.image.heldAt ||
  (a.jobId < b.jobId ? -1 : a.jobId > b.jobId ? 1 : a.imageNo - b.imageNo);

const isFinal = ({ image }: ImageOfWeek) => image.marked?.mark === 'final';

/** A hold is called `<job id>/<image number>`. */
export function withIds(image: MadeImage, date: string): ImageOfWeek {
  const at = image.holdId.lastIndexOf('/');
  return { image, date, jobId: image.holdId.slice(0, at), imageNo: Number(image.holdId.slice(at + 1)) };
}
