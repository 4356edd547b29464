import type { Job } from '../../storage/records/job.ts';
import { credits, list } from '../../words/figures.ts';
import { type Fate, numbersOf } from './image-fate.ts';

/** In the order in which people want to know. */
const ENDINGS = [
  'checking',
  'refused',
  'rejected',
  'transient',
  'account_stop',
  'not_started',
  'withdrawn',
  'lost',
  'not_kept',
  'as_file',
] as const satisfies readonly Exclude<Fate, 'making' | 'made'>[];

/**
 * A sentence for each way in which images of a job ended without being shown, and what it means for the credits. People
 * of the client may read it: nothing about the agency's accounts or costs.
 */
export function endings(job: Job): string[] {
  return ENDINGS.flatMap((fate) => {
    const numbers = numbersOf(job, fate);
    return numbers.length > 0 ? [sentence(fate, job, numbers)] : [];
  });
}

function sentence(fate: (typeof ENDINGS)[number], job: Job, numbers: readonly number[]): string {
  const subject = subjectOf(numbers, job.imagesCount);
  const one = numbers.length === 1;
  const was = one ? 'was' : 'were';
  switch (fate) {
    case 'checking': {
      const held = numbers.length * job.eachCredits;
      const stays = `Until then, ${credits(held)} ${held === 1 ? 'stays' : 'stay'} on hold.`;
      const checking = `Inkwell is checking whether ${lower(subject)} ${was} made.`;
      return held === 0 ? `${checking} Not charged.` : `${checking} ${stays}`;
    }
    case 'refused':
      return `The provider’s content policy blocked ${lower(subject)}. Not charged.`;
    case 'rejected':
      return `${subject} couldn’t be made: the image service rejected the request. Not charged.`;
    case 'transient': {
      const waitMs = longestWaitMs(job, numbers);
      if (waitMs > 0) {
        return `${subject} couldn’t be made: the image service is busy and asks to wait ${duration(waitMs)}. Not charged. Ask again after that.`;
      }
      return `${subject} couldn’t be made: the image service was too busy. Not charged.`;
    }
    case 'account_stop':
      return `${subject} couldn’t be made: the image service isn’t available right now. Not charged.`;
    case 'not_started':
      return `${subject} ${one ? 'wasn’t' : 'weren’t'} started. Not charged.`;
    case 'withdrawn':
      return `${subject} ${was} canceled before ${one ? 'it' : 'they'} started. Not charged.`;
    case 'lost':
      return `Inkwell couldn’t confirm whether ${lower(subject)} ${was} made. Not charged.`;
    case 'as_file':
      return `Slack can’t show ${lower(subject)} in a message, so ${one ? 'it’s a file' : 'they’re files'} in the thread, to open or download.`;
    case 'not_kept':
      return `${subject} ${was} made and charged but can’t be shown: Slack rejected the ${one ? 'file' : 'files'}, or Inkwell no longer keeps ${one ? 'it' : 'them'}. Owners can see why in the log.`;
  }
}

function subjectOf(numbers: readonly number[], imagesCount: number): string {
  if (imagesCount === 1) return 'The image';
  if (numbers.length === imagesCount) return `All ${imagesCount} images`;
  return numbers.length === 1 ? `Image ${numbers[0]}` : `Images ${list(numbers.map(String))}`;
}

const lower = (subject: string) => subject.charAt(0).toLowerCase() + subject.slice(1);

/** What the image service has named as a time to wait, the longest of these images. */
function longestWaitMs(job: Job, numbers: readonly number[]): number {
  const waits = job.images.map(({ imageNo, answer }) =>
    numbers.includes(imageNo) && answer?.kind === 'transient' && answer.isNamed ? answer.retryAfterMs : 0,
  );
  return Math.max(0, ...waits);
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

/** As exact as anybody plans by. */
function duration(ms: number): string {
  const minutes = Math.ceil(ms / MINUTE_MS);
  if (minutes === 1) return 'a minute';
  if (minutes < 120) return `${minutes} minutes`;
  return minutes < 2 * DAY_MINUTES ? `${Math.ceil(minutes / 60)} hours` : 'for days';
}

/** What else is to be known of images that were made. */
export function remarks(job: Job): string[] {
  const made = job.images.filter(({ settled }) => settled?.as === 'captured');
  const unkept = made.filter(({ answer, fileId }) => fileId && answer?.kind === 'done' && answer.isKept === false);
  const more = made.reduce((sum, { moreFileIds }) => sum + moreFileIds.length, 0);
  return [
    ...(unkept.length > 0 ? ['Inkwell couldn’t keep a copy. The image is only here in Slack.'] : []),
    ...(more > 0
      ? [`The image service made ${more} more than asked. ${more === 1 ? 'It’s' : 'They’re'} in the thread.`]
      : []),
  ];
}
