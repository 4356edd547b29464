import { openRequest } from '../../ledger/decide/end-request.ts';
import { approvalAuthority } from '../../ledger/rights/approval-authority.ts';
import type { AppContext } from '../context.ts';
import { directly } from '../requester.ts';
import { type Decision, tellRefused } from './answer-request.ts';

/** Sends the owners' tips to a person who often needs approval: once a click. The sender hears of it. */
export async function coachRequester(
  context: AppContext,
  { deliveryId, requester, requestId }: Decision,
): Promise<void> {
  const { book, records, messenger, clock } = context;
  const state = await book.read();
  const by = requester.memberId;
  const at = Math.max(clock.now(), state.lastAt);
  const found = openRequest(state, requestId);
  const refused = found.ok ? approvalAuthority(state, found.facts, { by, at }).deny : found;
  if (!found.ok || refused || !state.settings) {
    const refusal = refused?.refusal ?? { reason: 'not_open' as const };
    return await tellRefused(context, { requester, request: state.requests.get(requestId), refusal });
  }
  const { memberId } = found.facts;
  const mark = { workspace: book.workspace, key: `coached/${deliveryId}` };
  const isFirst = (await records.marks.put({ ...mark, value: '', at })) === 'put';
  const text = state.settings.coachingText;
  const sent = isFirst ? await messenger.tell(directly(memberId), { kind: 'coaching', text, by }) : null;
  if (sent?.kind === 'failed') await records.marks.remove(mark);
  await messenger.tell(requester, { kind: 'coaching_sent', memberId, wasSent: sent?.kind !== 'failed' });
}
