import { projectAccount } from '../../ledger/accounts.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import { audienceOfReply } from '../../ports/reply-address.ts';
import type { Job } from '../../storage/records/job.ts';
import { askForClient } from '../clients/ask-client.ts';
import { withChannelNow } from '../clients/channel-changes.ts';
import type { AppContext } from '../context.ts';
import { hiddenFrom } from '../limits/less-said.ts';
import { limitContactsByAccount } from '../limits/limit-contacts.ts';
import type { PrivateMessage } from '../messenger.ts';
import { accountsIn, namesIn } from '../names.ts';
import { cheapest } from './available-models.ts';
import { finish, holdCommand, tellOrThrow } from './job-actions.ts';
import type { ClaimedJob } from './job-lease.ts';
import { KEPT_FOR_MS, KEPT_LONG_MS, waitsForClient } from './next-action.ts';
import { keepOnce, notRunNote } from './run-kept.ts';
import { refusalContacts, takesPrompt, waysOut } from './ways-out.ts';
import type { WaysOut } from './ways-out-view.ts';

export async function tellDeclined(context: AppContext, run: ClaimedJob): Promise<void> {
  const { job } = run;
  const { workspace, jobId, notRun } = job;
  const prompt = await context.records.prompts.get({ workspace, jobId });
  if (notRun) {
    await tellOrThrow(context, run, await notRunNote(context, { ...job, notRun }, prompt), notRun.at);
    return await writeTold(run, notRun.why === 'dearer' ? notRun.at + KEPT_LONG_MS : null);
  }
  if (waitsForClient(job)) return await tellKept(context, run, prompt);
  const refusal = job.refusal ?? (await refusalOnLine(context, job));
  const ways = await waysOut(context, job, { refusal, prompt });
  const note = asNamed(job, await declinedNote(context, job, { refusal, prompt, ways }));
  await tellOrThrow(context, run, note, job.wantedAt);
  await writeTold(run, ways !== null && takesPrompt(ways) ? context.clock.now() + KEPT_FOR_MS : null);
}

/** A closed project that the person named is told as any other that can’t be meant. */
function asNamed({ namedProjectId }: Job, note: PrivateMessage): PrivateMessage {
  if (note.kind !== 'refused' || note.refusal.reason !== 'project_closed') return note;
  const { refusal, audience, helpers, prompt, names, ways = null } = note;
  const { projectId } = refusal;
  if (projectId !== namedProjectId) return note;
  const name = names[projectAccount(projectId)] ?? projectId;
  const problem = { reason: 'closed', typed: name, projectId, name } as const;
  return { kind: 'project_wrong', problem, audience, helpers, prompt, ways };
}

const writeTold = (run: ClaimedJob, keptUntilAt: number | null): Promise<void> =>
  run.write({ kind: 'told_declined', ...(keptUntilAt === null ? {} : { keptUntilAt }) });

/** Asks who may decide, and keeps the prompt until then. The same once more is told the same, and kept once. */
async function tellKept(context: AppContext, run: ClaimedJob, prompt: string | null): Promise<void> {
  const { job } = run;
  const isKept = await keepOnce(context, job);
  const { channelId } = withChannelNow(context, job).place;
  const askedIds = await askForClient(context, { channelId, askedBy: job.memberId });
  const mostCredits = job.eachCredits * job.imagesCount;
  await tellOrThrow(context, run, { kind: 'client_asked', channelId, askedIds, mostCredits, prompt }, job.wantedAt);
  await (isKept ? run.write({ kind: 'told_declined' }) : eraseDeclined(context, run));
}

/** Nothing comes of it, so what was asked for is kept no longer than a person looks at the buttons that take it. */
export async function eraseDeclined(context: AppContext, run: ClaimedJob): Promise<void> {
  const { workspace, jobId } = run.job;
  await context.records.prompts.erase({ workspace, jobId });
  await finish(run);
}

/** An earlier version did not write it down: asking the same again reads it on the ledger's line. */
async function refusalOnLine(context: AppContext, job: Job): Promise<Refusal> {
  const answer = await context.book.submit(holdCommand(context, job));
  if (answer.ok) throw new Error(`job ${job.jobId} was declined, but its hold stands`);
  return answer.refusal;
}

export async function declinedNote(
  context: AppContext,
  asked: Pick<Job, 'memberId' | 'place' | 'replyTo'>,
  { refusal, prompt, ways }: { refusal: Refusal; prompt: string | null; ways?: WaysOut | null },
): Promise<PrivateMessage> {
  const { channelId } = withChannelNow(context, { place: asked.place }).place;
  const audience = await audienceOfReply(context.channels, asked);
  const state = context.book.now();
  const clientId = state.channels.get(channelId);
  const clientName = (clientId && state.clients.get(clientId)?.name) || null;
  const helpers = refusalContacts(state, refusal);
  const names = namesIn(state, refusal);
  const accounts = accountsIn(refusal);
  const helpersBy = limitContactsByAccount(state, accounts);
  const hidden = hiddenFrom(state, { by: asked.memberId, clientId, accounts });
  const cheapestCredits = cheapest(context);
  const help = { names, helpers, helpersBy, hidden, cheapestCredits, ...(ways === undefined ? {} : { ways }) };
  return { kind: 'refused', refusal, audience, clientName, ...help, prompt };
}
