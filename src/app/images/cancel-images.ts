import type { Job } from '../../storage/records/job.ts';
import type { AppContext } from '../context.ts';
import type { Requester } from '../requester.ts';
import { claimJob } from './claim-job.ts';
import { ClaimedJob, JobTaken, loadJob } from './job-lease.ts';
import { CANCELED, CANCELED_BY_OTHER, mayEnd, unsentImages } from './unsent-images.ts';

/** Each time the job’s worker was quicker by one step. */
const TRIES_MAX = 5;

/**
 * Takes back the images of a job that no provider has yet, for their requester and for those who may delete them. Their credits
 * are returned. The number of a step settles whether this or the sending came first: of an image that is being sent nothing is
 * taken back, nor of the others beside it, because the answer to a paid call belongs to the worker that sent it.
 */
export async function cancelImages(
  context: AppContext,
  { requester, jobId }: { requester: Requester; jobId: string },
): Promise<void> {
  const { messenger, book } = context;
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const job = await loadJob(context, jobId);
    if (!job) return void (await messenger.tell(requester, { kind: 'image_gone', why: 'not_found' }));
    if (!mayEnd(book.now(), job, requester.memberId)) {
      return void (await messenger.tell(requester, { kind: 'not_yours', ownerId: job.memberId, to: 'cancel' }));
    }
    const numbers = unsentImages(job);
    if (numbers.length === 0) {
      return void (await messenger.tell(requester, { kind: 'not_canceled', why: isEnded(job) ? 'ended' : 'sent' }));
    }
    if (await takeBack(context, job, { numbers, by: requester.memberId })) return;
  }
  await messenger.tell(requester, { kind: 'not_canceled', why: 'sent' });
}

const isEnded = ({ images, finished }: Job): boolean =>
  finished || images.every(({ settled, answer }) => settled !== null || answer?.kind === 'withdrawn');

/** Answers false where the job’s worker wrote the next step before. */
async function takeBack(
  context: AppContext,
  job: Job,
  { numbers, by }: { numbers: readonly number[]; by: string },
): Promise<boolean> {
  const run = ClaimedJob.of(context, job);
  const detail = by === job.memberId ? CANCELED : CANCELED_BY_OTHER;
  try {
    for (const imageNo of numbers) {
      await run.write({ kind: 'answered', imageNo, outcome: { kind: 'withdrawn', detail } });
    }
  } catch (error) {
    if (error instanceof JobTaken) return false;
    throw error;
  }
  // From here on the sweeper goes on with it, where this process cannot.
  await claimJob(context, run).catch((error: unknown) => {
    if (!(error instanceof JobTaken)) throw error;
  });
  return true;
}
