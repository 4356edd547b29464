import { may } from '../../ledger/rights/rights.ts';
import type { Job } from '../../storage/records/job.ts';
import { withChannelNow } from '../clients/channel-changes.ts';
import type { World } from '../context.ts';
import type { JobView, Reader } from '../messenger.ts';
import { meet } from '../people/sync-member.ts';
import { loadJob } from './job-lease.ts';
import { jobView } from './job-view.ts';

/**
 * An earlier request, for somebody who clicked on it: only in the channel it was made in, or to its own author, because
 * a click may come from anywhere. Null where there is nothing to show; the reader has been told why.
 */
export async function openImage(
  world: World,
  { reader, jobId }: { reader: Reader; jobId: string },
): Promise<(JobView & { prompt: string }) | null> {
  await meet(world, reader.memberId);
  const job = await loadJob(world, jobId);
  if (!job || !mayLook(world, job, reader)) {
    await world.messenger.tell(reader, { kind: 'image_gone', why: 'not_found' });
    return null;
  }
  const view = await jobView(world, job);
  if (view.prompt === null) {
    await world.messenger.tell(reader, { kind: 'image_gone', why: job.deletedBy ? 'deleted' : 'prompt_erased' });
    return null;
  }
  return { ...view, prompt: view.prompt };
}

function mayLook(world: World, asked: Job, { memberId, channelId }: Reader): boolean {
  const { book } = world;
  const job = withChannelNow(world, asked);
  const here = channelId === job.channelId || channelId === job.place?.channelId;
  return may(book.now(), memberId, 'see_own') && (here || memberId === job.memberId);
}
