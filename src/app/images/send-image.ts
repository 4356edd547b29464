import type { ImageDone, ImageOutcome } from '../../images/image-provider.ts';
import { describe } from '../../ports/describe-error.ts';
import type { Clock } from '../../ports/ports.ts';
import { withTimeout } from '../../ports/with-timeout.ts';
import { imageIdOf } from '../../storage/records/job.ts';
import type { ImageAnswer } from '../../storage/records/job-step.ts';
import { RecordsFault } from '../../storage/records/records.ts';
import type { AppContext } from '../context.ts';
import { noticeOutcome } from '../troubles/notice-outcome.ts';
import { arrivedOf, isStopped, keepArrived } from './arrived-images.ts';
import { drawSending } from './draw-progress.ts';
import { requesterOf, safetyIdOf } from './job-actions.ts';
import type { ClaimedJob } from './job-lease.ts';
import { rateOfJob } from './job-rate.ts';
import { keepImage } from './keep-image.ts';
import { pausedUntil, pauseProvider } from './provider-pauses.ts';
import { noteTime } from './usual-time.ts';

/** How much longer than its deadline a call may take before another worker may take the job. */
const LEASE_MARGIN_MS = 60_000;
/** A provider that does not come back after its deadline is not waited for. */
const LATE_MS = 5_000;
const WRITE_AGAIN_MS = 1_000;

/**
 * One paid call, in its turn. A call that still waits when its requester leaves is not sent, and does not wait on; what has
 * been sent comes to its end.
 */
export async function send(context: AppContext, run: ClaimedJob, imageNo: number): Promise<void> {
  const turn: { is: 'waiting' | 'begun' | 'given_up' } = { is: 'waiting' };
  let giveUp = () => {};
  const left = new Promise<void>((resolve) => {
    giveUp = context.memberRemoved.listen(run.job.memberId, () => {
      if (turn.is !== 'waiting') return;
      turn.is = 'given_up';
      resolve();
    });
  });
  const sent = context.imageQueue.add(async () => {
    if (turn.is !== 'waiting') return;
    turn.is = 'begun';
    await sendNow(context, run, imageNo);
  });
  await Promise.race([sent, left]).finally(giveUp);
  if (turn.is === 'given_up') await run.write(withdrawn(imageNo));
}

/** A pause before it is sent again. It ends early when the requester leaves. */
export async function pauseBeforeSending(
  { clock, memberRemoved }: AppContext,
  run: ClaimedJob,
  ms: number,
): Promise<void> {
  let stopListening = () => {};
  const left = new Promise<void>((resolve) => {
    stopListening = memberRemoved.listen(run.job.memberId, resolve);
  });
  await withTimeout(clock, { ms, work: left, late: () => undefined }).finally(stopListening);
}

const withdrawn = (imageNo: number) =>
  ({ kind: 'answered', imageNo, outcome: { kind: 'withdrawn', detail: 'member_removed' } }) as const;

/**
 * That it is about to be made is written first; its bytes are saved before its outcome is, so that after a crash the bytes
 * prove that it arrived. Where they cannot be saved the picture stays in memory, and the outcome says so. Another process may have removed the person: the ledger is read, not remembered.
 */
async function sendNow(context: AppContext, run: ClaimedJob, imageNo: number): Promise<void> {
  const { members } = await context.book.read();
  if (members.get(run.job.memberId)?.status === 'removed') return await run.write(withdrawn(imageNo));
  const { deadlineMs } = rateOfJob(context, run.job);
  if (context.clock.now() + deadlineMs > (run.job.holdDeadlineAt ?? 0)) {
    return await run.write({ kind: 'answered', imageNo, outcome: { kind: 'rejected', detail: 'waited_too_long' } });
  }
  const waitMs = pausedUntil(context, run.job.model) - context.clock.now();
  if (waitMs > 0) return await run.write({ kind: 'answered', imageNo, outcome: comeBack(waitMs) });
  const attemptId = context.newId();
  await run.write({ kind: 'sending', imageNo, attemptId }, { leaseMs: deadlineMs + LEASE_MARGIN_MS });
  void drawSending(context, run, imageNo);
  const sentAt = context.clock.now();
  const outcome = await outcomeOf(context, run, imageNo);
  const tookMs = Math.max(0, context.clock.now() - sentAt);
  await persist(context, run, async () => {
    const answer = outcome.kind === 'arrived' ? await arrivedNow(context, run, imageNo, outcome) : outcome;
    await run.write({ kind: 'answered', imageNo, outcome: answer });
  });
  if (outcome.kind === 'arrived') await noteTime(context, run.job, tookMs);
}

