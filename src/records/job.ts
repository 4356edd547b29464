import type { Stage } from '../ledger/commands.ts';

/**
 * An image job, written down step by step: a step's number is taken once, so of two processes that want to go on with
 * the same job one comes second and stops. The job itself is what its steps add up to.
 */
export type JobStep = {
  workspace: string;
  jobId: string;
  /** From 0, without gaps. */
  stepNo: number;
  at: number;
  /** The process that wrote it, and until when it alone goes on with the job. */
  owner: string;
  leaseUntilAt: number;
} & JobFact;

export type JobFact =
  | ({ kind: 'asked' } & JobRequest)
  /** Another process goes on with the job, or the same one extends its lease. */
  | { kind: 'claimed' }
  | { kind: 'held'; clientId: string; holdDeadlineAt: number }
  /** The ledger said no; the reason stands on the ledger's line. */
  | { kind: 'declined' }
  | { kind: 'announced'; place: Place }
  /** The channel cannot be posted to; nothing was sent to a provider. */
  | { kind: 'unreachable'; code: string }
  /** Written before the call: from here on it may have been paid for. */
  | { kind: 'sending'; imageNo: number; attemptId: string }
  | { kind: 'answered'; imageNo: number; outcome: ImageAnswer }
  | {
      kind: 'settled';
      imageNo: number;
      as: 'captured' | 'voided' | 'slipped';
      credits: number;
      clientLeftCredits: number | null;
    }
  | { kind: 'uploaded'; imageNo: number; fileId: string }
  /** The message shows how it ended, or that it is being checked. */
  | { kind: 'shown'; place: Place; final: boolean }
  | { kind: 'finished' }
  | { kind: 'deleted'; by: string };

/** Everything about a request but its prompt, which is kept where it can be erased. */
export type JobRequest = {
  memberId: string;
  channelId: string;
  threadTs: string | null;
  /** Where a private sentence goes while it still works: 30 minutes, 5 times. */
  responseUrl: string | null;
  model: string;
  size: string;
  quality: string;
  stage: Stage;
  imagesCount: number;
  eachCredits: number;
  boundMicroUsd: number;
  rateCardId: string;
  contentDigest: string;
};

/** Where a message stands in Slack. */
export type Place = { channelId: string; ts: string };

export type ImageAnswer =
  | { kind: 'done'; costMicroUsd: number }
  | { kind: 'refused' | 'rejected' | 'account_stop'; detail: string }
  /** Whoever asked for it has left before it was sent. */
  | { kind: 'withdrawn'; detail: string }
  | { kind: 'transient'; detail: string; retryAfterMs: number }
  | { kind: 'unknown'; detail: string };

export type Job = JobRequest & {
  workspace: string;
  jobId: string;
  stepsCount: number;
  askedAt: number;
  owner: string;
  leaseUntilAt: number;
  clientId: string | null;
  holdDeadlineAt: number | null;
  declined: boolean;
  place: Place | null;
  unreachable: string | null;
  /** One for each image that was asked for. */
  images: readonly JobImage[];
  shown: 'no' | 'waiting' | 'final';
  finished: boolean;
  deletedBy: string | null;
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

function newJob(step: JobStep & { kind: 'asked' }): Job {
  const { kind: _, stepNo: __, at, ...asked } = step;
  return {
    ...asked,
    stepsCount: 1,
    askedAt: at,
    clientId: null,
    holdDeadlineAt: null,
    declined: false,
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
      return { ...job, clientId: step.clientId, holdDeadlineAt: step.holdDeadlineAt };
    case 'declined':
      return { ...job, declined: true };
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
      return { ...job, deletedBy: step.by };
  }
}

const withImage = (job: Job, imageNo: number, changeImage: (image: JobImage) => JobImage): Job => ({
  ...job,
  images: job.images.map((image) => (image.imageNo === imageNo ? changeImage(image) : image)),
});
