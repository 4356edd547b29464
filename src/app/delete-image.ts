import { clientAccount } from '../ledger/accounts.ts';
import { may } from '../ledger/rights.ts';
import { imageIdOf, type Job } from '../records/job.ts';
import { JobRun, JobTaken, loadJob } from './job-run.ts';
import { jobView } from './job-view.ts';
import { meet } from './meet.ts';
import type { Reader } from './messenger.ts';
import { DeliveryFault } from './ports.ts';
import type { World } from './world.ts';

/**
 * Takes a job's images out of Slack, and its bytes and prompt out of the records. What they cost stays charged. Only for
 * whoever asked for them, and for those who look after the client; while they are still being made it has to wait.
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

async function erase({ records, messenger }: World, { workspace, jobId, images }: Job): Promise<void> {
  await records.prompts.erase({ workspace, jobId });
  for (const { imageNo, fileId } of images) {
    await records.images.erase({ workspace, imageId: imageIdOf(jobId, imageNo) });
    if (!fileId) continue;
    const removed = await messenger.removeFile(fileId);
    // Nothing says that it is deleted before it is: the button stays, and goes through the whole of it again.
    if (removed.kind === 'failed') throw new DeliveryFault(removed.code);
  }
}
