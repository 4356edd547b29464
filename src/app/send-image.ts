import type { ImageDone, ImageOutcome } from '../images/image-maker.ts';
import { type ImageAnswer, imageIdOf } from '../records/job.ts';
import { keepArrived } from './arrived.ts';
import { safetyIdOf } from './job-actions.ts';
import type { JobRun } from './job-run.ts';
import { keepImage } from './keep-image.ts';
import { leaveAlone, leftAloneUntil } from './leave-alone.ts';
import type { Clock } from './ports.ts';
import { rateOf } from './rate-of.ts';
import { noticeOutcome } from './troubles/notice-outcome.ts';
import { within } from './within.ts';
import type { World } from './world.ts';

/** How much longer than its deadline a call may be on its way before somebody else may look after the job. */
const LEASE_MARGIN_MS = 60_000;
/** A maker that does not come back after its deadline is not waited for. */
const LATE_MS = 5_000;

/**
 * One paid call, in its turn. What still waits when whoever asked for it leaves is not sent, and does not wait on; what has
 * been sent comes to its end.
 */
export async function send(world: World, run: JobRun, imageNo: number): Promise<void> {
  const turn: { is: 'waiting' | 'begun' | 'given_up' } = { is: 'waiting' };
  let giveUp = () => {};
  const left = new Promise<void>((resolve) => {
    giveUp = world.departures.listen(run.job.memberId, () => {
      if (turn.is !== 'waiting') return;
      turn.is = 'given_up';
      resolve();
    });
  });
  const sent = world.makerQueue.add(async () => {
    if (turn.is !== 'waiting') return;
    turn.is = 'begun';
    await sendNow(world, run, imageNo);
  });
  await Promise.race([sent, left]).finally(giveUp);
  if (turn.is === 'given_up') await run.write(withdrawn(imageNo));
}

/** A pause before it is sent again, which ends early when whoever asked for it leaves. */
export async function pauseBeforeSending({ clock, departures }: World, run: JobRun, ms: number): Promise<void> {
  let stopListening = () => {};
  const left = new Promise<void>((resolve) => {
    stopListening = departures.listen(run.job.memberId, resolve);
  });
  await within(clock, { ms, work: left, late: () => undefined }).finally(stopListening);
}

const withdrawn = (imageNo: number) =>
  ({ kind: 'answered', imageNo, outcome: { kind: 'withdrawn', detail: 'member_removed' } }) as const;

/**
 * That it is about to be made is written first; its bytes are saved before its outcome is, so that after a crash the bytes
 * prove that it arrived. Where they cannot be saved the picture stays in memory, and the outcome says so. Another process may have removed the person: the ledger is read, not remembered.
 */
async function sendNow(world: World, run: JobRun, imageNo: number): Promise<void> {
  const { members } = await world.book.read();
  if (members.get(run.job.memberId)?.status === 'removed') return await run.write(withdrawn(imageNo));
  const { deadlineMs } = rateOf(world, run.job);
  if (world.clock.now() + deadlineMs > (run.job.holdDeadlineAt ?? 0)) {
    return await run.write({ kind: 'answered', imageNo, outcome: { kind: 'rejected', detail: 'waited_too_long' } });
  }
  const waitMs = leftAloneUntil(world, run.job.model) - world.clock.now();
  if (waitMs > 0) return await run.write({ kind: 'answered', imageNo, outcome: comeBack(waitMs) });
  const attemptId = world.newId();
  await run.write({ kind: 'sending', imageNo, attemptId }, { leaseMs: deadlineMs + LEASE_MARGIN_MS });
  const outcome = await call(world, run, imageNo);
  leaveAlone(world, run.job.model, outcome);
  await noticeOutcome(world, run.job, outcome);
  await run.write({ kind: 'answered', imageNo, outcome: await answerFor(world, run, { imageNo, outcome }) });
}

/** Another image was told to come back later, by the same model: this one does not go there before. */
const comeBack = (retryAfterMs: number): ImageAnswer => ({
  kind: 'transient',
  detail: 'asked_to_wait',
  retryAfterMs,
  isNamed: true,
});

async function call(world: World, run: JobRun, imageNo: number): Promise<ImageOutcome> {
  const { job } = run;
  const { workspace, jobId, model, size, quality } = job;
  const prompt = await world.records.prompts.get({ workspace, jobId });
  if (prompt === null) return { kind: 'rejected', detail: 'prompt_erased' };
  const request = { model, size, quality, prompt, safetyId: safetyIdOf(world, job), variation: imageNo };
  const { deadlineMs } = rateOf(world, job);
  const deadline = startDeadline(world.clock, deadlineMs);
  try {
    return await Promise.race([world.makers.maker.make(request, { signal: deadline.signal }), deadline.late]);
  } finally {
    deadline.stop();
  }
}

/** A signal that aborts at the deadline, and an outcome for whoever does not listen to it. */
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

/** What the step says: of an image that arrived its price, and whether its bytes are stored. */
async function answerFor(
  world: World,
  run: JobRun,
  { imageNo, outcome }: { imageNo: number; outcome: ImageOutcome },
): Promise<ImageAnswer> {
  switch (outcome.kind) {
    case 'done':
      keepArrived(world, imageIdOf(run.job.jobId, imageNo), outcome);
      return await arrivedAs(world, run, imageNo, outcome);
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

export async function arrivedAs(world: World, run: JobRun, imageNo: number, done: ImageDone): Promise<ImageAnswer> {
  const isKept = await keepImage(world, run, imageNo, done);
  const moreCount = done.more?.length ?? 0;
  const { kind, costMicroUsd } = done;
  return { kind, costMicroUsd, ...(isKept ? {} : { isKept }), ...(moreCount > 0 ? { moreCount } : {}) };
}
