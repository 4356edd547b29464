import PQueue from 'p-queue';
import type { Job } from '../../storage/records/job.ts';
import type { AppContext } from '../context.ts';
import { resumeJob } from './claim-job.ts';

/** Most of them wait for Slack or a provider, and the calls to providers have a bound of their own. */
const JOBS_AT_ONCE = 50;
const JOBS_A_PAGE = 500;

/** Goes on with every open job that may be taken. Resolves when none of them has anything left to do now. */
export async function resumeJobs(context: AppContext, { mayTake }: { mayTake: (job: Job) => boolean }): Promise<void> {
  const queue = new PQueue({ concurrency: JOBS_AT_ONCE });
  for (const jobId of await openJobs(context)) void queue.add(() => resumeJob(context, jobId, { mayTake }));
  await queue.onIdle();
}

/** All of them: jobs that are stuck must not hide those behind them. */
async function openJobs({ records, book }: AppContext): Promise<string[]> {
  const { workspace } = book;
  const jobIds: string[] = [];
  for (;;) {
    const page = await records.jobs.open({ workspace, afterJobId: jobIds.at(-1) ?? '', jobsMax: JOBS_A_PAGE });
    jobIds.push(...page);
    if (page.length < JOBS_A_PAGE) return jobIds;
  }
}
