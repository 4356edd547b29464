import { isLeased } from '../../book/clock-doubt.ts';
import type { Request } from '../../ledger/requests.ts';
import type { Job, JobImage } from '../../storage/records/job.ts';

/**
 * What a job needs next, from nothing but its recorded steps and, where it waits for an approval, what the ledger says of
 * its request: after a crash the same question gets the same answer.
 */
export type JobAction =
  | { kind: 'hold' }
  /** It went over a limit that asks: the approvers are to be asked. */
  | { kind: 'ask' }
  | { kind: 'go_on_approved' }
  | { kind: 'tell_not_approved' }
  | { kind: 'tell_declined' }
  /** Its prompt was kept, and its channel has a client by now. */
  | { kind: 'run_kept' }
  /** Its prompt was kept for nothing. */
  | { kind: 'not_run'; why: 'no_client' | 'lapsed' | 'refused' }
  /** They know why; what they asked for is not kept. */
  | { kind: 'erase_declined' }
  | { kind: 'announce' }
  /** Its images, each on its own: `nextImageAction`. */
  | { kind: 'make' }
  | { kind: 'tell_unreachable' }
  | { kind: 'show'; final: boolean }
  | { kind: 'finish' }
  /** It is to be deleted. */
  | { kind: 'erase' }
  /** Some outcome is unknown, or it waits for an approval; nothing to do before then. */
  | { kind: 'wait'; untilAt: number }
  | { kind: 'none' };

export type ImageAction =
  | { kind: 'send' }
  /** It was being sent when its process ended: look whether it arrived. */
  | { kind: 'find' }
  /** The provider takes it again only then. */
  | { kind: 'wait'; untilAt: number }
  | { kind: 'capture'; costMicroUsd: number }
  | { kind: 'void' }
  | { kind: 'slip' }
  | { kind: 'upload' }
  | { kind: 'none' };

/** One POST and two more, and only where it is proven that nothing was started. */
export const ATTEMPTS_MAX = 3;

/** An attempt that was told when to come back costs none of the three; a provider that says so for ever is given up, too. */
export const WAITS_MAX = 20;

export type Moment = {
  now: number;
  /** What one attempt may take: what cannot end before the hold does is not begun. */
  deadlineMs: number;
  /** The requester has left: there is nothing to wait for. */
  isGone: boolean;
  /** Whether its channel has a client. */
  channel: 'undecided' | 'no_client' | 'client';
  /** What is kept has been kept for as long as a request waits for an answer. */
  isLapsed: boolean;
  /** What was kept could not be looked at for a day longer than that: Slack did not say who is in the channel. */
  isLate: boolean;
  /** When the person may ask again; null where that is now. */
  againAt: number | null;
};

export function nextAction(job: Job, { request, ...moment }: Moment & { request: Request | null }): JobAction {
  const { now } = moment;
  if (waitsForClient(job)) return keptAction(job, moment);
  if (job.finished) return { kind: job.erasingSinceAt === null ? 'none' : 'erase' };
  if (job.declined && !job.toldDeclined) return { kind: 'tell_declined' };
  if (job.declined && isKept(job, moment)) return { kind: 'wait', untilAt: job.keptUntilAt ?? now };
  if (job.declined) return { kind: 'erase_declined' };
  if (job.clientId === null) return job.approval === 'none' ? holdAction(job, moment) : approvalAction(job, request);
  if (job.messagePlace === null && job.unreachable === null) return { kind: 'announce' };
  const actions = job.images.map((image) => nextImageAction(job, image, moment));
  if (actions.some(({ kind }) => kind !== 'none' && kind !== 'wait')) return { kind: 'make' };
  const waits = actions.flatMap((action) => (action.kind === 'wait' ? action.untilAt : []));
  if (waits.length > 0) return { kind: 'wait', untilAt: Math.min(...waits) };
  if (job.messagePlace === null) return { kind: 'tell_unreachable' };
  const checking = job.images.some((image) => image.settled === null);
  if (checking && job.shown === 'no') return { kind: 'show', final: false };
  if (checking) return { kind: 'wait', untilAt: job.holdDeadlineAt ?? now };
  return job.shown === 'final' ? { kind: 'finish' } : { kind: 'show', final: true };
}

