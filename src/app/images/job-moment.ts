import { elapsedMs } from '../../book/clock-doubt.ts';
import { checkBurst } from '../../ledger/decide/rules.ts';
import { channelNow } from '../../ledger/lists/channel-ids.ts';
import { DEFAULT_POLICY } from '../../ledger/policy.ts';
import type { State } from '../../ledger/state.ts';
import type { Job } from '../../storage/records/job.ts';
import type { AppContext } from '../context.ts';
import { rateOfJob } from './job-rate.ts';
import type { Moment } from './next-action.ts';

const LATE_MS = 24 * 60 * 60_000;

/** What a job's next action depends on, besides its steps. */
export function momentOf(context: AppContext, job: Job): Moment {
  const { clock } = context;
  const [state, now] = [context.book.now(), clock.now()];
  const { lapseAfterMs } = state.settings ?? DEFAULT_POLICY;
  return {
    now,
    deadlineMs: rateOfJob(context, job).deadlineMs,
    isGone: state.members.get(job.memberId)?.status === 'removed',
    channel: channelOf(state, job),
    isLapsed: elapsedMs(clock, job.askedAt) >= lapseAfterMs,
    isLate: elapsedMs(clock, job.askedAt) >= lapseAfterMs + LATE_MS,
    againAt: job.keptInJobId === undefined ? null : againAt(state, job, now),
  };
}

function channelOf(state: State, { place }: Job): Moment['channel'] {
  const clientId = state.channels.get(channelNow(state, place.channelId));
  if (clientId === undefined) return 'undecided';
  return clientId === null ? 'no_client' : 'client';
}

function againAt(state: State, { memberId }: Job, now: number): number | null {
  const refusal = checkBurst(state, memberId, now)?.refusal;
  return refusal?.reason === 'too_fast' ? refusal.againAt : null;
}
