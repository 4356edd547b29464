import { AGENCY, isAccount, projectAccount } from '../../ledger/accounts.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import type { State } from '../../ledger/state.ts';
import type { Job } from '../../storage/records/job.ts';
import { askForClient } from '../clients/ask-client.ts';
import { withChannelNow } from '../clients/channel-changes.ts';
import type { World } from '../context.ts';
import { helpersByAccount, helpersFor } from '../limits/limit-contacts.ts';
import type { Note } from '../messenger.ts';
import { accountsIn, namesIn } from '../names.ts';
import { cheapest } from './available-models.ts';
import { finish, holdCommand, tellOrThrow } from './job-actions.ts';
import type { JobRun } from './job-lease.ts';

export async function tellDeclined(world: World, run: JobRun): Promise<void> {
  const { workspace, jobId, ...job } = run.job;
  const refusal = job.refusal ?? (await refusalOnLine(world, run.job));
  const prompt = await world.records.prompts.get({ workspace, jobId });
  await tellOrThrow(world, run, await declinedNote(world, job, { refusal, prompt }), job.wantedAt);
  await run.write({ kind: 'told_declined' });
}

/** Nothing comes of it, so what was asked for is kept no longer than until the person has read it again. */
export async function eraseDeclined(world: World, run: JobRun): Promise<void> {
  const { workspace, jobId } = run.job;
  await world.records.prompts.erase({ workspace, jobId });
  await finish(run);
}

/** An earlier version did not write it down: asking the same again reads it on the ledger's line. */
async function refusalOnLine(world: World, job: Job): Promise<Refusal> {
  const answer = await world.book.submit(holdCommand(world, job));
  if (answer.ok) throw new Error(`job ${job.jobId} was declined, but its hold stands`);
  return answer.refusal;
}

export async function declinedNote(
  world: World,
  asked: Pick<Job, 'channelId' | 'memberId'>,
  { refusal, prompt }: { refusal: Refusal; prompt: string | null },
): Promise<Note> {
  const job = withChannelNow(world, { channelId: asked.channelId, memberId: asked.memberId });
  if (refusal.reason === 'channel_unbound') {
    const askedIds = await askForClient(world, { channelId: job.channelId, askedBy: job.memberId });
    return { kind: 'client_asked', channelId: job.channelId, askedIds, prompt };
  }
  const face = await world.channels.face(job.channelId, job.memberId);
  const state = world.book.now();
  const clientId = state.channels.get(job.channelId);
  const clientName = (clientId && state.clients.get(clientId)?.name) || null;
  const helpers = helpersWith(state, refusal);
  const names = namesIn(state, refusal);
  const helpersBy = helpersByAccount(state, accountsIn(refusal));
  const cheapestCredits = cheapest(world);
  return { kind: 'refused', refusal, face, clientName, names, helpers, helpersBy, cheapestCredits, prompt };
}

/** A closed project is opened again by whoever may set its budget; a rule is changed by whoever looks after whom it is for. */
function helpersWith(state: State, refusal: Refusal): string[] {
  if (refusal.reason === 'limit_exceeded') return helpersFor(state, refusal.binding.account);
  if (refusal.reason === 'project_closed') return helpersFor(state, projectAccount(refusal.projectId));
  const account = 'scope' in refusal && isAccount(refusal.scope) ? refusal.scope : null;
  // Managers only make a client's rules stricter.
  if (account === null || account.startsWith('client:')) return helpersFor(state, AGENCY);
  return helpersFor(state, account, 'set_rule');
}
