import { AGENCY, isAccount, projectAccount } from '../../ledger/accounts.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import type { State } from '../../ledger/state.ts';
import { audienceOfReply } from '../../ports/reply-address.ts';
import type { Job } from '../../storage/records/job.ts';
import { askForClient } from '../clients/ask-client.ts';
import { withChannelNow } from '../clients/channel-changes.ts';
import type { AppContext } from '../context.ts';
import { hiddenFrom } from '../limits/less-said.ts';
import { limitContacts, limitContactsByAccount } from '../limits/limit-contacts.ts';
import type { PrivateMessage } from '../messenger.ts';
import { accountsIn, namesIn } from '../names.ts';
import { cheapest } from './available-models.ts';
import { finish, holdCommand, tellOrThrow } from './job-actions.ts';
import type { ClaimedJob } from './job-lease.ts';

export async function tellDeclined(context: AppContext, run: ClaimedJob): Promise<void> {
  const { workspace, jobId, ...job } = run.job;
  const refusal = job.refusal ?? (await refusalOnLine(context, run.job));
  const prompt = await context.records.prompts.get({ workspace, jobId });
  await tellOrThrow(context, run, await declinedNote(context, job, { refusal, prompt }), job.wantedAt);
  await run.write({ kind: 'told_declined' });
}

/** Nothing comes of it, so what was asked for is kept no longer than until the person has read it again. */
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
  { refusal, prompt }: { refusal: Refusal; prompt: string | null },
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
  const helpers = helpersWith(state, refusal);
  const names = namesIn(state, refusal);
  const accounts = accountsIn(refusal);
  const helpersBy = limitContactsByAccount(state, accounts);
  const hidden = hiddenFrom(state, { by: asked.memberId, clientId, accounts });
  const cheapestCredits = cheapest(context);
  const who = { helpers, helpersBy, hidden };
  return { kind: 'refused', refusal, audience, clientName, names, ...who, cheapestCredits, prompt };
}

/** The people who can open a closed project set its budget; those who can change a rule look after its subject. */
function helpersWith(state: State, refusal: Refusal): string[] {
  if (refusal.reason === 'limit_exceeded') return limitContacts(state, refusal.binding.account);
  if (refusal.reason === 'project_closed') return limitContacts(state, projectAccount(refusal.projectId));
  const account = 'scope' in refusal && isAccount(refusal.scope) ? refusal.scope : null;
  // Managers only make a client's rules stricter.
  if (account === null || account.startsWith('client:')) return limitContacts(state, AGENCY);
  return limitContacts(state, account, 'set_rule');
}
