import { channelNow } from '../../ledger/lists/channel-ids.ts';
import type { Job } from '../../storage/records/job.ts';
import type { Choices, NotRun } from '../../storage/records/job-step.ts';
import type { AppContext } from '../context.ts';
import type { ImageInput } from '../inputs.ts';
import type { PrivateMessage } from '../messenger.ts';
import { onceMarker, putOnceMarker } from '../once/once-markers.ts';
import { syncMember } from '../people/sync-member.ts';
import { directly } from '../requester.ts';
import { differsFrom } from './fitting-requests.ts';
import { guessStage } from './guess-stage.ts';
import { ClaimedJob, loadJob } from './job-lease.ts';
import { momentOf } from './job-moment.ts';
import { waitsForClient } from './next-action.ts';
import { prepareRequest } from './prepare-request.ts';

/** So often the same prompt of one person is kept in vain in one channel. */
const KEPT_MAX = 100;

/**
 * Lets a kept prompt run, by the rules of now, as a job with an id of its own: the ledger has refused this one's for ever. Until
 * its first step is written, nothing of it is; from then on it goes on by itself. Answers true where nothing more is to be kept
 * or said: it runs, or the person has left, or the same was kept before.
 */
export async function runKept(context: AppContext, run: ClaimedJob): Promise<boolean> {
  const { job } = run;
  const { workspace, jobId, memberId } = job;
  if ((await loadJob(context, runIdOf(jobId))) !== null) return true;
  // The rules, and the person, as they are by now.
  await context.book.read();
  await syncMember(context, memberId);
  const isGone = context.book.now().members.get(memberId)?.status === 'removed';
  if (isGone || !(await keepOnce(context, job))) return true;
  const prompt = await context.records.prompts.get({ workspace, jobId });
  if (prompt === null) return true;

  const prepared = await prepareRequest(context, await inputOf(context, job, prompt));
  if (!prepared.ok) {
    await endKept(run, { why: 'refused' });
    return false;
  }
  const { request } = prepared;
  const nowCredits = totalOf(request);
  if (nowCredits > totalOf(job)) {
    const { model, size, quality } = request;
    await endKept(run, { why: 'dearer', model, size, quality, nowCredits });
    return false;
  }
  await ClaimedJob.begin(context, runIdOf(jobId), { prompt, request: { ...request, keptInJobId: jobId } });
  return true;
}

/** The job as which a kept prompt runs. */
export const runIdOf = (jobId: string): string => `${jobId}-bound`;

const totalOf = ({ eachCredits, imagesCount }: Pick<Job, 'eachCredits' | 'imagesCount'>) => eachCredits * imagesCount;

/** Written down before it is told: what was told not to run does not run. */
export const endKept = (run: ClaimedJob, notRun: NotRun): Promise<void> =>
  run.write({ kind: 'declined', ...(run.job.refusal ? { refusal: run.job.refusal } : {}), notRun });

/**
 * What was asked for, in the channel as it is called by now. They typed it long ago, so whether they are still in the channel is
 * looked at, and they are answered directly. The first one in a thread is still the first.
 */
async function inputOf(context: AppContext, job: Job, prompt: string): Promise<ImageInput> {
  const { jobId, memberId, place, imagesCount } = job;
  const { guess, ...chosen } = job.choices ?? choicesBefore(job);
  return {
    deliveryId: runIdOf(jobId),
    requester: directly(memberId),
    place: { ...place, channelId: channelNow(context.book.now(), place.channelId) },
    prompt,
    imagesCount,
    from: 'form',
    ...chosen,
    ...(chosen.stage === null ? { guess: guess ?? (await guessStage(context, { deliveryId: jobId, place })) } : {}),
  };
}

/** Of a job of an earlier version, which did not write down what was chosen. */
function choicesBefore({ model, size, quality, stage, isStageGuessed, namedProjectId }: Job): Choices {
  return {
    options: { model, size, quality },
    stage: isStageGuessed ? null : stage,
    project: namedProjectId,
  };
}

/**
 * Keeps a prompt, unless the same person has the same kept in that channel, or it has run from there: asked for again before there
 * was an answer, it is wanted once. What was kept in vain stands in no other one's way.
 */
export async function keepOnce(context: AppContext, { jobId, contentDigest }: Job): Promise<boolean> {
  for (let keptNo = 1; keptNo <= KEPT_MAX; keptNo += 1) {
    const key = `kept/${contentDigest}/${keptNo}`;
    const keptIn = (await putOnceMarker(context, key, jobId)) === 'put' ? jobId : await onceMarker(context, key);
    if (keptIn === null || keptIn === jobId) return true;
    const other = await loadJob(context, keptIn);
    if (other && waitsForClient(other)) return false;
    if ((await loadJob(context, runIdOf(keptIn))) !== null) return false;
  }
  throw new Error(`the prompt of job ${jobId} was kept too often`);
}

/** Says that a kept prompt will not run, and why. */
export async function notRunNote(
  context: AppContext,
  job: Job & { notRun: NonNullable<Job['notRun']> },
  prompt: string | null,
): Promise<PrivateMessage> {
  const { notRun } = job;
  const head = { kind: 'not_run' as const, channelId: channelNow(context.book.now(), job.place.channelId), prompt };
  switch (notRun.why) {
    case 'no_client':
    case 'lapsed':
      return { ...head, why: notRun.why };
    case 'dearer': {
      const { why, model, size, quality, nowCredits } = notRun;
      const made = { imagesCount: job.imagesCount, model, size, quality };
      const fitting = { ...made, totalCredits: nowCredits, differs: differsFrom(job, made) };
      return { ...head, why, jobId: job.jobId, thenCredits: totalOf(job), fitting };
    }
    case 'refused': {
      const isUnknown = prompt === null || momentOf(context, job).isLate;
      const prepared = isUnknown ? null : await prepareRequest(context, await inputOf(context, job, prompt));
      // What was in the way may be gone since. It did not run all the same.
      return { ...head, why: notRun.why, because: prepared && !prepared.ok ? prepared.note : null };
    }
  }
}
