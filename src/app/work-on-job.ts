import type { Job } from '../records/job.ts';
import { describe } from './describe-error.ts';
import { JobRun, JobTaken, loadJob } from './job-run.ts';
import { actionFor, makeImage } from './make-image.ts';
import type { World } from './world.ts';

/**
 * Brings a job as far as it can go now. An approval that comes in the moment in which the job begins to wait for it finds
 * the job at work, and leaves it alone: so the ledger is looked at once more when nobody is at work on it any longer.
 */
export async function workOn(world: World, run: JobRun): Promise<void> {
  const { jobId } = run.job;
  do {
    world.running.add(jobId);
    try {
      await makeImage(world, run);
    } finally {
      world.running.delete(jobId);
    }
  } while (hasWork(world, run.job));
}

/** Takes a job over and goes on with it, unless this process is at work on it; what fails is tried again by the sweeper. */
export async function resumeJob(
  world: World,
  jobId: string,
  { mayTake = () => true }: { mayTake?: (job: Job) => boolean } = {},
): Promise<void> {
  if (world.running.has(jobId)) return;
  world.running.add(jobId);
  try {
    const job = await loadJob(world, jobId);
    if (job && mayTake(job) && hasWork(world, job)) await workOn(world, await JobRun.takeOver(world, job));
  } catch (error) {
    if (error instanceof JobTaken) return;
    world.log.warn({ jobId, error: describe(error) }, 'job not finished, will be tried again');
  } finally {
    world.running.delete(jobId);
  }
}

function hasWork(world: World, job: Job): boolean {
  const action = actionFor(world, job);
  return action.kind !== 'wait' && action.kind !== 'none';
}
