import { clientAccount } from '../ledger/accounts.ts';
import { may } from '../ledger/rights.ts';
import { imageIdOf, type Job } from '../records/job.ts';
import { redrawCards } from './approvals/redraw-cards.ts';
import { JobRun, JobTaken, loadJob } from './job-run.ts';
import { jobView } from './job-view.ts';
import { meet } from './meet.ts';
import type { Reader } from './messenger.ts';
import { DeliveryFault } from './ports.ts';
import type { World } from './world.ts';

/**
 * Takes a job's images out of Slack, its bytes and prompt out of the records, and the prompt off the cards on which it was
 * approved. What they cost stays charged. Only for whoever asked for them, and for those who look after the client; while
 * they are still being made it has to wait.
 */
export async function deleteImage(world: World, { reader, jobId }: { reader: Reader; jobId: string }): Promise<void> {
  const { messenger, book } = world;
  await meet(world, reader.memberId);
  const job = await loadJob(world, jobId);
  if (!job) return void (await messenger.tell(reader, { kind: 'image_gone', why: 'not_found' }));
  const account = job.clientId === null ? null : clientAccount(job.clientId);
  const allowed = job.memberId === reader.memberId || may(book.now(), reader.memberId, 'delete_image', { account });
  if (!allowed) return void (await messenger.tell(reader, { kind: 'not_yours', ownerId: job.memberId }));
  if (!job.finished) return void (await messenger.tell(reader, { kind: 'not_finished' }));

  const deleted = await markDeleted(world, job, reader.memberId);
  await erase(world, job);
  if (job.place) {
    const drawn = await messenger.redraw(await jobView(world, deleted), job.place);
    if (drawn.kind === 'failed') throw new DeliveryFault(drawn.code);
  }
  if (job.deletedBy) await messenger.tell(reader, { kind: 'image_gone', why: 'deleted' });
}

/** Whoever comes second, or again after a crash, finds the step written and goes through the rest once more. */
async function markDeleted(world: World, job: Job, by: string): Promise<Job> {
  if (job.deletedBy) return job;
  const run = JobRun.of(world, job);
  try {
    await run.write({ kind: 'deleted', by });
    return run.job;
  } catch (error) {
    if (!(error instanceof JobTaken)) throw error;
    return (await loadJob(world, job.jobId)) ?? job;
  }
}

/**
 * What Slack does not take of it keeps nothing else from being taken away. Nothing says that it is deleted before all of
 * it is: the button stays, and goes through the whole of it again.
 */
async function erase(world: World, { workspace, jobId, images }: Job): Promise<void> {
  const { records, messenger } = world;
  await records.prompts.erase({ workspace, jobId });
  let failure: string | null = null;
  for (const { imageNo, fileId } of images) {
    await records.images.erase({ workspace, imageId: imageIdOf(jobId, imageNo) });
    if (!fileId) continue;
    const removed = await messenger.removeFile(fileId);
    if (removed.kind === 'failed') failure = removed.code;
  }
  // Whoever was to approve it has read the prompt there; the cards of a request that ended are looked at by nobody else.
  if (!(await redrawCards(world, jobId))) failure = 'cards_not_drawn';
  if (failure !== null) throw new DeliveryFault(failure);
}
