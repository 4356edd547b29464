import { describe } from '../../ports/describe-error.ts';
import type { AppContext } from '../context.ts';
import type { ClaimedJob } from './job-lease.ts';
import { jobView } from './job-view.ts';
import { pausedUntil } from './provider-pauses.ts';
import { unsentImages } from './unsent-images.ts';

/** By job, while its progress is being drawn: Slack takes its time, and an image that is done meanwhile need not wait for it. */
const drawing = new WeakMap<ClaimedJob, Promise<void>>();

/** "Making 2 of 4". Nice to see and nothing more: `show` draws what comes of the job, once this is over. */
export async function drawProgress(context: AppContext, run: ClaimedJob): Promise<void> {
  if (drawing.has(run)) return;
  const drawn = draw(context, run).finally(() => drawing.delete(run));
  drawing.set(run, drawn);
  await drawn;
}

/** Resolves when a drawing that is under way has reached Slack, or has failed: its own caller hears of that. */
export async function progressDrawn(run: ClaimedJob): Promise<void> {
  await drawing.get(run)?.catch(() => undefined);
}

async function draw(context: AppContext, run: ClaimedJob): Promise<void> {
  const { messagePlace: place, images } = run.job;
  const left = images.filter((image) => image.settled === null && image.answer?.kind !== 'unknown').length;
  if (!place || left === 0) return;
  if (unsentImages(run.job).length > 0) cancelable.add(run);
  const drawn = await context.messenger.redraw(await jobView(context, run.job), place);
  if (drawn.kind !== 'drawn') context.log.info({ jobId: run.job.jobId, code: drawn.code }, 'progress not drawn');
}

/** Jobs that this process has shown with *Cancel*. */
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
 * Takes *Cancel* away once an image that had to wait is sent. It is not waited for, because the image is under way. An image that
 * was told to come back later may have been shown with *Cancel* by another process. Never throws.
 */
export async function drawSending(context: AppContext, run: ClaimedJob, imageNo: number): Promise<void> {
  const wasTold = run.job.images.some((image) => image.imageNo === imageNo && image.notBeforeAt !== null);
  if (!cancelable.has(run) && !wasTold) return;
  // What is being drawn may still have the button.
  if (drawing.has(run)) await progressDrawn(run);
  cancelable.delete(run);
  try {
    await drawProgress(context, run);
  } catch (error) {
    context.log.info({ jobId: run.job.jobId, error: describe(error) }, 'progress not drawn');
  }
}
