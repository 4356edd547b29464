import { may } from '../ledger/rights.ts';
import { imageIdOf } from '../records/job.ts';
import { JobRun, loadJob } from './job-run.ts';
import { jobView } from './job-view.ts';
import { meet } from './meet.ts';
import type { Reader } from './messenger.ts';
import { DeliveryFault } from './ports.ts';
import type { World } from './world.ts';

/**
 * Takes a job's images out of Slack, and its bytes and prompt out of the records. What they cost stays charged. Only for
 * whoever asked for them, and for those who may set up; while they are still being made it has to wait.
 */
export async function deleteImage(world: World, { reader, jobId }: { reader: Reader; jobId: string }): Promise<void> {
  const { records, messenger, book } = world;
  await meet(world, reader.memberId);
  const job = await loadJob(world, jobId);
  if (!job || job.deletedBy) {
    const why = job ? 'deleted' : 'not_found';
    return void (await messenger.tell(reader, { kind: 'image_gone', why }));
  }
  const allowed = job.memberId === reader.memberId || may(book.now(), reader.memberId, 'set_up');
  if (!allowed) return void (await messenger.tell(reader, { kind: 'not_yours', ownerId: job.memberId }));
  if (!job.finished) return void (await messenger.tell(reader, { kind: 'not_finished' }));

  const run = JobRun.of(world, job);
  await run.write({ kind: 'deleted', by: reader.memberId });
  const { workspace } = job;
  await records.prompts.erase({ workspace, jobId });
  for (const { imageNo, fileId } of job.images) {
    await records.images.erase({ workspace, imageId: imageIdOf(jobId, imageNo) });
    if (fileId) await messenger.removeFile(fileId);
  }
  if (!job.place) return;
  const drawn = await messenger.redraw(await jobView(world, run.job), job.place);
  if (drawn.kind === 'failed') throw new DeliveryFault(drawn.code);
}
