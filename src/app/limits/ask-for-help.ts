import type { Refusal } from '../../ledger/refusals.ts';
import type { Job } from '../../storage/records/job.ts';
import type { AppContext } from '../context.ts';
import { availableModels } from '../images/available-models.ts';
import { fittingIn } from '../images/fitting-requests.ts';
import { refusedJob } from '../images/make-instead.ts';
import { askedAbout } from '../images/ways-out.ts';
import { postCardTo } from '../once/post-card.ts';
import { postOnce } from '../once/post-once.ts';
import type { Requester } from '../requester.ts';
import { inTheWayFor } from './in-the-way.ts';

/**
 * Asks the people who can do away with what refused a person’s own request, each once by direct message. They decide by the
 * forms that there are, or do nothing. Where nothing is in the way any more, the person is offered the request instead.
 */
export async function askForHelp(
  context: AppContext,
  { requester, jobId }: { requester: Requester; jobId: string },
): Promise<void> {
  const job = await refusedJob(context, { requester, jobId });
  if (!job) return;
  await context.book.read();
  const fitting = await fitsNow(context, job);
  if (fitting) {
    return void (await context.messenger.tell(requester, { kind: 'instead_offered', why: 'fits_now', jobId, fitting }));
  }
  const askedIds = job.refusal === null ? [] : await post(context, { ...job, refusal: job.refusal });
  await context.messenger.tell(requester, { kind: 'others_asked', askedIds, about: 'request' });
}

async function fitsNow(context: AppContext, job: Job) {
  const { workspace, jobId, memberId: by, place } = job;
  const prompt = await context.records.prompts.get({ workspace, jobId });
  if (prompt === null) return null;
  const menu = availableModels(context, { by, channelId: place.channelId });
  return fittingIn(menu, job, { prompt, most: Number.POSITIVE_INFINITY, made: job });
}

/** Who is a guest by now, or gone, is not asked. */
async function post(context: AppContext, job: Job & { refusal: Refusal }): Promise<string[]> {
  const { book, clock, channels, log } = context;
  const { jobId, memberId: by, refusal, imagesCount, eachCredits } = job;
  const { channelId } = job.place;
  const at = clock.now();
  const asking = {
    kind: 'help_asked',
    at,
    by,
    channelId,
    imagesCount,
    requestedCredits: imagesCount * eachCredits,
  } as const;
  const askedIds: string[] = [];
  for (const memberId of askedAbout(book.now(), refusal, { memberId: by, at })) {
    if ((await channels.audience(null, memberId)) !== 'internal') continue;
    const card = { ...asking, inTheWay: inTheWayFor(book.now(), refusal, { memberId, at }) };
    const isPosted = await postOnce(context, `help-asked/${jobId}/to/${memberId}`, (onceKey) =>
      postCardTo(context, memberId, card, onceKey),
    );
    if (isPosted) askedIds.push(memberId);
    else log.warn({ memberId, jobId }, 'could not ask a person for help');
  }
  return askedIds;
}
