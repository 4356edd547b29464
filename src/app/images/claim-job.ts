import { isLeased } from '../../book/clock-doubt.ts';
import { describe } from '../../ports/describe-error.ts';
import type { Job } from '../../storage/records/job.ts';
import type { AppContext } from '../context.ts';
import { ClaimedJob, JobTaken, LONGEST_LEASE_MS, loadJob } from './job-lease.ts';
import { actionFor, runJob } from './run-job.ts';

/**
 * Brings a job as far as it can go now, and says when nobody here is at work on it any more. An approval that comes in the
 * moment in which the job begins to wait for it finds the job at work, and leaves it alone: so the ledger is read once more,
 * with what other processes wrote, when nobody is at work on it any longer.
 */
export async function claimJob(context: AppContext, run: ClaimedJob): Promise<void> {
  const { jobId } = run.job;
  for (let isLeft = false; ; ) {
    context.running.add(jobId);
    try {
      // Whoever was answered first goes on with it, and that may have been another process.
      if (isLeft) await run.write({ kind: 'claimed' });
      await runJob(context, run);
    } finally {
      context.running.delete(jobId);
    }
    isLeft = waitsForApproval(run.job);
    if (isLeft) await context.book.read();
    // Or somebody else here, who was told of the answer while we read; and a deletion is gone through again by the sweeper.
    if (!hasWork(context, run.job) || context.running.has(jobId) || run.job.finished) return;
  }
}

/**
 * Takes a job over and goes on with it, unless somebody is at work on it, here or in another process: what was sent to a
 * provider is lost to whoever takes the job away from its sender. What fails is tried again by the sweeper.
 */
export async function resumeJob(
  context: AppContext,
  jobId: string,
  { mayTake = (job) => isFree(context, job) }: { mayTake?: (job: Job) => boolean } = {},
): Promise<void> {
  if (context.running.has(jobId)) return;
  try {
    await takeOver(context, jobId, mayTake);
  } catch (error) {
    if (error instanceof JobTaken) return;
    context.log.warn({ jobId, error: describe(error) }, 'job failed, sweeper will retry');
  }
}

/** Until it is handed on it is at work here, in one go: between the two nobody finds it idle. */
async function takeOver(context: AppContext, jobId: string, mayTake: (job: Job) => boolean): Promise<void> {
  let isHandedOn = false;
  context.running.add(jobId);
  try {
    const job = await loadJob(context, jobId);
    if (!job || !mayTake(job) || !hasWork(context, job)) return;
    const run = await ClaimedJob.takeOver(context, job);
    isHandedOn = true;
    await claimJob(context, run);
  } finally {
    if (!isHandedOn) context.running.delete(jobId);
  }
}

/** Of this process, which is not at work on it; or of one whose lease has run out. */
export const isFree = ({ clock, processId }: AppContext, job: Job): boolean =>
  job.owner === processId || !isLeased(clock, { untilAt: job.leaseUntilAt, longestMs: LONGEST_LEASE_MS });

const waitsForApproval = ({ clientId, approval, finished }: Job) =>
  !finished && clientId === null && approval === 'asked';

function hasWork(context: AppContext, job: Job): boolean {
  const action = actionFor(context, job);
  return action.kind !== 'wait' && action.kind !== 'none';
}
