import { type AccountId, AGENCY, clientAccount, parseAccount, teamAccount } from '../accounts.ts';
import { INKWELL } from '../commands/commands.ts';
import { isAnyClientStopped, isStopped } from '../lists/client-lists.ts';
import type { OwnersOnly } from '../refusals.ts';
import { type Refused, refuse } from '../refusals.ts';
import type { Rule } from '../rules.ts';
import { type Limit, type Member, ON_EXCEEDED, type OnExceeded, type State } from '../state.ts';
import { WINDOWS, type Window } from '../usage/windows.ts';
import { managesAccount } from './manages.ts';

export const ownersOnly = (why: OwnersOnly, account: AccountId): Refused =>
  refuse({ reason: 'owners_only', why, account });

/** Owners and the product itself set the limits; everybody else acts within them. */
export const isBound = (state: State, by: string): boolean => by !== INKWELL && state.members.get(by)?.role !== 'owner';

/**
 * Says why the manager of an account may not change what it may use: it is their own, or that of an owner or another
 * manager. Null where neither is so.
 */
export function whoseLimit(state: State, by: string, accountId: AccountId): OwnersOnly | null {
  const account = parseAccount(accountId);
  if (!account || !('memberId' in account)) return null;
  if (account.memberId === by) return 'own_limit';
  const role = state.members.get(account.memberId)?.role;
  return role === 'owner' || role === 'manager' ? 'limit_of_leader' : null;
}

type Setting = Pick<Limit, 'over' | 'rollOverMaxCredits'> & { limitCredits: number | null };

/** Lets a manager tighten any limit they may set, and loosen it only where another limit goes on stopping the account. */
export function checkLoosening(
  state: State,
  { by, account, window, ...to }: Setting & { by: string; account: AccountId; window: Window },
): Refused | null {
  const present = state.limits.get(account)?.find((limit) => limit.window === window);
  if (!isBound(state, by) || !present || !loosens(present, to) || isCovered(state, { by, account, window }))
    return null;
  return ownersOnly('limit_uncovered', account);
}

const loosens = (present: Limit, to: Setting): boolean =>
  to.limitCredits === null ||
  to.limitCredits > present.limitCredits ||
  softness(to.over) > softness(present.over) ||
  (to.rollOverMaxCredits ?? 0) > (present.rollOverMaxCredits ?? 0);

/** Whether a limit above stops the account, in a window at least as long. */
export function isCovered(
  state: State,
  { by, account, window }: { by: string; account: AccountId; window: Window },
): boolean {
  const { teamIds = [] } = state.members.get(by)?.manages ?? {};
  const shortest = WINDOWS.indexOf(window);
  return [...widerThan(state, account, teamIds), AGENCY as AccountId].some((wider) =>
    state.limits.get(wider)?.some((limit) => limit.over !== 'warn' && WINDOWS.indexOf(limit.window) >= shortest),
  );
}

/** The client, or the teams that a manager manages, which an account belongs to. */
export function widerThan(state: State, accountId: AccountId, managedTeamIds: readonly string[]): AccountId[] {
  const account = parseAccount(accountId);
  switch (account?.kind) {
    case 'member_in_client':
      return [clientAccount(account.clientId)];
    case 'project': {
      const project = state.projects.get(account.projectId);
      return project ? [clientAccount(project.clientId)] : [];
    }
    case 'member': {
      const { teamIds = [] } = state.members.get(account.memberId) ?? {};
      return teamIds.filter((teamId) => managedTeamIds.includes(teamId)).map(teamAccount);
    }
    case 'agency':
    case 'team':
    case 'client':
    case undefined:
      return [];
  }
}

/** Greater for a limit that stops less. */
export const softness = (over: OnExceeded): number => ON_EXCEEDED.indexOf(over);

export const loosensRule = (present: Rule | null, to: Rule | null): boolean =>
  present !== null &&
  (isMore(present.imagesMax, to?.imagesMax) ||
    isMore(present.priceMaxCredits, to?.priceMaxCredits) ||
    hasMore(present.models, to?.models) ||
    hasMore(present.qualities, to?.qualities));

const isMore = (present: number | null, to: number | null = null): boolean =>
  present !== null && (to === null || to > present);

const hasMore = (present: readonly string[] | null, to: readonly string[] | null = null): boolean =>
  present !== null && (to === null || to.some((name) => !present.includes(name)));

/**
 * Lets a manager bind channels to clients that a limit stops. A client without one would be a way round the limits of all
 * others. Where no client has one, owners bound the agency or its people, and there is no way round.
 */
export function checkBinding(state: State, { by, clientId }: { by: string; clientId: string | null }): Refused | null {
  if (clientId === null || !isBound(state, by) || isStopped(state, clientAccount(clientId))) return null;
  return isAnyClientStopped(state) ? ownersOnly('client_without_limit', clientAccount(clientId)) : null;
}

/**
 * An approver's extra credits lift every limit of an account. Where one of them refuses, they come from a person who might
 * raise that one too.
 */
export function checkLifted(state: State, by: string, accounts: readonly AccountId[]): Refused | null {
  if (!isBound(state, by)) return null;
  const lifted = accounts.find((account) =>
    state.limits
      .get(account)
      ?.some(({ over, window }) => over === 'refuse' && !mayLoosen(state, { by, account, window })),
  );
  return lifted === undefined ? null : ownersOnly('also_refuses', lifted);
}

function mayLoosen(state: State, of: { by: string; account: AccountId; window: Window }): boolean {
  const manager = state.members.get(of.by);
  const kind = parseAccount(of.account)?.kind;
  const isPeoples = kind === 'member' || kind === 'member_in_client' || kind === 'project';
  if (!manager || !isPeoples || !managesAccount(state, manager, of.account)) return false;
  return whoseLimit(state, of.by, of.account) === null && isCovered(state, of);
}

/**
 * Names the approver whose extra credits a person may not draw on: their own, unless they are an owner. Null where they may draw on all. Else
 * an approver could give them to an account on another's request, and use them alone.
 */
export const giverShunnedBy = ({ members }: State, memberId: string): string | null =>
  members.get(memberId)?.role === 'owner' ? null : memberId;

/** Whether a person could approve over these accounts in their own name, and not only as a delegate. */
export const hasOwnSay = (state: State, member: Member | undefined, accounts: readonly AccountId[]): boolean =>
  member !== undefined &&
  (member.role === 'owner' || accounts.every((account) => managesAccount(state, member, account)));
