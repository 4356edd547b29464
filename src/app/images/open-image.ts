import { may } from '../../ledger/rights/rights.ts';
import type { Job } from '../../storage/records/job.ts';
import { withChannelNow } from '../clients/channel-changes.ts';
import type { AppContext } from '../context.ts';
import type { JobView, Requester } from '../messenger.ts';
import { loadJob } from './job-lease.ts';
import { jobView } from './job-view.ts';

/**
 * An earlier request, for somebody who clicked on it: only in the channel it was made in, or to its own author, because
 * a click may come from anywhere. Null where there is nothing to show; the reader has been told why.
 */
export async function openImage(
  context: AppContext,
  { reader, jobId }: { reader: Requester; jobId: string },
): Promise<(JobView & { prompt: string }) | null> {
  const job = await loadJob(context, jobId);
  if (!job || !mayLook(context, job, reader)) {
    await context.messenger.tell(reader, { kind: 'image_gone', why: 'not_found' });
    return null;
  }
  const view = await jobView(context, job);
  if (view.prompt === null) {
    await context.messenger.tell(reader, { kind: 'image_gone', why: job.deletedBy ? 'deleted' : 'prompt_erased' });
    return null;
  }
  return { ...view, prompt: view.prompt };
}

function mayLook(context: AppContext, asked: Job, { memberId, channelId }: Requester): boolean {
  const { book } = context;
  const job = withChannelNow(context, asked);
  const here = channelId === job.channelId || channelId === job.place?.channelId;
  return may(book.now(), memberId, 'see_own') && (here || memberId === job.memberId);
}
