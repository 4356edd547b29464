import { claimClick } from './claim-click.ts';
import type { Reader } from './messenger.ts';
import { openImage } from './open-image.ts';
import { requestImage } from './request-image.ts';
import type { World } from './world.ts';

/** `clickedAt`: by Slack’s own time; null for what is no click. */
export type Again = { deliveryId: string; reader: Reader; jobId: string; clickedAt?: number | null };

/**
 * The very request of an earlier job, once more: whoever clicks asks for it, in the channel that it was made in. Two clicks
 * of a shaky finger are one, whichever process hears of them; the second is told so.
 */
export async function repeatImage(world: World, { deliveryId, reader, jobId, clickedAt = null }: Again): Promise<void> {
  const click = { by: reader.memberId, button: `again/${jobId}`, deliveryId };
  if (clickedAt !== null && (await claimClick(world, { ...click, at: clickedAt })) !== deliveryId) {
    return void (await world.messenger.tell(reader, { kind: 'already_asked' }));
  }
  const earlier = await openImage(world, { reader, jobId });
  if (!earlier) return;
  const { job, prompt } = earlier;
  const { model, size, quality, imagesCount, stage, channelId, threadTs } = job;
  const project = job.projectId ?? job.namedProjectId;
  await requestImage(world, {
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
