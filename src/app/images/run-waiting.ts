import { channelNow } from '../../ledger/lists/channel-ids.ts';
import type { AppContext } from '../context.ts';
import { isFree } from './claim-job.ts';
import { waitsForClient } from './next-action.ts';
import { resumeJobs } from './resume-jobs.ts';

/** Goes on at once with every prompt that waits for the client of this channel; the sweeper would do so within a minute. */
export async function runWaiting(context: AppContext, { channelId }: { channelId: string }): Promise<void> {
  const now = (id: string) => channelNow(context.book.now(), id);
  await resumeJobs(context, {
    mayTake: (job) => waitsForClient(job) && now(job.place.channelId) === now(channelId) && isFree(context, job),
  });
}
