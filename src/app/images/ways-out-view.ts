import type { Job } from '../../storage/records/job.ts';

/** What a request may be made of: of a refused one, and of one that fits instead. */
export type Made = Pick<Job, 'imagesCount' | 'model' | 'size' | 'quality'>;

/** A request that would be made now. `differs`: in what from the one that was refused. */
export type FittingRequest = Made & { totalCredits: number; differs: readonly (keyof Made)[] };

/** What a person can do by a click about a request that was refused. */
export type WaysOut = {
  /** The refused request: it keeps the prompt for an hour. */
  jobId: string;
  instead: readonly FittingRequest[];
  ask: Askable | null;
  /** The person may make no images: an owner can give them a role. */
  role: boolean;
  /** Another project of the client, or none, may have credits for it. */
  otherProject: boolean;
};

/** Who decides about it. `name`: of the one person who does; null where there are several, or Slack did not say it. */
export type Askable = { askedIds: readonly string[]; who: 'manager' | 'owner'; name: string | null };
