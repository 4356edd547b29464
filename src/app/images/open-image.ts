import type { Place } from '../../ledger/lists/channel-ids.ts';
import { may } from '../../ledger/rights/rights.ts';
import type { Stage } from '../../ledger/work.ts';
import type { Job } from '../../storage/records/job.ts';
import { withChannelNow } from '../clients/channel-changes.ts';
import type { AppContext } from '../context.ts';
import type { JobView } from '../messenger.ts';
import type { Requester } from '../requester.ts';
import { stageAgain } from './images-said.ts';
import { loadJob } from './job-lease.ts';
import { jobView } from './job-view.ts';

/** `stage`: null where no person and no project said one. */
type OpenedImage = JobView & { prompt: string; stage: Stage | null };

/**
 * An earlier request, for a person who clicked on it: only in the channel it was made in, or to its own author, because
 * a click may come from anywhere. `place`: where it was clicked. Null where there is nothing to show; the person has been
 * told why.
 */
export async function openImage(
  context: AppContext,
  { requester, place, jobId }: { requester: Requester; place: Place | null; jobId: string },
): Promise<OpenedImage | null> {
  const job = await loadJob(context, jobId);
  if (!job || !mayLook(context, job, { memberId: requester.memberId, place })) {
    await context.messenger.tell(requester, { kind: 'image_gone', why: 'not_found' });
    return null;
  }
  const view = await jobView(context, job);
  if (view.prompt === null) {
    await context.messenger.tell(requester, { kind: 'image_gone', why: job.deletedBy ? 'deleted' : 'prompt_erased' });
    return null;
  }
  return { ...view, prompt: view.prompt, stage: stageAgain(view) };
}

const mayLook = (context: AppContext, job: Job, at: At): boolean =>
  may(context.book.now(), at.memberId, 'see_own') && isAt(context, job, at);

type At = { memberId: string; place: Place | null };

/** Whether a person is where a job's message stands, or has asked for it themselves. */
export function isAt(context: AppContext, asked: Job, { memberId, place }: At): boolean {
  const job = withChannelNow(context, asked);
  const here = place !== null && [job.place.channelId, job.messagePlace?.channelId].includes(place.channelId);
  return here || memberId === job.memberId;
}
