import type { ImageDone } from '../../images/image-provider.ts';
import { describe } from '../../ports/describe-error.ts';
import { imageIdOf } from '../../storage/records/job.ts';
import type { StoredImage } from '../../storage/records/records.ts';
import type { AppContext } from '../context.ts';
import { arrivedOf, forgetArrived } from './arrived-images.ts';
import type { ClaimedJob } from './job-lease.ts';

const SAVES_MAX = 4;
const SAVE_AGAIN_MS = 500;

/** What came besides the image that was asked for: its id follows from that image's, from 1. */
export const moreIdOf = (imageId: string, moreNo: number) => `${imageId}+${moreNo}`;

/**
 * Stores the bytes of an image that has arrived. It is paid for: a store that stumbles for a moment is no reason to lose it,
 * and one that does not take it at all is none either. Then it is shown from memory, and nothing of it is kept.
 */
export async function keepImage(
  context: AppContext,
  run: ClaimedJob,
  imageNo: number,
  done: ImageDone,
): Promise<boolean> {
  const imageId = imageIdOf(run.job.jobId, imageNo);
  try {
    await put(context, run, imageId, done);
    for (const [index, each] of (done.more ?? []).entries()) {
      await put(context, run, moreIdOf(imageId, index + 1), { ...each, costMicroUsd: 0 });
    }
    forgetArrived(context, imageId);
    return true;
  } catch (error) {
    context.log.error({ imageId, error: describe(error) }, 'image not stored: posted without a copy');
    return false;
  }
}

type Bytes = Pick<StoredImage, 'bytes' | 'contentType' | 'costMicroUsd'>;

async function put(context: AppContext, run: ClaimedJob, imageId: string, { bytes, contentType, costMicroUsd }: Bytes) {
  const madeAt = context.clock.now();
  const expiresAt = madeAt + context.settings.imageRetentionMs;
  const image = { workspace: run.job.workspace, imageId, contentType, bytes, costMicroUsd, madeAt, expiresAt };
  for (let saves = 1; ; saves += 1) {
    try {
      await context.records.images.put(image);
      return;
    } catch (error) {
      if (saves === SAVES_MAX) throw error;
      await context.clock.sleep(SAVE_AGAIN_MS * saves);
    }
  }
}

/** An image's bytes, and those that came with it: from memory, else from the store. */
export async function keptImage(context: AppContext, run: ClaimedJob, imageNo: number): Promise<Picture[]> {
  const { workspace, jobId, images } = run.job;
  const imageId = imageIdOf(jobId, imageNo);
  const arrived = arrivedOf(context, imageId);
  if (arrived) return [arrived, ...(arrived.more ?? [])];
  const answer = images[imageNo - 1]?.answer;
  const moreCount = answer?.kind === 'done' ? (answer.moreCount ?? 0) : 0;
  const ids = [imageId, ...Array.from({ length: moreCount }, (_, index) => moreIdOf(imageId, index + 1))];
  const stored = await Promise.all(ids.map((each) => context.records.images.get({ workspace, imageId: each })));
  return stored.flatMap((each) => each ?? []);
}

type Picture = { bytes: Uint8Array; contentType: string };
