import { AGENCY, clientAccount, teamAccount } from '../../ledger/accounts.ts';
import { clientsByName } from '../../ledger/lists/client-lists.ts';
import { may } from '../../ledger/rights/rights.ts';
import type { State } from '../../ledger/state.ts';
import { dateOf } from '../../ledger/tally/blocked.ts';
import { leastLeft } from '../../ledger/usage/least-left.ts';
import { dateAt, windowKeysAt } from '../../ledger/usage/windows.ts';
import { type DaysUsed, daysOf, daysOfAll, daysUsed } from '../../reports/budgets/days-used.ts';
import { forecastOf, monthOf } from '../../reports/budgets/month.ts';
import { budgetOfMonth, type MonthSoFar, monthSoFar } from '../../reports/budgets/month-so-far.ts';
import { type ClientPace, clientsByPace } from '../../reports/clients-by-pace.ts';
import { isStanding } from '../alerts/alert-state.ts';
import { standingAlerts } from '../alerts/standing-alerts.ts';
import { knownLimitAlerts } from '../alerts/tend-alerts.ts';
import type { AppContext } from '../context.ts';
import { lazyRows } from '../lazy-rows.ts';
import { clientIdsSeenBy } from '../limits/limit-contacts.ts';
import { recentChanges } from '../people/recent-changes.ts';
import { usedUntilToday } from '../reports/used-until-today.ts';
import type { ClientRow, Overview } from './overview-view.ts';
import { peopleLed } from './people-led.ts';
import { part } from './show-credits.ts';

/** Of more clients, those with the least left are ordered: no one turns so many pages. */
const CLIENTS_MAX = 100;
const CHANGES_MAX = 5;
const DAY_MS = 86_400_000;

type Look = { by: string; at: number };

/** Answers “how are we doing?” for a person who sets things up. Null before the workspace was opened. */
export async function showOverview(context: AppContext, state: State, look: Look): Promise<Overview | null> {
  const { settings } = state;
  if (!settings) return null;
  const { by, at } = look;
  const today = dateOf(windowKeysAt(at, settings));
  const used = usedUntilToday(context.records, state, at);
  const isAll = may(state, by, 'see_agency');
  const clientIds = isAll ? allOpen(state.clients) : openOnes(state.clients, clientIdsSeenBy(state, by));
  const ordered =
    clientIds.length > CLIENTS_MAX && isAll ? openOnes(state.clients, leastLeft(state, at, CLIENTS_MAX)) : clientIds;
  const paces = clientsByPace(state, { clientIds: ordered, used, moment: { at, today } });
  const told = toldOfMonths(context);
  return {
    month: monthFor(state, { clientIds, used, isAll, at, today }),
    clients: lazyRows(paces, (pace) => clientRow(state, pace, { by, at, told })),
    clientsCount: clientIds.length,
    teams: isAll ? [] : teamsLed(state, look),
    people: isAll ? { rows: [], count: 0 } : peopleLed(state, look),
    alerts: standingAlerts(context, state, look),
    changes: await recentChanges(context, state, { by, rowsMax: CHANGES_MAX }),
  };
}

type Clients = State['clients'];
const openOnes = (clients: Clients, clientIds: readonly string[]) =>
  clientIds.filter((clientId) => clients.get(clientId)?.closedAt === null);

/** Clients change seldom, and Home is drawn often. */
const openKnown = new WeakMap<Clients, readonly string[]>();

function allOpen(clients: Clients): readonly string[] {
  const known = openKnown.get(clients) ?? openOnes(clients, clientsByName(clients));
  openKnown.set(clients, known);
  return known;
}

type Month = { clientIds: readonly string[]; used: DaysUsed; isAll: boolean; at: number; today: string };

/** Today counts as far as it has come; a forecast is made of the days that are over. */
function monthFor(state: State, { clientIds, used, isAll, at, today }: Month): MonthSoFar | null {
  const daysIn = (days: DaysUsed) => (isAll ? daysOf(days, AGENCY) : daysOfAll(days, clientIds.map(clientAccount)));
  const soFar = daysUsed(state, { fromDate: monthOf(today).fromDate, toDate: today });
  return monthSoFar(daysIn(soFar), {
    lastDate: today,
    forecast: () => forecastOf(daysIn(used), today),
    budgetCredits: budgetOfMonth(state, clientIds, { at, isAll }),
  });
}

/** What the alerts say of clients' months: the list of clients says the same. */
const toldOfMonths = (context: AppContext) =>
  new Map(
    knownLimitAlerts(context).flatMap(({ account, window, states }) => {
      const last = states.at(-1);
      return window === 'month' && last && isStanding(last) ? [[account, last] as const] : [];
    }),
  );

function clientRow(
  state: State,
  { clientId, name, budget }: ClientPace,
  { by, at, told }: Look & { told: ReturnType<typeof toldOfMonths> },
): ClientRow {
  const account = clientAccount(clientId);
  const { burn = null, left = null } = told.get(account) ?? {};
  const runsOutOn = burn && state.settings && dateAt(burn.runsOutAt, state.settings);
  return {
    clientId,
    name,
    balance: part(state, account, { by, at }),
    budget,
    burn: runsOutOn ? { runsOutOn, daysEarly: Math.max(0, Math.round((burn.endsAt - burn.runsOutAt) / DAY_MS)) } : null,
    left,
  };
}

const teamsLed = (state: State, { by, at }: Look): Overview['teams'] =>
  (state.members.get(by)?.manages.teamIds ?? []).flatMap((teamId) => {
    const team = state.teams.get(teamId);
    const account = teamAccount(teamId);
    return team && may(state, by, 'see_figures', { account })
      ? [{ name: team.name, ...part(state, account, { by, at }) }]
      : [];
  });
