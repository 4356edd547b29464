import type { Job, JobImage } from './job.ts';
import type { JobStep } from './job-step.ts';

/** The job that the steps add up to; null where there are none. */
export function foldJob(steps: readonly JobStep[]): Job | null {
  const [first] = steps;
  if (first?.kind !== 'asked') return null;
  const job = newJob(first);
  for (let index = 1; index < steps.length; index += 1) take(job, steps[index] as JobStep);
  return job;
}

/** Field by field, in one literal: to copy some fields of an object takes V8 longer than to fold all steps of a job. */
function newJob(step: JobStep & { kind: 'asked' }): Job {
  const { workspace, jobId, at, owner, leaseUntilAt } = step;
  const { memberId, place, replyTo, model, size, quality, stage, isStageGuessed, namedProjectId, insteadOf } = step;
  const { imagesCount, eachCredits, boundMicroUsd, rateCardId, rate, pricing, contentDigest, choices, keptInJobId } =
    step;
  return {
    workspace,
    jobId,
    owner,
    leaseUntilAt,
    memberId,
    place,
    replyTo,
    model,
    size,
    quality,
    stage,
    ...(isStageGuessed ? { isStageGuessed } : {}),
    namedProjectId,
    insteadOf,
    imagesCount,
    eachCredits,
    boundMicroUsd,
    rateCardId,
    ...(rate ? { rate } : {}),
    ...(pricing ? { pricing } : {}),
    contentDigest,
    ...(choices ? { choices } : {}),
    ...(keptInJobId === undefined ? {} : { keptInJobId }),
    stepsCount: 1,
    askedAt: at,
    wantedAt: at,
    clientId: null,
    projectId: null,
    holdDeadlineAt: null,
    declined: false,
    refusal: null,
    toldDeclined: false,
    notRun: null,
    keptUntilAt: null,
    approval: 'none',
    messagePlace: null,
    unreachable: null,
    images: Array.from({ length: step.imagesCount }, (_each, index) => ({
      imageNo: index + 1,
      attempts: 0,
      waits: 0,
      notBeforeAt: null,
      sending: false,
      answer: null,
      settled: null,
      fileId: null,
      inThread: false,
      moreFileIds: [],
    })),
    shown: 'no',
    finished: false,
    deletedBy: null,
    erasingSinceAt: null,
  };
}

/** The job after one more step. */
export function addStep(job: Job, step: JobStep): Job {
  const next = { ...job };
  take(next, step);
  return next;
}

/** Changes the job in place: only the fold has it yet. */
function take(job: Job, step: JobStep): void {
  job.owner = step.owner;
  job.leaseUntilAt = step.leaseUntilAt;
  job.stepsCount = step.stepNo + 1;
  switch (step.kind) {
    case 'asked':
    case 'claimed':
      return;
    case 'held':
      job.clientId = step.clientId;
      job.projectId = step.projectId;
      job.holdDeadlineAt = step.holdDeadlineAt;
      job.wantedAt = step.approvedAt ?? job.wantedAt;
      return;
    case 'asking':
    case 'everybody_asked':
      job.approval = step.kind === 'asking' ? 'asking' : 'asked';
      return;
    case 'declined':
      job.declined = true;
      job.refusal = step.refusal ?? null;
      job.notRun = step.notRun ? { ...step.notRun, at: step.at } : null;
      job.toldDeclined = false;
      return;
    case 'told_declined':
      job.toldDeclined = true;
      job.keptUntilAt = step.keptUntilAt ?? null;
      return;
    case 'announced':
      job.messagePlace = step.place;
      return;
    case 'unreachable':
      job.unreachable = step.code;
      return;
    case 'sending':
      changeImage(job, step, ({ attempts }) => ({ sending: true, answer: null, attempts: attempts + 1 }));
      return;
    case 'answered':
      changeImage(job, step, (image) => ({ sending: false, answer: step.outcome, ...waitFor(step, image) }));
      return;
    case 'settled': {
      const { as, credits, clientLeftCredits } = step;
      changeImage(job, step, () => ({ settled: { as, credits, clientLeftCredits } }));
      return;
    }
    case 'uploaded': {
      const { fileId, inThread = false, moreFileIds = [] } = step;
      changeImage(job, step, () => ({ fileId, inThread, moreFileIds }));
      return;
    }
    case 'shown':
      job.messagePlace = step.place;
      job.shown = step.final ? 'final' : 'waiting';
      return;
    case 'finished':
      job.finished = true;
      return;
    case 'deleted':
      job.deletedBy = step.by;
      job.erasingSinceAt = step.at;
      return;
    case 'deletion_ended':
      job.erasingSinceAt = null;
      return;
  }
}

/** Counted from when it was said, so that a restart changes nothing. */
function waitFor({ at, outcome }: JobStep & { kind: 'answered' }, { waits, sending }: JobImage): Partial<JobImage> {
  if (outcome.kind !== 'transient') return { notBeforeAt: null };
  return { notBeforeAt: at + outcome.retryAfterMs, waits: waits + (outcome.isNamed && sending ? 1 : 0) };
}

/** Images are shared with the jobs before: each change makes a new one. */
function changeImage(job: Job, { imageNo }: { imageNo: number }, changed: (image: JobImage) => Partial<JobImage>) {
  job.images = job.images.map((image) => (image.imageNo === imageNo ? { ...image, ...changed(image) } : image));
}
