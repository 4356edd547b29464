import type { Job, JobImage } from '../../storage/records/job.ts';

/** What has become of one image, as far as people are concerned. */
export type Fate =
  | 'making'
  | 'made'
  /** Made and charged; Slack does not draw its format, so it is a file below the message. */
  | 'as_file'
  /** Made and charged; its bytes are no longer kept, so it cannot be shown. */
  | 'not_kept'
  | 'refused'
  | 'rejected'
  | 'transient'
  | 'account_stop'
  | 'not_started'
  /** The requester was removed before it was sent. */
  | 'withdrawn'
  /** The outcome is not known yet. */
  | 'checking'
  /** The outcome stays unknown; the agency bears the cost. */
  | 'lost';

export function fateOf({ answer, settled, fileId, inThread }: JobImage): Fate {
  switch (settled?.as) {
    case 'captured':
      if (fileId === null) return 'making';
      if (fileId === '') return 'not_kept';
      return inThread ? 'as_file' : 'made';
    case 'slipped':
      return 'lost';
    case 'voided':
      return answer === null || answer.kind === 'done' || answer.kind === 'unknown' ? 'not_started' : answer.kind;
    case undefined:
      return answer?.kind === 'unknown' ? 'checking' : 'making';
  }
}

/** The numbers of the images that met a fate. */
export const numbersOf = (job: Job, fate: Fate): number[] =>
  job.images.filter((image) => fateOf(image) === fate).map(({ imageNo }) => imageNo);

export const chargedCredits = (job: Job): number =>
  job.images.reduce((sum, { settled }) => sum + (settled?.as === 'captured' ? settled.credits : 0), 0);

/** A job's own holds only ever end, and leave more than before: the most is what the last one left. */
export function clientLeftCredits(job: Job): number | null {
  const left = job.images.flatMap(({ settled }) => settled?.clientLeftCredits ?? []);
  return left.length > 0 ? Math.max(...left) : null;
}
