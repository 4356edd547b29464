import { type AccountId, AGENCY, clientAccount, memberAccount, parseAccount, teamAccount } from '../accounts.ts';
import type { State } from '../state.ts';
import type { Standing } from './standings.ts';
import { usableStandings } from './usable.ts';
import type { Window } from './windows.ts';

/**
 * Why less of an account can be used than its own limits leave: its client or project is closed, or a limit above it leaves
 * less, which every request that touches the account is checked against as well.
 */
export type Less =
  | { kind: 'closed'; what: 'client' | 'project' }
  | { kind: 'above'; account: AccountId; window: Window; leftCredits: number };

/** Null where the account's own limits are what is met first. An account without a limit is told of what is used up alone. */
export function lessThanOwn(state: State, account: AccountId, at: number): Less | null {
  const closed = closedOf(state, account);
  if (closed) return { kind: 'closed', what: closed };
  const own = leastLeftOf(usableStandings(state, account, at));
  const ownCredits = own ? own.availableCredits : 1;
  if (ownCredits <= 0) return null;
  const above = leastLeftOf(aboveOf(state, account).flatMap((wider) => usableStandings(state, wider, at)));
  if (!above || above.availableCredits >= ownCredits) return null;
  const { account: wider, window, availableCredits } = above;
  return { kind: 'above', account: wider, window, leftCredits: Math.max(0, availableCredits) };
}

/** A limit that only warns stops nothing. Of two alike the later one, which is the narrower. */
export function leastLeftOf<Each extends Pick<Standing, 'over' | 'availableCredits'>>(
  limits: readonly Each[],
): Each | null {
  return limits.reduce<Each | null>((least, each) => {
    if (each.over === 'warn') return least;
    return least === null || each.availableCredits <= least.availableCredits ? each : least;
  }, null);
}

function closedOf({ clients, projects }: State, accountId: AccountId): 'client' | 'project' | null {
  const account = parseAccount(accountId);
  const project = account?.kind === 'project' ? projects.get(account.projectId) : undefined;
  const clientId = account && 'clientId' in account ? account.clientId : project?.clientId;
  const client = clientId === undefined ? undefined : clients.get(clientId);
  if (client && client.closedAt !== null) return 'client';
  return project && project.closedAt !== null ? 'project' : null;
}

/** What every request that touches an account touches too, widest first. */
function aboveOf(state: State, accountId: AccountId): AccountId[] {
  const account = parseAccount(accountId);
  const teamsOf = (memberId: string) => (state.members.get(memberId)?.teamIds ?? []).map(teamAccount);
  switch (account?.kind) {
    case 'team':
    case 'client':
      return [AGENCY];
    case 'project': {
      const project = state.projects.get(account.projectId);
      return project ? [AGENCY, clientAccount(project.clientId)] : [AGENCY];
    }
    case 'member':
      return [AGENCY, ...teamsOf(account.memberId)];
    case 'member_in_client': {
      const { memberId, clientId } = account;
      return [AGENCY, ...teamsOf(memberId), clientAccount(clientId), memberAccount(memberId)];
    }
    case 'agency':
    case undefined:
      return [];
  }
}
