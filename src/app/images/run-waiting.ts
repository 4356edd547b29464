import { elapsedMs } from '../../book/clock-doubt.ts';
import { channelNow } from '../../ledger/lists/channel-ids.ts';
import { DEFAULT_POLICY } from '../../ledger/policy.ts';
import { describe } from '../../ports/describe-error.ts';
import type { Job } from '../../storage/records/job.ts';
import type { AppContext } from '../context.ts';
import { directly } from '../requester.ts';
import { isFree } from './claim-job.ts';
import { finish, tellOrThrow } from './job-actions.ts';
import { ClaimedJob, JobTaken, loadJob } from './job-lease.ts';
import { waitsForClient } from './next-action.ts';
import { openJobs } from './open-jobs.ts';
import { requestImage } from './request-image.ts';

/** How a prompt that waits for the client of its channel goes on; null while it waits. */
type Waited = 'bound' | 'no_client' | 'lapsed' | 'gone' | null;

/**
 * Runs each prompt that was typed in a channel without a client once the channel has one, by the rules of that moment, and lets
 * it go where it gets none. The sweeper looks at all channels, and a decision about one channel at that one.
 */
export async function runWaiting(context: AppContext, { channelId }: { channelId: string | null }): Promise<void> {
  const here = channelId === null ? null : channelNow(context.book.now(), channelId);
  const begun = new Set<string>();
  for (const jobId of await openJobs(context)) {
    if (context.running.has(jobId)) continue;
    const job = await loadJob(context, jobId);
    if (!job || !waitsForClient(job)) continue;
    if (here !== null && channelNow(context.book.now(), job.place.channelId) !== here) continue;
    const waited = waitedFor(context, job);
    if (waited === null) continue;
    // The same, asked for again before there was an answer, is wanted once.
    const wanted = `${job.memberId} ${job.contentDigest}`;
    await goOn(context, job, waited === 'bound' && begun.has(wanted) ? 'gone' : waited);
    begun.add(wanted);
  }
}

function waitedFor({ book, clock }: AppContext, job: Job): Waited {
  const { channels, members, settings } = book.now();
  if (members.get(job.memberId)?.status === 'removed') return 'gone';
  const clientId = channels.get(channelNow(book.now(), job.place.channelId));
  if (clientId !== undefined) return clientId === null ? 'no_client' : 'bound';
  const { lapseAfterMs } = settings ?? DEFAULT_POLICY;
  return elapsedMs(clock, job.askedAt) >= lapseAfterMs ? 'lapsed' : null;
}

/** What is cut off here is done again: the new request has an id of its own, made of this one's. */
async function goOn(context: AppContext, { jobId }: Job, waited: NonNullable<Waited>): Promise<void> {
  context.running.add(jobId);
  try {
    const job = await loadJob(context, jobId);
    if (!job || job.finished || !isFree(context, job)) return;
    const run = await ClaimedJob.takeOver(context, job);
    const { workspace } = job;
    const prompt = await context.records.prompts.get({ workspace, jobId });
    if (prompt !== null && waited === 'bound') await runNow(context, job, prompt);
    if (waited === 'no_client' || waited === 'lapsed') {
      const channelId = channelNow(context.book.now(), job.place.channelId);
      await tellOrThrow(context, run, { kind: 'not_run', channelId, why: waited, prompt }, context.clock.now());
    }
    await context.records.prompts.erase({ workspace, jobId });
    await finish(run);
  } catch (error) {
    if (!(error instanceof JobTaken)) {
      context.log.warn({ jobId, error: describe(error) }, 'waiting prompt not run, sweeper will retry');
    }
  } finally {
    context.running.delete(jobId);
  }
}

/** They typed it long ago, so what is to be said reaches them directly. */
async function runNow(context: AppContext, job: Job, prompt: string): Promise<void> {
  const { jobId, memberId, place, model, size, quality, imagesCount, stage, isStageGuessed, namedProjectId } = job;
  await requestImage(context, {
    deliveryId: `${jobId}-bound`,
    requester: directly(memberId),
    place: { ...place, channelId: channelNow(context.book.now(), place.channelId) },
    prompt,
    options: { model, size, quality },
    imagesCount,
    from: 'channel',
    stage: isStageGuessed ? null : stage,
    project: namedProjectId,
  });
}
