import { isLeased } from '../../book/clock-doubt.ts';
import { describe } from '../../ports/describe-error.ts';
import type { Job } from '../../storage/records/job.ts';
import type { World } from '../context.ts';
import { JobRun, JobTaken, LONGEST_LEASE_MS, loadJob } from './job-lease.ts';
import { actionFor, makeImage } from './run-job.ts';

/**
 * Brings a job as far as it can go now, and says when nobody here is at work on it any more. An approval that comes in the
 * moment in which the job begins to wait for it finds the job at work, and leaves it alone: so the ledger is read once more,
 * with what other processes wrote, when nobody is at work on it any longer.
 */
export async function workOn(world: World, run: JobRun): Promise<void> {
  const { jobId } = run.job;
  for (let isLeft = false; ; ) {
    world.running.add(jobId);
    try {
      // Whoever was answered first goes on with it, and that may have been another process.
      if (isLeft) await run.write({ kind: 'claimed' });
      await makeImage(world, run);
    } finally {
      world.running.delete(jobId);
    }
    isLeft = waitsForApproval(run.job);
    if (isLeft) await world.book.read();
    // Or somebody else here, who was told of the answer while we read; and a deletion is gone through again by the sweeper.
    if (!hasWork(world, run.job) || world.running.has(jobId) || run.job.finished) return;
  }
}

/**
 * Takes a job over and goes on with it, unless somebody is at work on it, here or in another process: what was sent to a
 * provider is lost to whoever takes the job away from its sender. What fails is tried again by the sweeper.
 */
export async function resumeJob(
  world: World,
  jobId: string,
  { mayTake = (job) => isFree(world, job) }: { mayTake?: (job: Job) => boolean } = {},
): Promise<void> {
  if (world.running.has(jobId)) return;
  try {
    await takeOver(world, jobId, mayTake);
  } catch (error) {
    if (error instanceof JobTaken) return;
    world.log.warn({ jobId, error: describe(error) }, 'job not finished, will be tried again');
  }
}

/** Until it is handed on it is at work here, in one go: between the two nobody finds it idle. */
async function takeOver(world: World, jobId: string, mayTake: (job: Job) => boolean): Promise<void> {
  let isHandedOn = false;
  world.running.add(jobId);
  try {
    const job = await loadJob(world, jobId);
    if (!job || !mayTake(job) || !hasWork(world, job)) return;
    const run = await JobRun.takeOver(world, job);
    isHandedOn = true;
    await workOn(world, run);
  } finally {
    if (!isHandedOn) world.running.delete(jobId);
  }
}

/** Of this process, which is not at work on it; or of one whose lease has run out. */
export const isFree = ({ clock, processId }: World, job: Job): boolean =>
  job.owner === processId || !isLeased(clock, { untilAt: job.leaseUntilAt, longestMs: LONGEST_LEASE_MS });

const waitsForApproval = ({ clientId, approval, finished }: Job) =>
  !finished && clientId === null && approval === 'asked';

function hasWork(world: World, job: Job): boolean {
  const action = actionFor(world, job);
  return action.kind !== 'wait' && action.kind !== 'none';
}