/** A picture that has arrived is in memory, and nowhere else: so there is a bound to how many wait. */
type Arrived = { kind: 'arrived'; costMicroUsd: number };

async function outcomeOf(context: AppContext, run: ClaimedJob, imageNo: number): Promise<Arrived | ImageAnswer> {
  const outcome = await call(context, run, imageNo);
  if (outcome.kind === 'done') keepArrived(context, imageIdOf(run.job.jobId, imageNo), outcome);
  pauseProvider(context, run.job.model, outcome);
  await noticeOutcome(context, run.job, outcome);
  return outcome.kind === 'done' ? { kind: 'arrived', costMicroUsd: outcome.costMicroUsd } : answerFor(outcome);
}

/**
 * What became of a paid call is known here alone until it is written: where the records are away, it is tried again for as
 * long as this process runs. The person and the log hear of it once.
 */
async function persist(context: AppContext, run: ClaimedJob, write: () => Promise<void>): Promise<void> {
  for (let hasTold = false; ; hasTold = true) {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof RecordsFault) || isStopped(context)) throw error;
      if (!hasTold) await sayThatItWaits(context, run, error);
    }
    await context.clock.sleep(WRITE_AGAIN_MS);
  }
}

async function sayThatItWaits(context: AppContext, { job }: ClaimedJob, error: RecordsFault): Promise<void> {
  const { jobId } = job;
  const reference = context.newReference();
  context.log.error(
    { reference, jobId, error: describe(error) },
    'image outcome waits in memory until the records can be written',
  );
  await context.messenger.tell(requesterOf(context, job), { kind: 'delayed', reference });
}

async function arrivedNow(
  context: AppContext,
  run: ClaimedJob,
  imageNo: number,
  { costMicroUsd }: Arrived,
): Promise<ImageAnswer> {
  const here = arrivedOf(context, imageIdOf(run.job.jobId, imageNo));
  return here ? await arrivedAs(context, run, imageNo, here) : { kind: 'done', costMicroUsd, isKept: false };
}

/** Another image was told to come back later, by the same model: this one does not go there before. */
const comeBack = (retryAfterMs: number): ImageAnswer => ({
  kind: 'transient',
  detail: 'asked_to_wait',
  retryAfterMs,
  isNamed: true,
});

async function call(context: AppContext, run: ClaimedJob, imageNo: number): Promise<ImageOutcome> {
  const { job } = run;
  const { workspace, jobId, size, quality } = job;
  const prompt = await context.records.prompts.get({ workspace, jobId });
  if (prompt === null) return { kind: 'rejected', detail: 'prompt_erased' };
  const rate = rateOfJob(context, job);
  const request = { rate, size, quality, prompt, safetyId: safetyIdOf(context, job), variation: imageNo };
  const deadline = startDeadline(context.clock, rate.deadlineMs);
  try {
    return await Promise.race([context.providers.images.make(request, { signal: deadline.signal }), deadline.late]);
  } finally {
    deadline.stop();
  }
}

/** A signal that aborts at the deadline, and an outcome for a provider that ignores the signal. */
function startDeadline(clock: Clock, deadlineMs: number) {
  const deadline = new AbortController();
  let takeBack = () => {};
  const late = new Promise<ImageOutcome>((resolve) => {
    takeBack = clock.after(deadlineMs, () => {
      deadline.abort();
      takeBack = clock.after(LATE_MS, () => resolve({ kind: 'unknown', detail: 'deadline' }));
    });
  });
  return { signal: deadline.signal, late, stop: () => takeBack() };
}

function answerFor(outcome: Exclude<ImageOutcome, ImageDone>): ImageAnswer {
  switch (outcome.kind) {
    case 'transient': {
      const { kind, detail, retryAfterMs, isNamed } = outcome;
      return { kind, detail, retryAfterMs, ...(isNamed ? { isNamed } : {}) };
    }
    case 'refused':
    case 'rejected':
    case 'account_stop':
    case 'unknown':
      return { kind: outcome.kind, detail: outcome.detail };
  }
}

/** What the step says of an image that arrived: its price, and whether its bytes are stored. */
export async function arrivedAs(
  context: AppContext,
  run: ClaimedJob,
  imageNo: number,
  done: ImageDone,
): Promise<ImageAnswer> {
  const isKept = await keepImage(context, run, imageNo, done);
  const moreCount = done.more?.length ?? 0;
  const { kind, costMicroUsd } = done;
  return { kind, costMicroUsd, ...(isKept ? {} : { isKept }), ...(moreCount > 0 ? { moreCount } : {}) };
}
