import { elapsedMs, makeSureOfTime } from '../../book/clock-doubt.ts';
import type { HoldCredits } from '../../ledger/commands/commands.ts';
import { contentHash } from '../../ports/content-hash.ts';
import { DeliveryFault } from '../../ports/ports.ts';
import { isAnswerTaken } from '../../ports/reply-address.ts';
import { imageIdOf, type Job } from '../../storage/records/job.ts';
import { warnOfLimits } from '../approvals/warn-of-limits.ts';
import { withChannelNow } from '../clients/channel-changes.ts';
import type { AppContext } from '../context.ts';
import type { PrivateMessage } from '../messenger.ts';
import { messageOnce } from '../once/message-once.ts';
import { syncMember } from '../people/sync-member.ts';
import type { Requester } from '../requester.ts';
import { isHeldUp, progressDrawn } from './draw-progress.ts';
import type { ClaimedJob } from './job-lease.ts';
import { rateOfJob } from './job-rate.ts';
import { jobView } from './job-view.ts';
import { noteMessage } from './mark-by-reaction.ts';
import { redrawSaid } from './redraw-said.ts';
import { toldKey } from './told-key.ts';
import { answered } from './under-way.ts';

/** A request that waited longer than this, through a crash or an outage, is no longer what anybody is waiting for. */
const STILL_WANTED_MS = 10 * 60_000;
/** On top of what the provider may take: queueing, retries, and a look at what became of an unknown outcome. */
const HOLD_MARGIN_MS = 5 * 60_000;
/** How long a private sentence, or the message with the images, is tried to be delivered. */
const TELL_FOR_MS = 24 * 60 * 60_000;
const SHOW_FOR_MS = TELL_FOR_MS;
/** A person who typed a command looks there for its answer for about so long. */
const PROMPT_MS = 60_000;

export async function hold(context: AppContext, run: ClaimedJob): Promise<void> {
  const { job } = run;
  // A request that waits on the ledger is waited for, however long ago this process died before it wrote that down.
  const wasKept = job.keptInJobId !== undefined;
  const isLate = !isStillWanted(context, job.wantedAt, wasKept ? SHOW_FOR_MS : STILL_WANTED_MS);
  if (isLate && !(await context.book.read()).requests.has(job.jobId)) {
    answered(context, job);
    return await giveUp(context, run);
  }
  await makeSureOfTime(context);
  const answer = await context.book.submit(holdCommand(context, job)).finally(() => answered(context, job));
  // Of many that were kept some wait for their turn, for a day: nothing was written, and the same is asked again.
  if (!answer.ok && answer.refusal.reason === 'too_fast' && wasKept) return;
  if (!answer.ok) return await run.write({ kind: 'declined', refusal: answer.refusal });
  const { line } = answer;
  if (line.kind === 'asked') return await run.write({ kind: 'asking' });
  if (line.kind !== 'held') throw new Error(`job ${job.jobId} was answered by a line that says ${line.kind}`);
  if (line.warnings.length > 0) await warnOfLimits(context, line);
  const { clientId, projectId, deadlineAt: holdDeadlineAt } = line;
  await run.write({ kind: 'held', clientId, projectId, holdDeadlineAt });
}

/** The command has the job's id: sent again after a crash, it is answered as it was. */
export const holdCommand = (context: AppContext, job: Job): HoldCredits & { commandId: string; by: string } => ({
  commandId: job.jobId,
  by: job.memberId,
  kind: 'hold',
  imagesCount: job.imagesCount,
  eachCredits: job.eachCredits,
  channelId: job.place.channelId,
  threadTs: job.place.threadId,
  projectId: job.namedProjectId,
  work: {
    model: job.model,
    size: job.size,
    quality: job.quality,
    stage: job.stage,
    ...(job.isStageGuessed ? { isStageGuessed: true } : {}),
    rateCardId: job.rateCardId,
    boundMicroUsd: job.boundMicroUsd,
  },
  timeoutMs: rateOfJob(context, job).deadlineMs * job.imagesCount + HOLD_MARGIN_MS,
  contentDigest: job.contentDigest,
});

export const isStillWanted = ({ clock }: AppContext, wantedAt: number, withinMs = STILL_WANTED_MS): boolean =>
  elapsedMs(clock, wantedAt) <= withinMs;

export async function giveUp(context: AppContext, run: ClaimedJob, sinceAt = run.job.wantedAt): Promise<void> {
  const { job } = run;
  const state = await context.book.read();
  for (const { imageNo } of job.images) {
    const holdId = imageIdOf(job.jobId, imageNo);
    if (!state.holds.has(holdId)) continue;
    await context.book.submit({
      commandId: `${holdId}/void`,
      by: 'inkwell',
      kind: 'void',
      holdId,
      reason: 'not_started',
    });
  }
  const prompt = await context.records.prompts.get({ workspace: job.workspace, jobId: job.jobId });
  await tellThenFinish(context, run, { kind: 'too_late', prompt }, sinceAt);
}

