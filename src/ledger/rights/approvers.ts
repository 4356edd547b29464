import { type AccountId, accountsOf, clientAccount } from '../accounts.ts';
import { activeWith } from '../lists/member-lists.ts';
import type { ExceededLimit } from '../refusals.ts';
import { type Request, requestedCredits } from '../requests.ts';
import type { Member, Role, State } from '../state.ts';
import { exceededBy } from '../usage/standings.ts';
import { checkLifted } from './ceilings.ts';
import { delegatorsOf, managesAccount, may } from './rights.ts';

type Wanted = Pick<Request, 'memberId' | 'clientId' | 'projectId' | 'imagesCount' | 'eachCredits'>;

/** Every limit that stops a request now; those that only warn do not. */
export function exceededNow(state: State, request: Wanted, at: number): ExceededLimit[] {
  const { settings: calendar } = state;
  if (!calendar) return [];
  const { memberId, clientId, projectId } = request;
  const { teamIds = [] } = state.members.get(memberId) ?? {};
  const accounts = accountsOf({ memberId, teamIds, clientId, projectId });
  const wanted = { accounts, requestedCredits: requestedCredits(request), at, calendar, memberId };
  return exceededBy(state, wanted).filter(({ over }) => over !== 'warn');
}

/**
 * The accounts that an approver needs authority over: those that lack credits, or the client where none does any more. A
 * limit that refuses is nobody's to approve over: whoever decides is told that it binds, not that somebody else may.
 */
export function accountsToDecide(state: State, request: Request, at: number): AccountId[] {
  const accounts = accountsLacking(state, request, at);
  return accounts.length > 0 ? accounts : [clientAccount(request.clientId)];
}

/** The accounts that an approval has to give extra credits to. */
export function accountsLacking(state: State, request: Request, at: number): AccountId[] {
  const asking = exceededNow(state, request, at).filter(({ over }) => over === 'ask');
  return [...new Set(asking.map(({ account }) => account))];
}

/**
 * Who is asked about a request: the managers of every account that lacks credits, if they may give it some; owners where
 * there is no such manager, and after a while in any case. Whoever is away has their delegate asked too, except where an owner has to decide in
 * person. Never the one who asked.
 */
export function approversOf(state: State, request: Request, at: number): string[] {
  const accounts = accountsToDecide(state, request, at);
  const others = (role: Role) => activeWith(state, role).filter(({ memberId }) => memberId !== request.memberId);
  const lacking = accountsLacking(state, request, at);
  const mayGive = ({ memberId }: Member) => checkLifted(state, memberId, lacking) === null;
  const managers = others('manager').filter(
    (member) => accounts.every((account) => managesAccount(state, member, account)) && mayGive(member),
  );
  const owners = others('owner');
  if (needsOwner(state, request)) return owners.map(({ memberId }) => memberId);
  const isForOwners = managers.length === 0 || request.escalatedAt !== null;
  const asked = isForOwners ? [...managers, ...owners] : managers;
  const delegates = delegatesOf(state, asked, at).filter(mayGive);
  return [...new Set([...asked, ...delegates].map(({ memberId }) => memberId))].filter(
    (memberId) => memberId !== request.memberId,
  );
}

export function needsOwner({ settings }: State, request: Pick<Request, 'imagesCount' | 'eachCredits'>): boolean {
  const above = settings?.ownerAboveCredits ?? null;
  return above !== null && requestedCredits(request) > above;
}

function delegatesOf(state: State, away: readonly Member[], at: number): Member[] {
  return away.flatMap(({ delegate }) => {
    const member = delegate && delegate.untilAt > at ? state.members.get(delegate.toId) : undefined;
    return member?.status === 'active' && member.role !== 'viewer' ? [member] : [];
  });
}

/** Whether somebody may approve: they need a say over every account that lacks credits, and it is not their own. */
export const mayApprove = (state: State, by: string, request: Request, at: number): boolean =>
  by !== request.memberId &&
  (!needsOwner(state, request) || state.members.get(by)?.role === 'owner') &&
  checkLifted(state, by, accountsLacking(state, request, at)) === null &&
  accountsToDecide(state, request, at).every((account) =>
    may(state, by, 'approve', { account, at, askedBy: request.memberId }),
  );

/** Whether somebody decides for others just now, so that their approvals are to be shown to them too. */
export const decidesForOthers = (state: State, by: string, at: number): boolean =>
  delegatorsOf(state, by, at).length > 0;
