import { elapsedMs } from '../../book/clock-doubt.ts';
import type { JobImage } from '../../storage/records/job.ts';
import { showTold } from '../approvals/await-approval.ts';
import { withChannelNow } from '../clients/channel-changes.ts';
import type { AppContext } from '../context.ts';
import { finish, tellOrThrow } from './job-actions.ts';
import type { ClaimedJob } from './job-lease.ts';
import { CANCELED_BY_OTHER } from './unsent-images.ts';

/** Most images are there in less. */
const LATE_MS = 2 * 60_000;

/**
 * Says what came of the images where the message in the channel could be missed: it was edited, so it is not unread. A person who
 * waited for an approval, or for longer than usual, has gone elsewhere, and one whose images failed would go on waiting.
 */
export async function finishMade(context: AppContext, run: ClaimedJob): Promise<void> {
  const job = withChannelNow(context, { ...run.job, refusal: null });
  const isIncomplete = job.images.some(({ settled, fileId }) => settled?.as !== 'captured' || fileId === '');
  const isWanted = isIncomplete || job.approval !== 'none' || elapsedMs(context.clock, job.wantedAt) > LATE_MS;
  // The message itself is a new one, sent directly.
  const isThere = job.messagePlace?.channelId.startsWith('D') ?? true;
  const isOver = job.deletedBy !== null || job.images.some(wasWithdrawn);
  if (isWanted && !isThere && !isOver) await tellOrThrow(context, run, { kind: 'images_ended', job }, job.wantedAt);
  await finish(run);
  if (job.approval !== 'none') await showTold(context, job.jobId);
}

/** By leaving, or by the person’s own click: they know it. */
const wasWithdrawn = ({ answer }: JobImage): boolean =>
  answer?.kind === 'withdrawn' && answer.detail !== CANCELED_BY_OTHER;
