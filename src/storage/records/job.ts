import type { Refusal } from '../../ledger/refusals.ts';
import type { ImageAnswer, JobRequest, MessagePlace, NotRun } from './job-step.ts';

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
  /** Told why it was not made: of a kept prompt first that it is kept, and once more that it will not run. */
  toldDeclined: boolean;
  notRun: (NotRun & { at: number }) | null;
  /** Until when a declined request keeps its prompt; null where it keeps none. */
  keptUntilAt: number | null;
  approval: 'none' | 'asking' | 'asked';
  messagePlace: MessagePlace | null;
  unreachable: string | null;
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
  /** Attempts that were only told to come back later. */
  waits: number;
  /** When it may be sent again; null where that was not said. */
  notBeforeAt: number | null;
  sending: boolean;
  answer: ImageAnswer | null;
  settled: { as: 'captured' | 'voided' | 'slipped'; credits: number; clientLeftCredits: number | null } | null;
  fileId: string | null;
  /** The file stands below the message, because Slack does not draw it. */
  inThread: boolean;
  moreFileIds: readonly string[];
};

/** The id of an image, and of the hold that pays for it. */
export const imageIdOf = (jobId: string, imageNo: number) => `${jobId}/${imageNo}`;