/** Nothing is sent to a provider before there is a message that the result can be drawn into. */
export async function announce(context: AppContext, run: ClaimedJob): Promise<void> {
  const { job } = run;
  const view = { ...(await jobView(context, job)), isHeldUp: isHeldUp(context, run) };
  const announced = await context.messenger.announce(view, { in: 'channel' });
  switch (announced.kind) {
    case 'posted':
      await noteMessage(context, job.jobId, announced.place);
      return await run.write({ kind: 'announced', place: announced.place });
    case 'unreachable':
      return await run.write({ kind: 'unreachable', code: announced.code });
    case 'failed':
      if (context.clock.now() < (job.holdDeadlineAt ?? 0)) throw new DeliveryFault(announced.code);
      return await run.write({ kind: 'unreachable', code: announced.code });
  }
}

export async function tellUnreachable(context: AppContext, run: ClaimedJob): Promise<void> {
  const { unreachable: code, place, workspace, jobId } = withChannelNow(context, run.job);
  const { channelId } = place;
  const prompt = await context.records.prompts.get({ workspace, jobId });
  await tellThenFinish(context, run, { kind: 'unreachable', code: code ?? 'unknown', channelId, prompt });
}

/** Where the message or its channel is gone, the images go to the person directly: they are paid for. */
export async function show(context: AppContext, run: ClaimedJob, { final }: { final: boolean }): Promise<void> {
  const { messagePlace: place } = run.job;
  if (!place) throw new Error(`job ${run.job.jobId} has no message`);
  // Else Slack might get it later, and it would stand in the place of the images.
  await progressDrawn(run);
  const view = await jobView(context, run.job);
  const drawn = await context.messenger.redraw(view, place);
  switch (drawn.kind) {
    case 'drawn':
      // Its buttons were there before, and may have been clicked while this was being drawn.
      if (run.job.shown === 'waiting') await redrawSaid(context, run.job.jobId, null);
      return await run.write({ kind: 'shown', place, final });
    case 'failed':
      if (elapsedMs(context.clock, run.job.wantedAt) < SHOW_FOR_MS) throw new DeliveryFault(drawn.code);
      context.log.error({ jobId: run.job.jobId, code: drawn.code }, 'message not drawn for a day, giving up');
      return await run.write({ kind: 'shown', place, final: true });
    case 'gone': {
      const elsewhere = await context.messenger.announce(view, { in: 'direct_message' });
      if (elsewhere.kind === 'posted') {
        await noteMessage(context, run.job.jobId, elsewhere.place);
        return await run.write({ kind: 'announced', place: elsewhere.place });
      }
      if (elsewhere.kind === 'failed') throw new DeliveryFault(elsewhere.code);
      context.log.warn({ jobId: run.job.jobId, code: elsewhere.code }, 'this job can no longer be shown anywhere');
      return await run.write({ kind: 'shown', place, final: true });
    }
  }
}

export const finish = (run: ClaimedJob): Promise<void> => run.write({ kind: 'finished' });

/** May be said twice if the process dies between the two: better than not at all. */
export async function tellThenFinish(
  context: AppContext,
  run: ClaimedJob,
  note: PrivateMessage,
  sinceAt = run.job.wantedAt,
): Promise<void> {
  await tellOrThrow(context, run, note, sinceAt);
  await finish(run);
}

export async function tellOrThrow(
  context: AppContext,
  run: ClaimedJob,
  note: PrivateMessage,
  sinceAt: number,
): Promise<void> {
  const { job } = run;
  const to = requesterOf(context, job);
  const told = isAwaited(context, { job, note })
    ? await messageOnce(context, { key: toldKey(job.jobId, note.kind), to, note })
    : await context.messenger.tell(to, note);
  // Slack takes no message for a deactivated person. Its event about that may have been lost.
  if (told.kind === 'failed') await syncMember(context, job.memberId);
  const isGone = context.book.now().members.get(job.memberId)?.status === 'removed';
  const trying = !isGone && elapsedMs(context.clock, sinceAt) < TELL_FOR_MS;
  if (told.kind === 'failed' && trying) throw new DeliveryFault(told.code);
}

/** What comes later than the answer to a command is not looked for where it was typed. A direct message is posted once in any case. */
const isAwaited = ({ clock }: AppContext, { job, note }: { job: Job; note: PrivateMessage }): boolean =>
  job.replyTo === null ||
  note.kind === 'images_ended' ||
  note.kind === 'not_run' ||
  job.approval !== 'none' ||
  elapsedMs(clock, job.wantedAt) > PROMPT_MS;

/** The person who asked, without an address that Slack takes no answers at any more. */
export function requesterOf({ clock }: AppContext, { memberId, replyTo, askedAt }: Job): Requester {
  if (replyTo === null || isAnswerTaken(askedAt, clock.now())) return { memberId, replyTo };
  return { memberId, replyTo: { ...replyTo, responseUrl: null } };
}

/** What a provider sees instead of a member. */
export const safetyIdOf = ({ settings }: AppContext, job: Job): string =>
  contentHash({ key: settings.safetyKey, workspace: job.workspace, memberId: job.memberId });
