import { openRequest as findOpen } from '../../ledger/decide/end-request.ts';
import { type Refused, refuse } from '../../ledger/refusals.ts';
import { rolesFor } from '../../ledger/rights/actions.ts';
import { type ApprovalAuthority, approvalAuthority } from '../../ledger/rights/approval-authority.ts';
import { limitAction, may } from '../../ledger/rights/rights.ts';
import type { AppContext } from '../context.ts';
import type { Requester } from '../requester.ts';
import { tellRefused } from './answer-request.ts';
import type { RequestForm } from './cards.ts';
import { redrawCards } from './redraw-cards.ts';
import { requestFacts } from './request-facts.ts';

export type OpenedFor = 'approve' | 'approve_until' | 'deny';

/** Returns the start of a form about a request. Null where it has ended, or is not theirs to decide: the person is told. */
export async function openRequest(
  context: AppContext,
  { requester, requestId, action: opened }: { requester: Requester; requestId: string; action: OpenedFor },
): Promise<RequestForm | null> {
  const state = await context.book.read();
  const by = requester.memberId;
  const at = Math.max(context.clock.now(), state.lastAt);
  const found = findOpen(state, requestId);
  const action = opened === 'deny' ? 'deny' : 'approve';
  const whyNot = ({ approve, deny, give }: ApprovalAuthority) => {
    switch (opened) {
      case 'approve':
        return approve;
      case 'approve_until':
        return approve ?? give('until');
      case 'deny':
        return deny;
    }
  };
  const refused = found.ok
    ? (whyNot(approvalAuthority(state, found.facts, { by, at })) ?? (await insideOnly(context, by, action)))
    : found;
  if (!found.ok || refused) {
    if (refused)
      await tellRefused(context, { requester, request: state.requests.get(requestId), refusal: refused.refusal });
    if (!found.ok) await redrawCards(context, requestId);
    return null;
  }
  const facts = await requestFacts(context, found.facts);
  const lacking = facts.exceeded.map(({ availableCredits }) => facts.requestedCredits - availableCredits);
  return {
    ...facts,
    leastCredits: Math.max(1, ...lacking),
    limits: facts.exceeded.map((limit) => {
      const { account, window, availableCredits } = limit;
      const present = state.limits.get(account)?.find((each) => each.window === window)?.limitCredits ?? 0;
      const maySet = may(state, by, limitAction(account), { account });
      return {
        ...limit,
        maySet,
        setCredits: present,
        enoughCredits: present + facts.requestedCredits - availableCredits,
      };
    }),
    timeZone: state.settings?.timeZone ?? 'UTC',
  };
}

/** The forms show the agency's figures: a person who has become a guest since is shown none. */
async function insideOnly(
  { book, channels }: AppContext,
  by: string,
  action: 'approve' | 'deny',
): Promise<Refused | null> {
  if ((await channels.audience(null, by)) === 'internal') return null;
  const role = book.now().members.get(by)?.role ?? null;
  return refuse({ reason: 'not_allowed', action, role, roles: rolesFor(action), account: null });
}
