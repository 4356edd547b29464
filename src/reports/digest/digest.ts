import { type AccountId, AGENCY, clientAccount, projectAccount } from '../../ledger/accounts.ts';
import { may } from '../../ledger/rights/rights.ts';
import type { Project, State } from '../../ledger/state.ts';
import { dateOf } from '../../ledger/tally/blocked.ts';
import { windowKeysAt } from '../../ledger/usage/windows.ts';
import { budgetOf, type Moment } from '../budgets/budget.ts';
import { type DaysUsed, daysOf, daysOfAll, daysUsed, meanOf, usedIn } from '../budgets/days-used.ts';
import { EARLIER_MONTHS, forecastOf } from '../budgets/month.ts';
import { budgetOfMonth, type MonthSoFar, monthSoFar } from '../budgets/month-so-far.ts';
import type { PeerHeld } from '../peer-week.ts';
import { addDays, type Period, sumOfCells, type Usage } from '../usage.ts';
import { type ClientWeek, cellsByClient, clientWeek } from './client-week.ts';
import { blockedCandidates } from './find-blocked.ts';
import { budgetCandidate } from './find-budgets.ts';
import { peersCandidate } from './find-peers.ts';
import { fewKeptCandidate, spikeCandidate } from './find-use.ts';
import { type Candidate, chooseFindings, type Finding } from './finding.ts';
import { type Weeks, weeksBefore } from './weeks.ts';

/** What a week came to, for one reader: of all clients for an owner, of their own for a manager. */
export type Digest = {
  /** Slack's readers see whole days only: `at` is the moment that it was made. */
  at: number;
  weeks: Weeks;
  week: Usage;
  usualCredits: number;
  findings: readonly Finding[];
  /** Those that matter most first; of clients at rest and without a plan nothing is said. */
  clients: readonly ClientWeek[];
  month: MonthSoFar | null;
  /** Projects that are due within a week. */
  due: readonly Project[];
  /** Nothing was made, nothing is due, and there is nothing to find. */
  isQuiet: boolean;
};

const DUE_WITHIN_MS = 7 * 86_400_000;
const HISTORY_DAYS = 31 * (EARLIER_MONTHS + 1);

/**
 * Null before the workspace was opened. `date`: what it is made up for; without one, that of the moment. `held`: what this
 * reader may read of a person.
 */
export function digestOf(
  state: State,
  by: string,
  at: number,
  { date, held = null }: { date?: string | undefined; held?: PeerHeld | null } = {},
): Digest | null {
  if (!state.settings) return null;
  const moment: Moment = { at, today: date ?? dateOf(windowKeysAt(at, state.settings)) };
  const weeks = weeksBefore(moment.today, state.settings.weekStartsOn);
  const used = daysUsed(state, { fromDate: addDays(moment.today, -HISTORY_DAYS), toDate: moment.today });
  const clientIds = clientIdsFor(state, by);
  const isAll = may(state, by, 'see_agency');
  const cells = cellsByClient(state, weeks.week);
  const clients = clientIds.map((clientId) => clientWeek(state, clientId, { weeks, used, cells, moment }));
  const due = projectsOf(state, clientIds).filter(
    ({ dueAt }) => dueAt !== null && dueAt > at && dueAt <= at + DUE_WITHIN_MS,
  );
  const findings = chooseFindings(candidates(state, by, { moment, weeks, used, clients, cells, isAll, held }));
  const week = sumOfCells(clientIds.flatMap((clientId) => cells.get(clientId) ?? []));
  const days = isAll ? daysOf(used, AGENCY) : daysOfAll(used, clientIds.map(clientAccount));
  return {
    at,
    weeks,
    week,
    usualCredits: Math.round(meanOf(weeks.earlier.map((period) => usedIn(days, period)))),
    findings,
    clients: byWeight(clients, findings),
    month: monthSoFar(days, {
      lastDate: addDays(moment.today, -1),
      forecast: () => forecastOf(days, moment.today),
      budgetCredits: budgetOfMonth(state, clientIds, { at, isAll }),
    }),
    due,
    isQuiet: week.requestsCount === 0 && week.imagesCount === 0 && findings.length === 0 && due.length === 0,
  };
}

/** Open clients: all of them for those who see the agency, else those that a manager looks after. */
function clientIdsFor(state: State, by: string): string[] {
  return [...state.clients.values()]
    .filter(
      ({ clientId, closedAt }) =>
        closedAt === null && may(state, by, 'see_figures', { account: clientAccount(clientId) }),
    )
    .map(({ clientId }) => clientId);
}

const projectsOf = ({ projects }: State, clientIds: readonly string[]): Project[] => {
  const asked = new Set(clientIds);
  return [...projects.values()].filter(({ clientId, closedAt }) => closedAt === null && asked.has(clientId));
};

type Known = {
  moment: Moment;
  weeks: Weeks;
  used: DaysUsed;
  clients: readonly ClientWeek[];
  cells: ReturnType<typeof cellsByClient>;
  isAll: boolean;
  held: PeerHeld | null;
};

function candidates(state: State, by: string, known: Known): Candidate[] {
  const { moment, weeks, used, clients, cells, isAll, held } = known;
  const earlier = cellsByClient(state, spanOf(weeks.earlier));
  const clientIds = clients.map(({ clientId }) => clientId);
  const others: AccountId[] = [
    ...(isAll ? [AGENCY as AccountId] : []),
    ...projectsOf(state, clientIds).map(({ projectId }) => projectAccount(projectId)),
  ];
  const budgets = [
    ...clients.map(({ budget }) => budget),
    ...others.map((account) => budgetOf(state, account, daysOf(used, account), moment)),
  ];
  return [
    ...budgets.map((budget) => budget && budgetCandidate(state, by, budget, moment)),
    ...clients.flatMap((client) => {
      const { clientId } = client;
      const own = { week: cells.get(clientId) ?? [], earlier: earlier.get(clientId) ?? [] };
      return [spikeCandidate(state, by, client, own), fewKeptCandidate(state, by, client, own)];
    }),
    ...blockedCandidates(state, by, { weeks, clientIds: isAll ? null : new Set(clientIds) }),
    held && peersCandidate(state, by, held),
  ].filter((each) => each !== null);
}

const spanOf = (periods: readonly Period[]): Period => ({
  fromDate: periods[0]?.fromDate ?? '',
  toDate: periods.at(-1)?.toDate ?? '',
});

/** Found ones first, then those ahead of plan, then the largest. */
function byWeight(clients: readonly ClientWeek[], findings: readonly Finding[]): ClientWeek[] {
  const found = new Set(findings.map(({ about }) => about));
  const paceOf = ({ budget }: ClientWeek) =>
    budget?.expectedCredits ? Math.max(1, budget.usedCredits / budget.expectedCredits) : 1;
  return clients
    .filter(({ week, usualCredits, budget }) => week.credits > 0 || usualCredits > 0 || (budget?.usedCredits ?? 0) > 0)
    .sort(
      (a, b) =>
        Number(found.has(b.clientId)) - Number(found.has(a.clientId)) ||
        paceOf(b) - paceOf(a) ||
        b.week.credits - a.week.credits ||
        (a.clientId < b.clientId ? -1 : 1),
    );
}
