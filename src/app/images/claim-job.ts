import { isLeased } from '../../book/clock-doubt.ts';
import { describe } from '../../ports/describe-error.ts';
import type { Job } from '../../storage/records/job.ts';
import type { AppContext } from '../context.ts';
import { ClaimedJob, JobTaken, LONGEST_LEASE_MS, loadJob } from './job-lease.ts';
import { isOfKept, waitsForClient } from './next-action.ts';
import { actionFor, runJob } from './run-job.ts';
import { runIdOf } from './run-kept.ts';

/**
 * Brings a job as far as it can go now, and says when it has no worker here any more. An approval, or a client of its
 * channel, that comes in the moment in which the job begins to wait for it finds the job at work, and leaves it alone: so the
 * ledger is read once more, with what other processes wrote, when it has no worker any longer.
 */
export async function claimJob(context: AppContext, run: ClaimedJob): Promise<void> {
  const { jobId } = run.job;
  for (let isLeft = false; ; ) {
    context.running.add(jobId);
    try {
      // The caller that was answered first goes on with it; that may have been another process.
      if (isLeft) await run.write({ kind: 'claimed' });
      await runJob(context, run);
    } finally {
      context.running.delete(jobId);
    }
    isLeft = waitsForOthers(run.job);
    if (isLeft) await context.book.read();
    // Another caller here may have read the answer meanwhile. The sweeper goes through a deletion again.
    if (!hasWork(context, run.job) || context.running.has(jobId) || run.job.finished) break;
  }
  // What was kept in it runs as a job of its own.
  if (run.job.finished && isOfKept(run.job)) await resumeJob(context, runIdOf(jobId));
}

/**
 * Takes a job over and goes on with it, unless it has a worker, here or in another process: a request that was sent to a
 * provider is lost to a worker that takes the job away from its sender. What fails is tried again by the sweeper.
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

/** Keeps the job at work here until it is handed on, so that it never looks idle in between. */
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

/** For an approval, or for the client of its channel. */
const waitsForOthers = (job: Job) =>
  waitsForClient(job) || (!job.finished && job.clientId === null && job.approval === 'asked');

function hasWork(context: AppContext, job: Job): boolean {
  const action = actionFor(context, job);
  return action.kind !== 'wait' && action.kind !== 'none';
}
