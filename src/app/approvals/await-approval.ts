import { type Request, type RequestEnd, requestedCredits } from '../../ledger/requests.ts';
import { describe } from '../../ports/describe-error.ts';
import type { AppContext } from '../context.ts';
import { finish, giveUp, isStillWanted, requesterOf, tellOrThrow } from '../images/job-actions.ts';
import type { ClaimedJob } from '../images/job-lease.ts';
import { toldKey } from '../images/told-key.ts';
import { messageOnce } from '../once/message-once.ts';
import { postCards } from './post-cards.ts';
import { redrawCards } from './redraw-cards.ts';

/** Asks the approvers, and tells the requester. The sweeper makes up for what fails of it. */
export async function askForApproval(context: AppContext, run: ClaimedJob): Promise<void> {
  const { job } = run;
  const request = context.book.now().requests.get(job.jobId);
  if (!request) throw new Error(`job ${job.jobId} waits for a request that the ledger does not have`);
  const askedCount = await postCards(context, request);
  const note = { kind: 'approval_asked' as const, channelId: request.channelId, askedCount };
  const told = await context.messenger.tell(requesterOf(context, job), note);
  if (told.kind === 'failed')
    context.log.warn({ jobId: job.jobId, code: told.code }, 'could not tell requester that approval is needed');
  await run.write({ kind: 'everybody_asked' });
}

/** From here it goes on as if it had just been asked for, and held at once. */
export async function goOnApproved(context: AppContext, run: ClaimedJob): Promise<void> {
  const { jobId } = run.job;
  const request = context.book.now().requests.get(jobId);
  if (request?.end?.as !== 'approved') throw new Error(`job ${jobId} was not approved`);
  const { clientId, projectId, timeoutMs, end } = request;
  if (!isStillWanted(context, end.at)) return await giveUp(context, run, end.at);
  await tellApproved(context, run, { ...request, end });
  const holdDeadlineAt = end.at + timeoutMs;
  await run.write({ kind: 'held', clientId, projectId, holdDeadlineAt, approvedAt: end.at });
}

/** Tells the requester that it was approved. If Slack refuses the message, the images are still made, and their end is told. */
async function tellApproved(context: AppContext, { job }: ClaimedJob, request: Request & { end: RequestEnd }) {
  const { channelId, imagesCount, end } = request;
  const credit = requestedCredits(request);
  const note = { kind: 'request_approved', end, channelId, imagesCount, requestedCredits: credit } as const;
  const told = await messageOnce(context, { key: toldKey(job.jobId, note.kind), to: requesterOf(context, job), note });
  if (told.kind === 'delivered') return;
  context.log.warn({ jobId: job.jobId, code: told.code }, 'could not tell requester about the approval');
}

/** The cards say who was told. It comes after the job's last step: while a job draws them, its lease could run out. */
export async function showTold(context: AppContext, requestId: string): Promise<void> {
  try {
    await redrawCards(context, requestId);
  } catch (error) {
    context.log.warn({ requestId, error: describe(error) }, 'request cards do not say who was told');
  }
}

/** The requester who withdrew it knows; a removed person is not told. */
export async function tellNotApproved(context: AppContext, run: ClaimedJob): Promise<void> {
  const { workspace, jobId, memberId } = run.job;
  const state = await context.book.read();
  const request = state.requests.get(jobId);
  if (!request) return await finish(run);
  const { end, channelId } = request;
  // Another process has written lines that were not read here: what the job needs is asked again.
  if (!end || end.as === 'approved') return;
  if (end.by === memberId || state.members.get(memberId)?.status === 'removed') return await finish(run);
  const prompt = await context.records.prompts.get({ workspace, jobId });
  const clientName = state.clients.get(request.clientId)?.name ?? request.clientId;
  await tellOrThrow(context, run, { kind: 'not_approved', end, channelId, clientName, prompt }, end.at);
  await finish(run);
  await showTold(context, jobId);
}
