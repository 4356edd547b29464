import type { JobStep } from './job-step.ts';

/**
 * What the ledger does not need to balance: image jobs, prompts, image bytes, and marks of what was done once. All of it
 * but the jobs' steps can be erased. As in the journal, every race is settled by a unique insert.
 */
export type Records = {
  jobs: Jobs;
  prompts: Prompts;
  images: Images;
  marks: Marks;
  /** As a journal's. */
  trouble?(): Promise<{ kind: 'moved' | 'damaged'; problem: string } | null>;
  /** Reads all of it but the images' bytes; what is wrong with it, or null. */
  check?(): Promise<string | null>;
  close(): Promise<void>;
};

export type Jobs = {
  /** `taken`: a step of this number exists. A step that would leave a gap is refused: that is a bug. */
  append(step: JobStep): Promise<'appended' | 'taken'>;
  /** In order; empty for a job that does not exist. */
  steps(query: { workspace: string; jobId: string }): Promise<JobStep[]>;
  /** Jobs that are not finished, or are to be deleted and are not yet, in order of their ids; `afterJobId` pages on. */
  open(query: { workspace: string; afterJobId?: string; jobsMax: number }): Promise<string[]>;
  /** A member's jobs, newest first. */
  latest(query: { workspace: string; memberId: string; jobsMax: number }): Promise<string[]>;
};

export type Prompts = {
  /** `taken`: the job has a prompt already; it stays. */
  put(prompt: { workspace: string; jobId: string; text: string }): Promise<'put' | 'taken'>;
  /** Null once erased. */
  get(query: { workspace: string; jobId: string }): Promise<string | null>;
  erase(query: { workspace: string; jobId: string }): Promise<void>;
};

export type StoredImage = {
  workspace: string;
  /** `<job id>/<image number>`, as the hold that paid for it. */
  imageId: string;
  contentType: string;
  bytes: Uint8Array;
  costMicroUsd: number;
  madeAt: number;
  expiresAt: number;
};

export type Images = {
  /** `taken`: the image is there already; it stays. */
  put(image: StoredImage): Promise<'put' | 'taken'>;
  get(query: { workspace: string; imageId: string }): Promise<StoredImage | null>;
  erase(query: { workspace: string; imageId: string }): Promise<void>;
  /** Erases what expired by then, at most so many; answers how many it erased. */
  expire(query: { now: number; imagesMax: number }): Promise<number>;
};

/** Things that happen once, from whichever process comes first: a question asked, an owner warned. */
export type Marks = {
  put(mark: { workspace: string; key: string; value: string; at: number }): Promise<'put' | 'taken'>;
  get(query: { workspace: string; key: string }): Promise<string | null>;
  remove(query: { workspace: string; key: string }): Promise<void>;
  /** Erases marks whose keys begin so and that were put before then, at most so many; answers how many it erased. */
  expire(query: ExpiredMarks): Promise<number>;
};

export type ExpiredMarks = { workspace: string; prefix: string; before: number; marksMax: number };

/** Above every key that begins with it: keys have no such character. */
export const endOfPrefix = (prefix: string): string => `${prefix}\uffff`;

/** One record, as it is kept. */
export type Kept =
  | { kind: 'step'; step: JobStep }
  | { kind: 'prompt'; prompt: { workspace: string; jobId: string; text: string } }
  | { kind: 'image'; image: StoredImage }
  | { kind: 'mark'; mark: { workspace: string; key: string; value: string; at: number } };

/** Records that can be moved to another store: everything there is, each job's steps in their order. */
export type MovableRecords = Records & { all(): AsyncIterable<Kept> };

/** `unavailable`, `full`: nothing was written. `uncertain`: it may have been. `corrupt`: not a record of ours. */
export class RecordsFault extends Error {
  override name = 'RecordsFault';
  constructor(
    readonly code: 'unavailable' | 'full' | 'uncertain' | 'corrupt',
    options: { cause?: unknown; message?: string } = {},
  ) {
    super(options.message ?? `records: ${code}`, { cause: options.cause });
  }
}

export const stepGap = ({ stepNo, jobId }: JobStep) => new Error(`step ${stepNo} of ${jobId} has no step before it`);
