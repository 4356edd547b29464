import { type Account, type AccountId, isAccount, parseAccount } from '../../ledger/accounts.ts';
import { clientOfAccount } from '../../ledger/lists/client-lists.ts';
import { limitAction, may } from '../../ledger/rights/rights.ts';
import type { State } from '../../ledger/state.ts';
import type { Cell } from '../../ledger/tally/tally.ts';
import { WINDOWS } from '../../ledger/usage/windows.ts';
import { datesOf } from '../usage.ts';
import { aboutOf, ruleOf } from './find-budgets.ts';
import type { Candidate } from './finding.ts';
import { EARLIER_WEEKS, type Weeks } from './weeks.ts';

const BLOCKED_MIN_SHARE = 0.1;
const BLOCKED_MIN_COUNT = 3;

/**
 * Limits that stopped one request in ten or more, and more than they usually do: they may be too low. `clientIds`: those of a
 * manager, who hears of limits that only their own clients meet; null for all.
 */
export function blockedCandidates(
  state: State,
  by: string,
  { weeks, clientIds }: { weeks: Weeks; clientIds: ReadonlySet<string> | null },
): Candidate[] {
  const week = blockedIn(state, [weeks.week]);
  const earlier = blockedIn(state, weeks.earlier);
  const cells = datesOf(weeks.week).flatMap((date) => state.tally.get(date) ?? []);
  return [...week].flatMap(([name, blockedCount]): Candidate[] => {
    const [account = '', windowName] = name.split(' ');
    const window = WINDOWS.find((each) => each === windowName);
    if (!window || !isAccount(account)) return [];
    const clientId = clientOfAccount(state, account);
    if (clientIds && !(clientId !== null && clientIds.has(clientId))) return [];
    const met = cells.filter((cell) => isMet(parseAccount(account), cell));
    const requestsCount = met.reduce((sum, cell) => sum + cell.requestsCount, 0);
    const isMore = blockedCount > (earlier.get(name) ?? 0) / EARLIER_WEEKS;
    if (!isMore || blockedCount < BLOCKED_MIN_COUNT || blockedCount < requestsCount * BLOCKED_MIN_SHARE) return [];
    return [
      {
        facts: { kind: 'blocked', account, window, blockedCount, requestsCount },
        about: aboutOf(state, account),
        stakeCredits: Math.max(1, Math.round(blockedCount * creditsPerImage(met))),
        action: actionFor(state, by, account),
      },
    ];
  });
}

function blockedIn({ blocked }: State, periods: Weeks['earlier']): Map<string, number> {
  const sums = new Map<string, number>();
  for (const date of periods.flatMap(datesOf)) {
    for (const [limit, count] of Object.entries(blocked.get(date) ?? {})) {
      sums.set(limit, (sums.get(limit) ?? 0) + count);
    }
  }
  return sums;
}

/** Whether a request meets the limits of an account. */
function isMet(account: Account | null, { clientId, projectId, memberId, teamIds }: Cell): boolean {
  switch (account?.kind) {
    case 'agency':
      return true;
    case 'team':
      return teamIds.includes(account.teamId);
    case 'client':
      return clientId === account.clientId;
    case 'project':
      return projectId === account.projectId;
    case 'member':
      return memberId === account.memberId;
    case 'member_in_client':
      return memberId === account.memberId && clientId === account.clientId;
    case undefined:
      return false;
  }
}

function creditsPerImage(cells: readonly Cell[]): number {
  const images = cells.reduce((sum, { imagesCount }) => sum + imagesCount, 0);
  return images === 0 ? 1 : cells.reduce((sum, { credits }) => sum + credits, 0) / images;
}

const actionFor = (state: State, by: string, account: AccountId) =>
  may(state, by, limitAction(account), { account })
    ? ({ kind: 'limits', account } as const)
    : ruleOf(state, by, clientOfAccount(state, account));
