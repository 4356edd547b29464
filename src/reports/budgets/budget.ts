import { type AccountId, parseAccount } from '../../ledger/accounts.ts';
import type { State } from '../../ledger/state.ts';
import { dateStartsAt } from '../../ledger/usage/civil-dates.ts';
import { type Standing, standings } from '../../ledger/usage/standings.ts';
import { type Window, windowEndsAt } from '../../ledger/usage/windows.ts';
import { addDays } from '../usage.ts';
import { type Days, usedIn } from './days-used.ts';
import { forecastOf } from './month.ts';

/** How an account stands against the limit that is planned by, and where it will be at its end. */
export type Budget = {
  account: AccountId;
  window: Window;
  /** All that can be used in it: the limit, what rolled over and extra credits. */
  wholeCredits: number;
  usedCredits: number;
  availableCredits: number;
  /** What would be used by now if every day were like the others. Null where it has no end. */
  expectedCredits: number | null;
  /** When it resets, or is due. */
  endsAt: number | null;
  daysLeft: number | null;
  forecast: { credits: number; range: { fromCredits: number; toCredits: number } | null } | null;
};

/** The moment that a digest is made for. */
export type Moment = { at: number; today: string };

/** People plan by months first; a limit of a day or a week says nothing of how a budget lasts. */
const PLANNED_BY: readonly Window[] = ['month', 'quarter', 'year', 'total'];
const DAY_MS = 86_400_000;
/** Where there is no month to forecast, the last four weeks go on. */
const RECENT_DAYS = 28;

/** Null where no such limit is set. */
export function budgetOf(state: State, account: AccountId, days: Days, { at, today }: Moment): Budget | null {
  const all = standings(state, account, at);
  const standing = PLANNED_BY.flatMap((window) => all.find((each) => each.window === window) ?? [])[0];
  if (!standing) return null;
  const { window, balanceCredits, usedCredits, availableCredits } = standing;
  const span = spanOf(state, standing, at);
  const wholeCredits = balanceCredits + usedCredits;
  const daysLeft = span && Math.max(0, Math.ceil((span.endsAt - at) / DAY_MS));
  return {
    account,
    window,
    wholeCredits,
    usedCredits,
    availableCredits,
    expectedCredits: span && Math.round(wholeCredits * shareOver(span, at)),
    endsAt: span?.endsAt ?? null,
    daysLeft,
    forecast: forecastFor({ window, usedCredits, daysLeft }, days, today),
  };
}

type Span = { fromAt: number; endsAt: number };

/** After a change of the calendar a window may have begun at another moment: then this is nearly right. */
function spanOf({ settings, projects }: State, { account, window, key }: Standing, at: number): Span | null {
  if (!settings) return null;
  if (window === 'total') {
    const parsed = parseAccount(account);
    const project = parsed?.kind === 'project' ? projects.get(parsed.projectId) : null;
    return project?.dueAt && project.dueAt > at ? { fromAt: project.createdAt, endsAt: project.dueAt } : null;
  }
  const endsAt = windowEndsAt(window, at, settings);
  const fromAt = dateStartsAt(firstDateOf(key), settings.timeZone);
  return endsAt === null ? null : { fromAt: Math.min(fromAt, at), endsAt };
}

/** Of `month:2026-11`, `quarter:2026-Q4` or `year:2026`. */
function firstDateOf(key: string): { year: number; month: number; day: number } {
  const [, year, quarter, month] = /^[a-z]+:(\d{4,})(?:-Q(\d)|-(\d\d))?/.exec(key) ?? [];
  return { year: Number(year), month: quarter ? 3 * Number(quarter) - 2 : Number(month ?? 1), day: 1 };
}

const shareOver = ({ fromAt, endsAt }: Span, at: number) =>
  Math.min(1, Math.max(0, (at - fromAt) / Math.max(1, endsAt - fromAt)));

function forecastFor(
  { window, usedCredits, daysLeft }: Pick<Budget, 'window' | 'usedCredits' | 'daysLeft'>,
  days: Days,
  today: string,
): Budget['forecast'] {
  if (window === 'month') {
    const forecast = forecastOf(days, today);
    return forecast && { credits: Math.max(usedCredits, forecast.credits), range: forecast.range };
  }
  if (daysLeft === null) return null;
  const recent = usedIn(days, { fromDate: addDays(today, -RECENT_DAYS), toDate: addDays(today, -1) });
  return { credits: Math.round(usedCredits + (recent / RECENT_DAYS) * daysLeft), range: null };
}
