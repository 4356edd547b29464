import type { Place } from '../../ledger/lists/channel-ids.ts';
import type { AppContext } from '../context.ts';
import type { Requester } from '../requester.ts';
import { openImage } from './open-image.ts';
import { requestImage } from './request-image.ts';

export type Again = { deliveryId: string; requester: Requester; place: Place | null; jobId: string };

/** Requests an earlier job again, for the person who clicks, in the channel that it was made in. */
export async function repeatImage(context: AppContext, { deliveryId, requester, place, jobId }: Again): Promise<void> {
  const earlier = await openImage(context, { requester, place, jobId });
  if (!earlier) return;
  const { job, prompt, stage } = earlier;
  const { model, size, quality, imagesCount } = job;
  const project = job.projectId ?? job.namedProjectId;
  await requestImage(context, {
    deliveryId,
    requester,
    place: job.place,
    prompt,
    options: { model, size, quality },
    imagesCount,
    stage,
    guess: 'iteration',
    project,
    from: 'form',
  });
}
