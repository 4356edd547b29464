import { type AccountId, parseAccount } from '../../ledger/accounts.ts';
import type { State } from '../../ledger/state.ts';
import { dateOf } from '../../ledger/tally/blocked.ts';
import type { Standing } from '../../ledger/usage/standings.ts';
import { windowKeysAt } from '../../ledger/usage/windows.ts';
import { type Budget, budgetOf } from '../budgets/budget.ts';
import { type DaysUsed, daysOf } from '../budgets/days-used.ts';
import { type LeftOver, leftOver, runsOut } from '../budgets/ending.ts';
import { addDays, datesOf } from '../usage.ts';

/** What a budget comes to at this pace. `unsure`: near enough to enough that what was told before stays. */
export type Outlook =
  | { kind: 'burning'; burn: Burn }
  | { kind: 'left_over'; left: LeftOver }
  | { kind: 'enough' | 'unsure' };

/** `fromAt`, `toAt`: when it may run out, where that is known; `toAt` null: or not at all. `endsAt`: its end, or when it is due. */
export type Burn = {
  runsOutAt: number;
  range: { fromAt: number; toAt: number | null } | null;
  endsAt: number;
  isDue: boolean;
  forecastCredits: number;
};

const DAY_MS = 86_400_000;
/** With fewer days of use in the last four weeks nothing can be said of a pace. */
const ACTIVE_DAYS_MIN = 5;
const RECENT_DAYS = 28;
/** Burning is told from here on, and is over where the forecast is no more than there is. */
const BURNING_FROM = 1.05;
const SETTLED_MS = 21 * DAY_MS;

/** Of months of clients, and of projects with a due date. Null for others, and where too little is known. */
export function outlookOf(
  state: State,
  standing: Standing,
  { at, used }: { at: number; used: DaysUsed },
): Outlook | null {
  const { account, window } = standing;
  if (!state.settings || !isPlanned(state, standing, at)) return null;
  const days = daysOf(used, account);
  const today = dateOf(windowKeysAt(at, state.settings));
  const budget = budgetOf(state, account, days, { at, today });
  if (!budget?.forecast || budget.window !== window || budget.endsAt === null) return null;
  const recent = datesOf({ fromDate: addDays(today, -RECENT_DAYS), toDate: addDays(today, -1) });
  const activeDays = recent.filter((date) => (days.get(date) ?? 0) > 0).length;
  // An idle client is no news.
  const left = budget.usedCredits > 0 && isSettled(state, account, at) ? leftOver(budget) : null;
  if (left) return { kind: 'left_over', left };
  if (activeDays < ACTIVE_DAYS_MIN) return null;
  const { forecast, wholeCredits } = budget;
  const burn = burnOf(budget, at);
  if (burn && forecast.credits > wholeCredits * BURNING_FROM) return { kind: 'burning', burn };
  return { kind: forecast.credits > wholeCredits ? 'unsure' : 'enough' };
}

function isPlanned({ projects }: State, { account, window }: Standing, at: number): boolean {
  const parsed = parseAccount(account);
  if (parsed?.kind === 'client') return window === 'month';
  return parsed?.kind === 'project' && window === 'total' && (projects.get(parsed.projectId)?.dueAt ?? 0) > at;
}

/** A client that was new in these weeks has no pace yet. */
function isSettled({ clients }: State, account: AccountId, at: number): boolean {
  const parsed = parseAccount(account);
  const client = parsed?.kind === 'client' ? clients.get(parsed.clientId) : null;
  return !!client && at - client.createdAt >= SETTLED_MS;
}

/** Null where it lasts at this pace, or nothing is left already. */
function burnOf(budget: Budget, at: number): Burn | null {
  const { forecast, availableCredits, endsAt, window } = budget;
  const short = availableCredits > 0 ? runsOut(budget, at) : null;
  if (!short || !forecast || endsAt === null) return null;
  const { at: runsOutAt, range } = short;
  return { runsOutAt, range, endsAt, isDue: window === 'total', forecastCredits: forecast.credits };
}
