import type { Job } from '../../storage/records/job.ts';
import type { World } from '../context.ts';
import { rateOf } from './job-rate.ts';
import type { Moment } from './next-action.ts';

/** What a job's next action depends on, besides its steps. */
export const momentOf = (world: World, job: Job): Moment => ({
  now: world.clock.now(),
  deadlineMs: rateOf(world, job).deadlineMs,
  isGone: world.book.now().members.get(job.memberId)?.status === 'removed',
});
