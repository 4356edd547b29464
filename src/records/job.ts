import type { Refusal } from '../ledger/refusals.ts';
import type { ImageAnswer, JobRequest, JobStep, Place } from './job-step.ts';

export type * from './job-step.ts';

export type Job = JobRequest & {
  workspace: string;
  jobId: string;
  stepsCount: number;
  askedAt: number;
  /** Since when it may be made: since it was asked for, or since it was approved. */
  wantedAt: number;
  owner: string;
  leaseUntilAt: number;
  clientId: string | null;
  /** What its credits were held for besides the client. */
  projectId: string | null;
  holdDeadlineAt: number | null;
  declined: boolean;
  /** Null where it was not declined, or by an earlier version. */
  refusal: Refusal | null;
  approval: 'none' | 'asking' | 'asked';
  place: Place | null;
  unreachable: string | null;
  /** One for each image that was asked for. */
  images: readonly JobImage[];
  shown: 'no' | 'waiting' | 'final';
  finished: boolean;
  deletedBy: string | null;
  /** Since when it is to be taken away; null while it is not, and once that has ended. */
  erasingSinceAt: number | null;
};

export type JobImage = {
  imageNo: number;
  attempts: number;
  sending: boolean;
  answer: ImageAnswer | null;
  settled: { as: 'captured' | 'voided' | 'slipped'; credits: number; clientLeftCredits: number | null } | null;
  fileId: string | null;
};

/** The id of an image, and of the hold that pays for it. */
export const imageIdOf = (jobId: string, imageNo: number) => `${jobId}/${imageNo}`;

/** The job that the steps add up to; null where there are none. */
export function foldJob(steps: readonly JobStep[]): Job | null {
  const [first, ...later] = steps;
  if (first?.kind !== 'asked') return null;
  return later.reduce(addStep, newJob(first));
}

/** Field by field, in one literal: to copy some fields of an object takes V8 longer than to fold all steps of a job. */
function newJob(step: JobStep & { kind: 'asked' }): Job {
  const { workspace, jobId, at, owner, leaseUntilAt } = step;
  const { memberId, channelId, threadTs, responseUrl, model, size, quality, stage, namedProjectId, insteadOf } = step;
  const { imagesCount, eachCredits, boundMicroUsd, rateCardId, contentDigest } = step;
  return {
    workspace,
    jobId,
    owner,
    leaseUntilAt,
    memberId,
    channelId,
    threadTs,
    responseUrl,
    model,
    size,
    quality,
    stage,
    namedProjectId,
    insteadOf,
    imagesCount,
    eachCredits,
    boundMicroUsd,
    rateCardId,
    contentDigest,
    stepsCount: 1,
    askedAt: at,
    wantedAt: at,
    clientId: null,
    projectId: null,
    holdDeadlineAt: null,
    declined: false,
    refusal: null,
    approval: 'none',
    place: null,
    unreachable: null,
    images: Array.from({ length: step.imagesCount }, (_each, index) => ({
      imageNo: index + 1,
      attempts: 0,
      sending: false,
      answer: null,
      settled: null,
      fileId: null,
    })),
    shown: 'no',
    finished: false,
    deletedBy: null,
    erasingSinceAt: null,
  };
}

/** The job after one more step. */
export function addStep(job: Job, step: JobStep): Job {
  const { owner, leaseUntilAt } = step;
  return { ...change(job, step), owner, leaseUntilAt, stepsCount: step.stepNo + 1 };
}

function change(job: Job, step: JobStep): Job {
  switch (step.kind) {
    case 'asked':
    case 'claimed':
      return job;
    case 'held':
      return {
        ...job,
        clientId: step.clientId,
        projectId: step.projectId,
        holdDeadlineAt: step.holdDeadlineAt,
        wantedAt: step.approvedAt ?? job.wantedAt,
      };
    case 'asking':
      return { ...job, approval: 'asking' };
    case 'everybody_asked':
      return { ...job, approval: 'asked' };
    case 'declined':
      return { ...job, declined: true, refusal: step.refusal ?? null };
    case 'announced':
      return { ...job, place: step.place };
    case 'unreachable':
      return { ...job, unreachable: step.code };
    case 'sending':
      return withImage(job, step.imageNo, (image) => ({
        ...image,
        sending: true,
        answer: null,
        attempts: image.attempts + 1,
      }));
    case 'answered':
      return withImage(job, step.imageNo, (image) => ({ ...image, sending: false, answer: step.outcome }));
    case 'settled': {
      const { as, credits, clientLeftCredits } = step;
      return withImage(job, step.imageNo, (image) => ({ ...image, settled: { as, credits, clientLeftCredits } }));
    }
    case 'uploaded':
      return withImage(job, step.imageNo, (image) => ({ ...image, fileId: step.fileId }));
    case 'shown':
      return { ...job, place: step.place, shown: step.final ? 'final' : 'waiting' };
    case 'finished':
      return { ...job, finished: true };
    case 'deleted':
      return { ...job, deletedBy: step.by, erasingSinceAt: step.at };
    case 'deletion_ended':
      return { ...job, erasingSinceAt: null };
  }
}

const withImage = (job: Job, imageNo: number, changeImage: (image: JobImage) => JobImage): Job => ({
  ...job,
  images: job.images.map((image) => (image.imageNo === imageNo ? changeImage(image) : image)),
});
