import { describe } from '../../ports/describe-error.ts';
import type { AppContext } from '../context.ts';
import type { ClaimedJob } from './job-lease.ts';
import { jobView } from './job-view.ts';
import { pausedUntil } from './provider-pauses.ts';

/** Jobs whose progress is being drawn: Slack takes its time, and an image that is done meanwhile need not wait for it. */
const drawing = new WeakSet<ClaimedJob>();

/** "Making 2 of 4". Nice to see and nothing more: what comes of the job is drawn by `show`, until it stands. */
export async function drawProgress(context: AppContext, run: ClaimedJob): Promise<void> {
  const { messagePlace: place, images } = run.job;
  const left = images.filter((image) => image.settled === null && image.answer?.kind !== 'unknown').length;
  if (!place || left === 0 || drawing.has(run)) return;
  drawing.add(run);
  try {
    const drawn = await context.messenger.redraw(await jobView(context, run.job), place);
    if (drawn.kind !== 'drawn') context.log.info({ jobId: run.job.jobId, code: drawn.code }, 'progress not drawn');
  } finally {
    drawing.delete(run);
  }
}

/** Jobs of this process that were announced with *Cancel*. */
const cancelable = new WeakSet<ClaimedJob>();

/** Whether an image that is ready to be sent now would have to wait. Then it can be canceled meanwhile. */
export function isHeldUp(context: AppContext, run: ClaimedJob): boolean {
  const { imageQueue, clock } = context;
  const isFull = imageQueue.isPaused || imageQueue.pending >= imageQueue.concurrency;
  const isIt = isFull || pausedUntil(context, run.job.model) > clock.now();
  if (isIt) cancelable.add(run);
  return isIt;
}

/**
 * Takes *Cancel* away once an image that had to wait is sent. It is not waited for, because the image is under way: what is drawn
 * of the job later stands, whichever Slack takes last. Never throws.
 */
export async function drawSending(context: AppContext, run: ClaimedJob, imageNo: number): Promise<void> {
  const hasWaited = (run.job.images[imageNo - 1]?.attempts ?? 0) > 1;
  if (!cancelable.has(run) && !hasWaited) return;
  cancelable.delete(run);
  try {
    await drawProgress(context, run);
  } catch (error) {
    context.log.info({ jobId: run.job.jobId, error: describe(error) }, 'progress not drawn');
  }
}
