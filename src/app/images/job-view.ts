import type { Job } from '../../storage/records/job.ts';
import { withChannelNow } from '../clients/channel-changes.ts';
import type { AppContext } from '../context.ts';
import type { JobView } from '../messenger.ts';
import { imagesSaid } from './images-said.ts';
import { usualMs } from './usual-time.ts';

export async function jobView(context: AppContext, asked: Job): Promise<JobView> {
  const { records, book, channels } = context;
  const job = withChannelNow(context, asked);
  const prompt = await records.prompts.get({ workspace: job.workspace, jobId: job.jobId });
  const { clients, projects } = book.now();
  const clientName = job.clientId === null ? null : (clients.get(job.clientId)?.name ?? null);
  const projectName = job.projectId === null ? null : (projects.get(job.projectId)?.name ?? null);
  // Asked of Slack only where there is something to hide.
  const isWhole = projectName === null && job.insteadOf === null;
  const audience = isWhole ? 'shared' : await channels.audience(job.place.channelId, job.memberId);
  // The requester was told why it was refused, with all figures. The rate says what a provider takes.
  const said = imagesSaid(book.now(), job);
  const { rate: _, ...shown } = job;
  const isOpen = job.images.some(({ settled }) => settled === null) && job.clientId !== null;
  const usual = isOpen ? { usualMs: await usualMs(context, job) } : {};
  return { job: { ...shown, refusal: null }, prompt, clientName, projectName, audience, said, ...usual };
}
