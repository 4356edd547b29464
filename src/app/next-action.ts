import type { Request } from '../ledger/requests.ts';
import type { Job, JobImage } from '../records/job.ts';

/**
 * What a job needs next, from nothing but its recorded steps and, where it waits for an approval, what the ledger says of
 * its request: after a crash the same question gets the same answer.
 */
export type JobAction =
  | { kind: 'hold' }
  /** It went over a limit that asks: whoever may approve it is to be asked. */
  | { kind: 'ask' }
  | { kind: 'go_on_approved' }
  | { kind: 'tell_not_approved' }
  | { kind: 'tell_declined' }
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
  | { kind: 'send_again'; afterMs: number }
  | { kind: 'capture'; costMicroUsd: number }
  | { kind: 'void' }
  | { kind: 'slip' }
  | { kind: 'upload' }
  | { kind: 'none' };

/** One POST and two more, and only where it is proven that nothing was started. */
export const ATTEMPTS_MAX = 3;

export function nextAction(job: Job, { now, request }: { now: number; request: Request | null }): JobAction {
  if (job.finished) return { kind: job.erasingSinceAt === null ? 'none' : 'erase' };
  if (job.declined) return { kind: 'tell_declined' };
  if (job.clientId === null) return job.approval === 'none' ? { kind: 'hold' } : approvalAction(job, request);
  if (job.place === null && job.unreachable === null) return { kind: 'announce' };
  if (job.images.some((image) => nextImageAction(job, image, now).kind !== 'none')) return { kind: 'make' };
  if (job.place === null) return { kind: 'tell_unreachable' };
  const checking = job.images.some((image) => image.settled === null);
  if (checking && job.shown === 'no') return { kind: 'show', final: false };
  if (checking) return { kind: 'wait', untilAt: job.holdDeadlineAt ?? now };
  return job.shown === 'final' ? { kind: 'finish' } : { kind: 'show', final: true };
}

/** A request that the ledger has forgotten ended months ago. */
function approvalAction(job: Job, request: Request | null): JobAction {
  if (request === null) return { kind: 'tell_not_approved' };
  if (request.end) return { kind: request.end.as === 'approved' ? 'go_on_approved' : 'tell_not_approved' };
  return job.approval === 'asking' ? { kind: 'ask' } : { kind: 'wait', untilAt: request.lapsesAt };
}

export function nextImageAction(job: Job, image: JobImage, now: number): ImageAction {
  const { answer, settled, attempts, sending, fileId } = image;
  if (settled?.as === 'captured') return { kind: fileId === null && job.place !== null ? 'upload' : 'none' };
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
      return attempts < ATTEMPTS_MAX ? { kind: 'send_again', afterMs: answer.retryAfterMs } : { kind: 'void' };
    case 'unknown':
      return { kind: job.holdDeadlineAt !== null && now >= job.holdDeadlineAt ? 'slip' : 'none' };
  }
}
