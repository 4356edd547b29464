import { accountsOf, type Spend } from '../accounts.ts';
import type { Of } from '../commands/commands.ts';
import type { Moment } from '../kinds/kind.ts';
import type { Facts } from '../lines.ts';
import { accept, type Decision, refuse } from '../refusals.ts';
import type { Request } from '../requests.ts';
import { approvalAuthority, standsInFor } from '../rights/approval-authority.ts';
import type { State } from '../state.ts';
import { checkWords } from './checks.ts';

const REASON_CHARACTERS_MAX = 300;

/** A person who could give one of the missing credits may deny them. */
export function deny(state: State, { by, requestId, reason }: Of<'deny'>, { at }: Moment): Decision<Facts> {
  const found = openRequest(state, requestId);
  if (!found.ok) return found;
  return (
    approvalAuthority(state, found.facts, { by, at }).deny ??
    checkWords('reason', reason, REASON_CHARACTERS_MAX) ??
    accept({
      ...{ kind: 'denied', requestId, reason, ...whose(state, found.facts) },
      ...standsInFor(state, found.facts, { by, at }),
    })
  );
}

export function withdraw(state: State, { requestId }: Of<'withdraw'>): Decision<Facts> {
  const found = openRequest(state, requestId);
  return found.ok ? accept({ kind: 'withdrawn', requestId, ...whose(state, found.facts) }) : found;
}

export function escalate(state: State, { requestId }: Of<'escalate'>, { at }: Moment): Decision<Facts> {
  const found = openRequest(state, requestId);
  if (!found.ok) return found;
  const { escalatesAt: dueAt } = found.facts;
  if (at < dueAt) return refuse({ reason: 'request_not_due', requestId, dueAt });
  return accept({ kind: 'escalated', requestId, ...whose(state, found.facts) });
}

export function lapse(state: State, { requestId }: Of<'lapse'>, { at }: Moment): Decision<Facts> {
  const found = openRequest(state, requestId);
  if (!found.ok) return found;
  const { lapsesAt: dueAt } = found.facts;
  if (at < dueAt) return refuse({ reason: 'request_not_due', requestId, dueAt });
  return accept({ kind: 'lapsed', requestId, ...whose(state, found.facts) });
}

/** Tells the second person how it ended, and by which person. */
export function openRequest(state: State, requestId: string): Decision<Request> {
  const request = state.requests.get(requestId);
  if (!request) return refuse({ reason: 'request_unknown', requestId });
  return request.end ? refuse({ reason: 'request_ended', requestId, end: request.end }) : accept(request);
}

/** A request keeps no teams: it counts for those that its member is in when it ends. */
function whose(state: State, { memberId, clientId, projectId }: Request): Spend {
  const { teamIds = [] } = state.members.get(memberId) ?? {};
  return { memberId, teamIds, clientId, projectId };
}

export const accountsOfRequest = (state: State, request: Request) => accountsOf(whose(state, request));
