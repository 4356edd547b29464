import type { Job } from '../../storage/records/job.ts';
import type { AppContext } from '../context.ts';
import { rateOfJob } from './job-rate.ts';
import type { Moment } from './next-action.ts';

/** What a job's next action depends on, besides its steps. */
export const momentOf = (context: AppContext, job: Job): Moment => ({
  now: context.clock.now(),
  deadlineMs: rateOfJob(context, job).deadlineMs,
  isGone: context.book.now().members.get(job.memberId)?.status === 'removed',
});
