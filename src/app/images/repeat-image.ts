import type { AppContext } from '../context.ts';
import type { Requester } from '../messenger.ts';
import { openImage } from './open-image.ts';
import { requestImage } from './request-image.ts';

export type Again = { deliveryId: string; reader: Requester; jobId: string };

/** The very request of an earlier job, once more: whoever clicks asks for it, in the channel that it was made in. */
export async function repeatImage(context: AppContext, { deliveryId, reader, jobId }: Again): Promise<void> {
  const earlier = await openImage(context, { reader, jobId });
  if (!earlier) return;
  const { job, prompt } = earlier;
  const { model, size, quality, imagesCount, stage, channelId, threadTs } = job;
  const project = job.projectId ?? job.namedProjectId;
  await requestImage(context, {
    deliveryId,
    reader: { ...reader, channelId, threadTs },
    prompt,
    wish: { model, size, quality },
    imagesCount,
    stage,
    project,
    from: 'form',
  });
}
