import type { Place } from '../../ledger/lists/channel-ids.ts';
import type { Job } from '../../storage/records/job.ts';
import type { AppContext } from '../context.ts';
import type { Requester } from '../requester.ts';
import { openImage } from './open-image.ts';
import { requestImage } from './request-image.ts';

/** `shownCredits`: the price that the button showed, where it isn’t the earlier request’s own. */
export type Again = {
  deliveryId: string;
  requester: Requester;
  place: Place | null;
  jobId: string;
  shownCredits?: number;
};

/** What a job’s images cost at most when they were asked for. */
export const priceOf = ({ imagesCount, eachCredits }: Pick<Job, 'imagesCount' | 'eachCredits'>): number =>
  imagesCount * eachCredits;

/**
 * Requests an earlier job again, for the person who clicks, in the channel that it was made in. A price that rose since is said
 * first, with the button again. Answers false where nothing was asked for.
 */
export async function repeatImage(
  context: AppContext,
  { deliveryId, requester, place, jobId, shownCredits }: Again,
): Promise<boolean> {
  const earlier = await openImage(context, { requester, place, jobId });
  if (!earlier) return false;
  const { job, prompt, stage } = earlier;
  const { model, size, quality, imagesCount } = job;
  const options = { model, size, quality };
  const project = job.projectId ?? job.namedProjectId;
  const { isBegun } = await requestImage(context, {
    deliveryId,
    requester,
    place: job.place,
    prompt,
    options,
    imagesCount,
    stage,
    guess: 'iteration',
    project,
    from: 'form',
    shown: {
      credits: shownCredits ?? priceOf(job),
      dearer: (totalCredits) => ({ kind: 'again_offered', jobId, totalCredits }),
    },
  });
  return isBegun;
}