/** It was typed in a channel without a client, and its prompt is kept until that is decided. */
export const waitsForClient = (job: Job): boolean => isOfKept(job) && !job.finished;

/** The same; or its prompt was kept, and runs as another job by now. */
export const isOfKept = ({ refusal, notRun }: Job): boolean => refusal?.reason === 'channel_unbound' && notRun === null;

function keptAction({ toldDeclined }: Job, { isGone, channel, isLapsed, isLate }: Moment): JobAction {
  if (isGone) return { kind: 'erase_declined' };
  switch (channel) {
    case 'client':
      return isLate ? { kind: 'not_run', why: 'refused' } : { kind: 'run_kept' };
    case 'no_client':
      return { kind: 'not_run', why: 'no_client' };
    case 'undecided':
      if (isLapsed) return { kind: 'not_run', why: 'lapsed' };
      // Until another person decides, or until it lapses.
      return toldDeclined ? { kind: 'wait', untilAt: Number.POSITIVE_INFINITY } : { kind: 'tell_declined' };
  }
}

/** What was kept is not lost because many prompts were kept, or others were sent just now. */
const holdAction = ({ keptInJobId }: Job, { againAt }: Moment): JobAction =>
  keptInJobId !== undefined && againAt !== null ? { kind: 'wait', untilAt: againAt } : { kind: 'hold' };

/** How long a refused request keeps its prompt, for the buttons below the refusal: about as long as people look at it. */
export const KEPT_FOR_MS = 60 * 60_000;

/** The same of one that was kept for a client: its refusal is a new message, which a person finds when they are back. */
export const KEPT_LONG_MS = 24 * 60 * 60_000;

/** Its requester has buttons that take the prompt. What lies further ahead was written by a clock that was wrong. */
const isKept = ({ keptUntilAt, notRun }: Job, { now, isGone }: Moment): boolean => {
  const longestMs = notRun ? KEPT_LONG_MS : KEPT_FOR_MS;
  return keptUntilAt !== null && !isGone && isLeased({ now: () => now }, { untilAt: keptUntilAt, longestMs });
};

/** A request that the ledger has forgotten ended months ago. */
function approvalAction(job: Job, request: Request | null): JobAction {
  if (request === null) return { kind: 'tell_not_approved' };
  if (request.end) return { kind: request.end.as === 'approved' ? 'go_on_approved' : 'tell_not_approved' };
  return job.approval === 'asking' ? { kind: 'ask' } : { kind: 'wait', untilAt: request.lapsesAt };
}

export function nextImageAction(job: Job, image: JobImage, moment: Moment): ImageAction {
  const { answer, settled, sending, fileId } = image;
  if (settled?.as === 'captured') return { kind: fileId === null && job.messagePlace !== null ? 'upload' : 'none' };
  if (settled) return { kind: 'none' };
  if (sending) return { kind: 'find' };
  if (answer === null) return { kind: job.unreachable === null ? 'send' : 'void' };
  switch (answer.kind) {
    case 'done':
      return { kind: 'capture', costMicroUsd: answer.costMicroUsd };
    case 'refused':
    case 'rejected':
    case 'account_stop':
    case 'withdrawn':
      return { kind: 'void' };
    case 'transient':
      return sendAgain(job, image, moment);
    case 'unknown':
      return { kind: job.holdDeadlineAt !== null && moment.now >= job.holdDeadlineAt ? 'slip' : 'none' };
  }
}

function sendAgain(job: Job, image: JobImage, { now, deadlineMs, isGone }: Moment): ImageAction {
  const { attempts, waits, notBeforeAt } = image;
  if (attempts - waits >= ATTEMPTS_MAX || waits > WAITS_MAX) return { kind: 'void' };
  const dueAt = notBeforeAt ?? now;
  if (dueAt <= now || isGone) return { kind: 'send' };
  return dueAt + deadlineMs > (job.holdDeadlineAt ?? 0) ? { kind: 'void' } : { kind: 'wait', untilAt: dueAt };
}
