import { AGENCY } from '../../ledger/accounts.ts';
import { openRequest as findOpen } from '../../ledger/decide/end-request.ts';
import { approvalAuthority } from '../../ledger/rights/approval-authority.ts';
import { may } from '../../ledger/rights/rights.ts';
import type { ExceededLimit } from '../../ledger/state.ts';
import { tightest } from '../../ledger/usage/exceeded.ts';
import { audienceOfReply } from '../../ports/reply-address.ts';
import type { AppContext } from '../context.ts';
import { labelOf } from '../limits/account-label.ts';
import { authorizeView } from '../limits/authorize-view.ts';
import { type MoveChoice, type MoveInput, sourcesFor } from '../limits/move-budget.ts';
import type { Requester } from '../requester.ts';
import { submitChange } from '../submit-change.ts';
import { type Decision, tellRefused } from './answer-request.ts';
import type { RequestForm } from './cards.ts';
import { openRequest } from './open-request.ts';
import { redrawCards } from './redraw-cards.ts';
import { requestFacts } from './request-facts.ts';

/** Budget from elsewhere for a limit that a request went over. */
export type RequestMove = {
  request: RequestForm;
  /** The tightest limit in the way that the form's reader may move budget to; null where there is none. */
  to: ExceededLimit | null;
  lackingCredits: number;
  from: MoveChoice;
};

const NOWHERE: MoveChoice = { places: [], isCut: false };

/** Returns the form's start. Tells the person and returns null where they may not decide, or move budget. */
export async function openMoveForRequest(
  context: AppContext,
  { requester, requestId }: { requester: Requester; requestId: string },
): Promise<RequestMove | null> {
  const request = await openRequest(context, { requester, requestId, action: 'approve' });
  if (!request) return null;
  const by = requester.memberId;
  const now = context.book.now();
  const to = tightest(
    request.exceeded.filter(({ account }) => account !== AGENCY && may(now, by, 'move_budget', { account })),
  );
  if (!to) return { request, to: null, lackingCredits: 0, from: NOWHERE };
  const seen = await authorizeView(context, { by, action: 'move_budget', account: to.account });
  if (!seen.ok) {
    await tellRefused(context, { requester, request: now.requests.get(requestId), refusal: seen.refusal });
    return null;
  }
  const { state, at } = seen;
  const from = await sourcesFor(context, state, { by, to: to.account, window: to.window, at });
  return { request, to, lackingCredits: Math.max(1, request.requestedCredits - to.availableCredits), from };
}

/**
 * The move is the ledger's, which asks for authority over both accounts; it is made only while the request waits and the
 * sender may still decide about that. The request stays open: every card of it says what is in the way from now on.
 */
export async function moveForRequest(
  context: AppContext,
  { deliveryId, requester, requestId, keeps, from, to, window, amountCredits }: Decision<MoveInput>,
): Promise<boolean> {
  const by = requester.memberId;
  const move = { from, to, window, amountCredits };
  const state = await context.book.read();
  const at = Math.max(context.clock.now(), state.lastAt);
  const found = findOpen(state, requestId);
  const refused = found.ok ? approvalAuthority(state, found.facts, { by, at }).approve : found;
  const tell = { requester, request: state.requests.get(requestId) };
  if (!found.ok || refused) {
    if (refused) await tellRefused(context, { ...tell, refusal: refused.refusal });
    return false;
  }
  const changed = await submitChange(context, { deliveryId, by, command: { kind: 'move_budget', ...move } });
  if (!changed.ok) {
    if (!(await keeps?.(changed.refusal))) await tellRefused(context, { ...tell, refusal: changed.refusal });
    return false;
  }
  await tellMoved(context, { requester, requestId, move });
  await redrawCards(context, requestId);
  return true;
}

async function tellMoved(
  context: AppContext,
  { requester, requestId, move }: { requester: Requester; requestId: string; move: MoveInput },
): Promise<void> {
  const state = context.book.now();
  const request = state.requests.get(requestId);
  const isEnded = !request || request.end !== null;
  const told = await context.messenger.tell(requester, {
    kind: 'moved_for_request',
    amountCredits: move.amountCredits,
    window: move.window,
    from: labelOf(state, move.from),
    to: labelOf(state, move.to),
    audience: await audienceOfReply(context.channels, requester),
    inTheWayCount: isEnded ? null : (await requestFacts(context, request)).exceeded.length,
  });
  if (told.kind === 'failed')
    context.log.warn({ requestId, code: told.code }, 'could not tell that credits were moved');
}
