import type { Client, State } from '../../ledger/state.ts';
import { type ChannelWeek, channelWeek, type ImageOfWeek, imagesOfClient } from '../../reports/digest/channel-week.ts';
import { clientBudgetOf } from '../../reports/digest/client-budget.ts';
import { weeksBefore } from '../../reports/digest/weeks.ts';
import type { Period } from '../../reports/usage.ts';
import type { Job } from '../../storage/records/job.ts';
import { withChannelNow } from '../clients/channel-changes.ts';
import type { AppContext } from '../context.ts';
import { loadJob } from '../images/job-lease.ts';
import type { ClientDigestCard, KeptImage } from './client-digest-view.ts';

/** Some of ten that are shown may be gone from Slack. */
const KEPT_MAX = 20;
const JOBS_AT_ONCE = 20;

/** The week that a digest is about, as seen on a date. */
export const weekToTell = ({ settings }: State, date: string): Period =>
  weeksBefore(date, settings?.weekStartsOn ?? 1).week;

/** Images with the request that each is of, by the channel that its message stands in now. */
export type MadeIn = ReadonlyMap<string, readonly Made[]>;
type Made = { of: ImageOfWeek; job: Job };

/** Images of requests that stand in no channel are in none: private messages stay private. */
export async function madeIn(context: AppContext, state: State, clientId: string, week: Period): Promise<MadeIn> {
  const images = imagesOfClient(state, clientId, week);
  const jobs = await jobsOf(context, [...new Set(images.map(({ jobId }) => jobId))]);
  const byChannel = new Map<string, Made[]>();
  for (const of of images) {
    const job = jobs.get(of.jobId);
    const channelId = job?.messagePlace?.channelId;
    if (!job || channelId === undefined) continue;
    byChannel.set(channelId, [...(byChannel.get(channelId) ?? []), { of, job }]);
  }
  return byChannel;
}

async function jobsOf(context: AppContext, jobIds: readonly string[]): Promise<ReadonlyMap<string, Job>> {
  const jobs = new Map<string, Job>();
  for (let from = 0; from < jobIds.length; from += JOBS_AT_ONCE) {
    const some = await Promise.all(jobIds.slice(from, from + JOBS_AT_ONCE).map((jobId) => loadJob(context, jobId)));
    for (const job of some) if (job) jobs.set(job.jobId, withChannelNow(context, job));
  }
  return jobs;
}

type About = { client: Client; channelId: string; week: Period; made: MadeIn; at: number };

/** Null where the channel had a quiet week. What people say of the images is read from the state. */
export async function clientDigestCard(
  context: AppContext,
  state: State,
  { client, channelId, week, made, at }: About,
): Promise<ClientDigestCard | null> {
  const here = made.get(channelId) ?? [];
  if (here.length === 0) return null;
  const now = new Map(imagesOfClient(state, client.clientId, week).map((each) => [each.image.holdId, each]));
  const { imagesCount, keptCount, kept } = channelWeek(here.flatMap(({ of }) => now.get(of.image.holdId) ?? []));
  const jobs = new Map(here.map(({ job }) => [job.jobId, job]));
  return {
    kind: 'client_digest',
    at,
    channelId,
    clientName: client.name,
    week,
    imagesCount,
    keptCount,
    budget: clientBudgetOf(state, client.clientId, at),
    kept: await keptImages(context, kept, jobs),
    preview: null,
  };
}

async function keptImages(
  { records, book }: AppContext,
  kept: ChannelWeek['kept'],
  jobs: ReadonlyMap<string, Job>,
): Promise<KeptImage[]> {
  const shown: KeptImage[] = [];
  for (const { image, jobId, imageNo, date } of kept) {
    if (shown.length === KEPT_MAX) break;
    const job = jobs.get(jobId);
    const { fileId, inThread } = job?.images.find((each) => each.imageNo === imageNo) ?? {};
    // A file that Slack did not take has no id; one that it does not draw stands in the thread.
    if (!job?.messagePlace || job.deletedBy !== null || !fileId || inThread) continue;
    const prompt = await records.prompts.get({ workspace: book.workspace, jobId });
    const { imagesCount, messagePlace: place } = job;
    const isFinal = image.marked?.mark === 'final';
    shown.push({ imageId: image.holdId, imageNo, imagesCount, fileId, place, url: null, prompt, isFinal, date });
  }
  return shown;
}
