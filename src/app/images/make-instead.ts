import { channelNow, type Place } from '../../ledger/lists/channel-ids.ts';
import { contentHash } from '../../ports/content-hash.ts';
import type { Job } from '../../storage/records/job.ts';
import { withChannelNow } from '../clients/channel-changes.ts';
import type { AppContext } from '../context.ts';
import type { Requester } from '../requester.ts';
import { differsFrom } from './fitting-requests.ts';
import { loadJob } from './job-lease.ts';
import { isOfKept } from './next-action.ts';
import { requestImage } from './request-image.ts';
import type { Made } from './ways-out-view.ts';

/** `deliveryId`: of the click. `place`: where it was clicked. `shownCredits`: the price that the button showed. */
export type Instead = {
  deliveryId: string;
  requester: Requester;
  place: Place | null;
  jobId: string;
  made: Made;
  shownCredits: number;
};

/**
 * Makes something else of a refused request’s prompt, once: the new request has an id of its own, made of the refused one’s. A
 * price that rose is said first, with the button again. Each click is answered. Answers false where nothing was asked for.
 */
export async function makeInstead(
  context: AppContext,
  { deliveryId: clickId, requester, place, jobId, made, shownCredits }: Instead,
): Promise<boolean> {
  const refused = await openRefused(context, { requester, jobId });
  if (!refused) return false;
  const { job, prompt } = refused;
  const { deliveryId, isTaken } = await nextInstead(context, jobId);
  if (isTaken) {
    await context.messenger.tell(requester, { kind: 'already_made' });
    return false;
  }
  const { imagesCount, ...options } = made;
  // Slack vouches for where it was clicked, as for where it was typed.
  const isThere = place !== null && channelNow(context.book.now(), place.channelId) === job.place.channelId;
  const { isBegun } = await requestImage(context, {
    deliveryId,
    clickId,
    requester,
    place: job.place,
    prompt,
    options,
    imagesCount,
    stage: job.isStageGuessed ? null : job.stage,
    project: job.choices?.project ?? job.namedProjectId,
    shown: {
      credits: shownCredits,
      dearer(totalCredits) {
        const fitting = { ...made, totalCredits, differs: differsFrom(job, made) };
        return { kind: 'instead_offered', why: 'price_changed', jobId, fitting };
      },
    },
    from: isThere ? 'channel' : 'form',
  });
  return isBegun;
}

/** The request that a choice makes: the same in every process. One that was refused itself leaves the choice open. */
async function nextInstead(context: AppContext, jobId: string): Promise<{ deliveryId: string; isTaken: boolean }> {
  const deliveryId = `instead-${contentHash(jobId).slice(0, 40)}`;
  if (context.running.has(deliveryId)) return { deliveryId, isTaken: true };
  const job = await loadJob(context, deliveryId);
  if (job?.declined && !isOfKept(job)) return await nextInstead(context, deliveryId);
  return { deliveryId, isTaken: job !== null };
}

/**
 * A refused request that its own author clicked on, and its prompt, while that is kept. Null where there is none; the person
 * has been told why.
 */
export async function openRefused(
  context: AppContext,
  { requester, jobId }: { requester: Requester; jobId: string },
): Promise<{ job: Job; prompt: string } | null> {
  const job = await refusedJob(context, { requester, jobId });
  if (!job) return null;
  const prompt = await context.records.prompts.get({ workspace: job.workspace, jobId });
  if (prompt !== null) return { job, prompt };
  await context.messenger.tell(requester, { kind: 'image_gone', why: 'prompt_erased' });
  return null;
}

/** As above, for what needs no prompt. What a button carries is a hint: no one acts on another person’s request. */
export async function refusedJob(
  context: AppContext,
  { requester, jobId }: { requester: Requester; jobId: string },
): Promise<Job | null> {
  const job = await loadJob(context, jobId);
  if (job?.declined && job.memberId === requester.memberId) return withChannelNow(context, job);
  await context.messenger.tell(requester, { kind: 'image_gone', why: 'not_found' });
  return null;
}
