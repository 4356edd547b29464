import { makeSureOfTime } from '../../book/clock-doubt.ts';
import type { LimitName } from '../../ledger/accounts.ts';
import { clientAccount, limitName } from '../../ledger/accounts.ts';
import type { ApproveHow, CommandBody } from '../../ledger/commands/commands.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import type { Request } from '../../ledger/requests.ts';
import { contentHash } from '../../ports/content-hash.ts';
import { audienceOfReply } from '../../ports/reply-address.ts';
import type { AppContext } from '../context.ts';
import { resumeJob } from '../images/claim-job.ts';
import type { ChangeResult } from '../inputs.ts';
import { hiddenFrom } from '../limits/less-said.ts';
import { limitContacts, limitContactsByAccount } from '../limits/limit-contacts.ts';
import { namesOf } from '../names.ts';
import type { Requester } from '../requester.ts';
import { directly } from '../requester.ts';
import { submitFirst } from '../submit-change.ts';
import { endOfDay } from './end-of-day.ts';
import { postCards } from './post-cards.ts';
import { redrawCards } from './redraw-cards.ts';

/**
 * A decision about a request. `requester` is who clicked: the ledger decides whether they may, now. `shown` is called once it is
 * written, or refused: images take a while. `keeps` answers true where the refusal is told in the form that was sent.
 */
export type Decision<Of = unknown> = {
  deliveryId: string;
  requester: Requester;
  requestId: string;
  shown?: (isDone: boolean) => Promise<void>;
  keeps?: (refusal: Refusal) => Promise<boolean>;
} & Of;

/** As the ledger takes it, but with the last day that something holds for instead of its end. */
export type ApproveChoice =
  | Exclude<ApproveHow, { kind: 'until' }>
  | { kind: 'until'; amountCredits: number; untilDate: string };

/** Makes room, holds, and lets the prompt that was blocked run, in one line of the ledger. Resolves when it has run. */
export async function approveRequest(
  context: AppContext,
  decision: Decision<{ how: ApproveChoice; seen: readonly LimitName[] }>,
): Promise<void> {
  const { requestId, seen } = decision;
  const how = howOf(context, decision.how);
  await decide(context, decision, { kind: 'approve', requestId, how, seen });
}

function howOf({ book }: AppContext, choice: ApproveChoice): ApproveHow {
  if (choice.kind !== 'until') return choice;
  const { settings } = book.now();
  // What is no date is a moment that has passed, which the ledger refuses in words.
  const expiresAt = (settings && endOfDay(choice.untilDate, settings)) ?? 0;
  return { kind: 'until', amountCredits: choice.amountCredits, expiresAt };
}

export async function denyRequest(context: AppContext, decision: Decision<{ reason: string }>): Promise<void> {
  const { requestId, reason } = decision;
  await decide(context, decision, { kind: 'deny', requestId, reason });
}

export async function withdrawRequest(context: AppContext, decision: Decision): Promise<void> {
  await decide(context, decision, { kind: 'withdraw', requestId: decision.requestId });
}

/** Whatever came of it, the cards show it; who was refused is told why, and a job that waited for it goes on. */
async function decide(
  context: AppContext,
  { deliveryId, requester, requestId, shown, keeps }: Decision,
  command: CommandBody,
): Promise<void> {
  if (command.kind === 'approve') await makeSureOfTime(context);
  const changed = await submitFirst(context, { deliveryId, by: requester.memberId, command });
  const request = context.book.now().requests.get(requestId);
  if (!changed.ok && (await keeps?.(changed.refusal))) return;
  if (!changed.ok) await tellRefused(context, { requester, request, refusal: changed.refusal });
  const showing = shown?.(changed.ok).catch((error: unknown) => {
    context.log.warn({ requestId, error: String(error) }, 'a decision is not shown where it was made');
  });
  if (!request) return await showing;
  // A card in a channel does not show such limits. The people who can decide get cards of their own now.
  if (!changed.ok && changed.refusal.reason === 'other_limits') await postCards(context, request);
  const drawn = redrawCards(context, requestId).catch((error: unknown) => {
    context.log.warn({ requestId, error: String(error) }, 'request cards not redrawn, will retry');
  });
  await Promise.all([drawn, showing, resumeJob(context, requestId), changed.tellOthers()]);
}

type Refused = {
  requester: Requester;
  request: Request | undefined;
  refusal: (ChangeResult & { ok: false })['refusal'];
};

export async function tellRefused(context: AppContext, { requester, request, refusal }: Refused): Promise<void> {
  const state = context.book.now();
  const exceeded = refusal.reason === 'other_limits' ? refusal.exceeded : [];
  const accounts = exceeded.map(({ account }) => account);
  const names = namesOf(state, accounts);
  const helpersBy = limitContactsByAccount(state, accounts);
  const clientName = (request && state.clients.get(request.clientId)?.name) ?? null;
  const helpers = request ? limitContacts(state, accountOf(refusal) ?? clientAccount(request.clientId)) : [];
  const audience = await audienceOfReply(context.channels, requester);
  const hidden = hiddenFrom(state, { by: requester.memberId, clientId: request?.clientId, accounts });
  const note = { kind: 'decision_refused' as const, refusal, audience, helpers, helpersBy, hidden, names, clientName };
  const told = await context.messenger.tell(requester, note);
  if (told.kind === 'failed') context.log.warn({ code: told.code }, 'could not tell why a decision was refused');
  if (refusal.reason === 'other_limits' && request)
    await tellRequester(context, { by: requester.memberId, request, refusal });
}

const accountOf = (refusal: Refusal) => (refusal.reason === 'not_allowed' ? refusal.account : null);

/** Once for the same limits, however often the approval is tried. */
async function tellRequester(
  context: AppContext,
  {
    by,
    request,
    refusal: { exceeded, requestedCredits },
  }: { by: string; request: Request; refusal: Refusal & { reason: 'other_limits' } },
): Promise<void> {
  const { records, book, clock, channels, messenger, log } = context;
  const { requestId, memberId, clientId } = request;
  const key = `request/${requestId}/more/${contentHash(exceeded.map(limitName))}`;
  const mark = { workspace: book.workspace, key };
  if ((await records.marks.put({ ...mark, value: '', at: clock.now() })) === 'taken') return;
  const state = book.now();
  const accounts = exceeded.map(({ account }) => account);
  const told = await messenger.tell(directly(memberId), {
    kind: 'more_in_the_way',
    by,
    requestId,
    requestedCredits,
    exceeded,
    audience: await channels.audience(null, memberId),
    names: namesOf(state, accounts),
    helpersBy: limitContactsByAccount(state, accounts),
    hidden: hiddenFrom(state, { by: memberId, clientId, accounts }),
    clientName: state.clients.get(clientId)?.name ?? clientId,
  });
  if (told.kind === 'delivered') return;
  log.warn({ requestId, code: told.code }, 'could not tell requester about other limits');
  await records.marks.remove(mark);
}
