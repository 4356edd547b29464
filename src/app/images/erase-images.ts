import { elapsedMs } from '../../book/clock-doubt.ts';
import { DeliveryFault } from '../../ports/ports.ts';
import { imageIdOf, type Job } from '../../storage/records/job.ts';
import { redrawWithoutPrompt } from '../approvals/redraw-cards.ts';
import type { AppContext } from '../context.ts';
import type { ClaimedJob } from './job-lease.ts';
import { jobView } from './job-view.ts';
import { moreIdOf } from './keep-image.ts';

/** What Slack has not taken by then it will not take a minute later either. */
const TRYING_MS = 24 * 60 * 60_000;

/**
 * What is left to be done of a job that is to be deleted. What fails the sweeper tries again; and it goes through all of it
 * once more when nothing can be on its way any longer that was sent before: a write that was given up and lands, a card
 * that another process was drawing.
 */
export async function eraseImages(context: AppContext, run: ClaimedJob): Promise<void> {
  const { jobId, erasingSinceAt } = run.job;
  const sinceMs = elapsedMs(context.clock, erasingSinceAt ?? 0);
  const failure = await tryToErase(context, run.job);
  if (failure !== null) {
    if (sinceMs < TRYING_MS) throw new DeliveryFault(failure);
    context.log.error({ jobId, code: failure }, 'not deleted for a day, giving up until the next click');
  }
  if (sinceMs >= context.settings.straysMs) await run.write({ kind: 'deletion_ended' });
}

/**
 * Answers why not all of it was done, or null. What Slack does not take of it keeps nothing else from being taken away; but
 * nothing says that it is deleted before all of it is: the button stays, and goes through the whole of it again.
 */
export async function tryToErase(context: AppContext, job: Job): Promise<string | null> {
  const { workspace, jobId, messagePlace: place } = job;
  await context.records.prompts.erase({ workspace, jobId });
  const left = await takeAway(context, job);
  // Its approvers have read the prompt there. Cards of an ended request are not looked at by others.
  if (!(await redrawWithoutPrompt(context, job))) return 'cards_not_drawn';
  if (left !== null || place === null) return left;
  const drawn = await context.messenger.redraw(await jobView(context, job), place);
  return drawn.kind === 'failed' ? drawn.code : null;
}

async function takeAway({ records, messenger }: AppContext, { workspace, jobId, images }: Job): Promise<string | null> {
  let failure: string | null = null;
  for (const { imageNo, fileId, moreFileIds, answer } of images) {
    const imageId = imageIdOf(jobId, imageNo);
    const moreCount = answer?.kind === 'done' ? (answer.moreCount ?? 0) : 0;
    for (let moreNo = 0; moreNo <= moreCount; moreNo += 1) {
      await records.images.erase({ workspace, imageId: moreNo === 0 ? imageId : moreIdOf(imageId, moreNo) });
    }
    for (const each of fileId ? [fileId, ...moreFileIds] : moreFileIds) {
      const removed = await messenger.removeFile(each);
      if (removed.kind === 'failed') failure = removed.code;
    }
  }
  return failure;
}
