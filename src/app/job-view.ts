import type { Job } from '../records/job.ts';
import type { JobView } from './messenger.ts';
import type { World } from './world.ts';

export async function jobView({ records, book }: World, job: Job): Promise<JobView> {
  const prompt = await records.prompts.get({ workspace: job.workspace, jobId: job.jobId });
  const clientName = job.clientId === null ? null : (book.now().clients.get(job.clientId)?.name ?? null);
  return { job, prompt, clientName };
}
