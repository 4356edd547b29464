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
import { KEPT_FOR_MS } from './next-action.ts';
import { refusalContacts, takesPrompt, waysOut } from './ways-out.ts';
import type { WaysOut } from './ways-out-view.ts';

export async function tellDeclined(context: AppContext, run: ClaimedJob): Promise<void> {
  const { workspace, jobId, ...job } = run.job;
  const refusal = job.refusal ?? (await refusalOnLine(context, run.job));
  const prompt = await context.records.prompts.get({ workspace, jobId });
  const ways = await waysOut(context, run.job, { refusal, prompt });
  await tellOrThrow(context, run, await declinedNote(context, job, { refusal, prompt, ways }), job.wantedAt);
  const isKept = ways !== null && takesPrompt(ways);
  await run.write({ kind: 'told_declined', ...(isKept ? { keptUntilAt: context.clock.now() + KEPT_FOR_MS } : {}) });
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
  if (refusal.reason === 'channel_unbound') {
    const askedIds = await askForClient(context, { channelId, askedBy: asked.memberId });
    return { kind: 'client_asked', channelId, askedIds, prompt };
  }
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
