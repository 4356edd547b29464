import { type AccountId, parseAccount } from '../../ledger/accounts.ts';
import type { State } from '../../ledger/state.ts';
import { type Standing, standings } from '../../ledger/usage/standings.ts';
import { type Window, windowEndsAt } from '../../ledger/usage/windows.ts';
import type { DaysUsed } from '../budgets/days-used.ts';
import { type Outlook, outlookOf } from './outlook.ts';

/** How an account stands in a window that runs, and what of it people should know now. */
export type LimitAlert = {
  account: AccountId;
  window: Window;
  key: string;
  figures: AlertFigures;
  /** The highest of the told shares that was used up; null below the lowest. */
  percent: number | null;
  /** Null where it is not known well enough. */
  outlook: Outlook | null;
};

export type AlertFigures = Pick<
  Standing,
  'limitCredits' | 'rolledCredits' | 'grantsCredits' | 'usedCredits' | 'heldCredits' | 'availableCredits'
> & { movedCredits?: number; resetsAt: number | null };

/** A day is over before anybody would act on it. */
const WINDOWS_TOLD: ReadonlySet<Window> = new Set(['week', 'month', 'quarter', 'year', 'total']);

/**
 * What stands now of every limit that is told of: those of the agency, of teams, and of clients and projects that are open. A
 * person’s own limit is met by that person at the next request, and not told to anybody.
 */
export function limitAlerts(state: State, { at, used }: { at: number; used: DaysUsed }): LimitAlert[] {
  const alerts: LimitAlert[] = [];
  for (const [account, limits] of state.limits) {
    if (limits.length === 0 || !isTold(state, account)) continue;
    for (const standing of standings(state, account, at)) {
      if (WINDOWS_TOLD.has(standing.window)) alerts.push(alertOf(state, standing, { at, used }));
    }
  }
  return alerts;
}

/** Whether the account and window are told of at all, as far as anything can be known of that from them alone. */
export const isTellable = (account: AccountId, window: Window): boolean =>
  WINDOWS_TOLD.has(window) && !account.startsWith('member:');

function isTold({ clients, projects }: State, account: AccountId): boolean {
  const parsed = parseAccount(account);
  switch (parsed?.kind) {
    case 'agency':
    case 'team':
      return true;
    case 'client':
      return clients.get(parsed.clientId)?.closedAt === null;
    case 'project':
      return projects.get(parsed.projectId)?.closedAt === null;
    case 'member':
    case 'member_in_client':
    case undefined:
      return false;
  }
}

function alertOf(state: State, standing: Standing, { at, used }: { at: number; used: DaysUsed }): LimitAlert {
  const { account, window, key, limitCredits, movedCredits, rolledCredits, grantsCredits } = standing;
  const { usedCredits, heldCredits, availableCredits } = standing;
  const resetsAt = state.settings && windowEndsAt(window, at, state.settings);
  const ofLimit = { limitCredits, ...(movedCredits === 0 ? {} : { movedCredits }), rolledCredits, grantsCredits };
  const figures = { ...ofLimit, usedCredits, heldCredits, availableCredits, resetsAt };
  return {
    account,
    window,
    key,
    figures,
    percent: percentOf(state, standing),
    outlook: outlookOf(state, standing, { at, used }),
  };
}

/** Of all that may be used: the limit, what rolled over, and extra credits. Nothing is used up of a limit of nought. */
function percentOf({ settings }: State, { usedCredits, balanceCredits }: Standing): number | null {
  const whole = usedCredits + balanceCredits;
  if (usedCredits === 0) return null;
  const reached = settings?.alerts.percents.filter((percent) => usedCredits * 100 >= percent * whole) ?? [];
  return reached.at(-1) ?? null;
}
