import { DeliveryFault } from '../../ports/ports.ts';
import type { Job } from '../../storage/records/job.ts';
import type { AppContext } from '../context.ts';
import type { Requester } from '../requester.ts';
import { claimJob } from './claim-job.ts';
import { tryToErase } from './erase-images.ts';
import { ClaimedJob, JobTaken, loadJob } from './job-lease.ts';
import { mayEnd } from './unsent-images.ts';

/**
 * Takes a job's images out of Slack, its bytes and prompt out of the records, and the prompt off the cards on which it was
 * approved. What they cost stays charged. Only for their requester, and for those who look after the client; while
 * they are still being made it has to wait.
 */
export async function deleteImage(
  context: AppContext,
  { requester, jobId }: { requester: Requester; jobId: string },
): Promise<void> {
  const { messenger, book } = context;
  const job = await loadJob(context, jobId);
  if (!job) return void (await messenger.tell(requester, { kind: 'image_gone', why: 'not_found' }));
  if (!mayEnd(book.now(), job, requester.memberId)) {
    return void (await messenger.tell(requester, { kind: 'not_yours', ownerId: job.memberId }));
  }
  if (!job.finished) return void (await messenger.tell(requester, { kind: 'not_finished' }));

  if (!job.deletedBy) return await begin(context, job, requester.memberId);
  await goThroughItAgain(context, job);
  await messenger.tell(requester, { kind: 'image_gone', why: 'deleted' });
}

/** It is written down before anything of it is done: from then on the sweeper goes on with it, whatever fails. */
async function begin(context: AppContext, job: Job, by: string): Promise<void> {
  const run = ClaimedJob.of(context, job);
  await unlessTaken(async () => {
    await run.write({ kind: 'deleted', by });
    await claimJob(context, run);
  });
}

/** Answers a click where the image is deleted already, or is being deleted. */
async function goThroughItAgain(context: AppContext, job: Job): Promise<void> {
  if (context.running.has(job.jobId)) return;
  if (job.erasingSinceAt !== null) return await unlessTaken(() => claimJob(context, ClaimedJob.of(context, job)));
  const failure = await tryToErase(context, job);
  if (failure !== null) throw new DeliveryFault(failure);
}

/** Another caller was quicker. */
async function unlessTaken(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof JobTaken)) throw error;
  }
}
