import type { State } from '../../ledger/state.ts';
import { MARKS, type Mark } from '../../ledger/work.ts';
import { imageIdOf, type Job } from '../../storage/records/job.ts';
import type { MessagePlace } from '../../storage/records/job-step.ts';
import { idsOfChannel } from '../clients/channel-changes.ts';
import type { AppContext } from '../context.ts';
import { onceMarker, putOnceMarker } from '../once/once-markers.ts';
import { syncMember } from '../people/sync-member.ts';
import { privatelyIn } from '../requester.ts';
import { loadJob } from './job-lease.ts';
import { type Said, tellRefused, writeSaid } from './say-of-images.ts';

/** A person reacted to a message, any message, or took their reaction back. `emoji`: its name. */
type Reaction = { deliveryId: string; by: string; message: MessagePlace; emoji: string; isAdded: boolean };

/**
 * Marks all images of a message by a reaction. A reaction that goes takes away the mark that it set, and no other. A person
 * who may not mark is told so once: a star may be only applause.
 */
export async function markByReaction(context: AppContext, reaction: Reaction): Promise<void> {
  const { deliveryId, by, message, emoji, isAdded } = reaction;
  const mark = markFor(context.book.now(), emoji);
  const job = mark && (await jobAt(context, message));
  if (!mark || !job || job.deletedBy !== null) return;
  await syncMember(context, by);
  const refusals = await writeSaid(context, { deliveryId, by, jobId: job.jobId }, markings(job, { mark, isAdded }));
  const refusal = refusals.find(({ reason }) => reason !== 'nothing_changed');
  if (!refusal || !isAdded || (await putOnceMarker(context, `reaction-told/${by}/${refusal.reason}`, '')) !== 'put')
    return;
  await tellRefused(context, privatelyIn(message.channelId, by), refusal);
}

/** Written before the job says where its message stands: what people react to names only the message. */
export async function noteMessage(context: AppContext, jobId: string, place: MessagePlace): Promise<void> {
  await putOnceMarker(context, messageKey(place), jobId);
}

const messageKey = ({ channelId, ts }: MessagePlace) => `message/${channelId}/${ts}`;

function markFor({ settings }: State, emoji: string): Mark | null {
  return MARKS.find((mark) => settings?.reactions?.[mark] === emoji) ?? null;
}

/** The message may have been noted under an id that its channel had before. */
async function jobAt(context: AppContext, { channelId, ts }: MessagePlace): Promise<Job | null> {
  for (const id of idsOfChannel(context, channelId)) {
    const jobId = await onceMarker(context, messageKey({ channelId: id, ts }));
    if (jobId !== null) return await loadJob(context, jobId);
  }
  return null;
}

const markings = ({ jobId, images }: Job, { mark, isAdded }: { mark: Mark; isAdded: boolean }): Said[] =>
  images
    .filter(({ settled }) => settled?.as === 'captured')
    .map(({ imageNo }) => ({
      imageNo,
      command: {
        kind: 'mark_image',
        holdId: imageIdOf(jobId, imageNo),
        mark: isAdded ? mark : null,
        reaction: mark,
      },
    }));
