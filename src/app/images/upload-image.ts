import { elapsedMs } from '../../book/clock-doubt.ts';
import { isShowable } from '../../images/picture/format.ts';
import { DeliveryFault } from '../../ports/ports.ts';
import { imageIdOf } from '../../storage/records/job.ts';
import type { MessagePlace } from '../../storage/records/job-step.ts';
import type { AppContext } from '../context.ts';
import { forgetArrived } from './arrived-images.ts';
import type { ClaimedJob } from './job-lease.ts';
import { keptImage } from './keep-image.ts';

/** How long a picture is tried to be brought to Slack; then the message says that it cannot be shown. */
const UPLOAD_FOR_MS = 24 * 60 * 60_000;
/** What does not change by trying again: the workspace, or the picture, is not as it has to be. */
const NEVER_UPLOADED = new Set([
  'file_uploads_disabled',
  'storage_limit_reached',
  'missing_scope',
  'no_picture',
  'not_allowed_token_type',
]);

/**
 * An image into Slack: into the message, or below it as a file where Slack does not draw its format; and below it what came
 * besides. Repeated after a crash, it leaves a file that is never shown, or one that stands there twice.
 */
export async function upload(context: AppContext, run: ClaimedJob, imageNo: number): Promise<void> {
  const [picture, ...more] = await keptImage(context, run, imageNo);
  const title = `Image ${imageNo} of ${run.job.imagesCount}`;
  const inThread = picture !== undefined && !isShowable(picture.contentType);
  const fileId = picture ? await uploadOne(context, run, { ...picture, title, inThread }) : '';
  const moreFileIds: string[] = [];
  for (const [index, each] of more.entries()) {
    const moreId = await uploadOne(context, run, { ...each, title: `${title}, ${index + 2}`, inThread: true });
    if (moreId !== '') moreFileIds.push(moreId);
  }
  const below = { ...(inThread ? { inThread } : {}), ...(moreFileIds.length > 0 ? { moreFileIds } : {}) };
  await run.write({ kind: 'uploaded', imageNo, fileId, ...below });
  forgetArrived(context, imageIdOf(run.job.jobId, imageNo));
}

type File = { bytes: Uint8Array; contentType: string; title: string; inThread: boolean };

/** The file's id; empty where Slack does not take it, today or tomorrow. */
async function uploadOne(context: AppContext, run: ClaimedJob, { inThread, ...file }: File): Promise<string> {
  const { jobId, wantedAt, messagePlace: place } = run.job;
  const uploaded = await context.messenger.upload({ ...file, below: inThread && place ? threadOf(run, place) : null });
  if (uploaded.kind === 'uploaded') return uploaded.fileId;
  const mayStillSucceed = !NEVER_UPLOADED.has(uploaded.code) && elapsedMs(context.clock, wantedAt) < UPLOAD_FOR_MS;
  if (mayStillSucceed) throw new DeliveryFault(uploaded.code);
  context.log.error({ jobId, title: file.title, code: uploaded.code }, 'Slack rejected the image upload');
  return '';
}

/** The message's own thread, or the one that it stands in itself. */
const threadOf = ({ job }: ClaimedJob, { channelId, ts }: MessagePlace): MessagePlace => ({
  channelId,
  ts: channelId === job.place.channelId ? (job.place.threadId ?? ts) : ts,
});
