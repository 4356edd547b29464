import type { Budget } from '../../reports/budgets/budget.ts';
import type { MonthSoFar } from '../../reports/budgets/month-so-far.ts';
import type { AlertState } from '../alerts/alert-state.ts';
import type { LimitAlertCard } from '../alerts/limit-alert-card.ts';
import type { UseAlertCard } from '../alerts/use-alert-card.ts';
import type { RequestFacts } from '../approvals/cards.ts';
import type { ChangesView } from '../people/changes-view.ts';
import type { Part } from './credits-view.ts';

export type { MonthSoFar } from '../../reports/budgets/month-so-far.ts';

/** How an agency is doing, for owners; and the clients of a manager, for that manager. */
export type Overview = {
  /** Null where nothing was used this month. */
  month: MonthSoFar | null;
  /** Those that need a look first; of thousands only those with the least left. */
  clients: readonly ClientRow[];
  /** Open ones, with those that are left out of the rows. */
  clientsCount: number;
  /** Teams that a manager leads. */
  teams: readonly (Part & { name: string })[];
  /** Some of the people in these teams, and how many there are. */
  people: { rows: readonly (Part & { memberId: string })[]; count: number };
  alerts: readonly StandingAlert[];
  changes: Pick<ChangesView, 'rows' | 'names'>;
};

export type ClientRow = {
  clientId: string;
  name: string;
  balance: Part;
  budget: Budget | null;
  /** What is told of its month by itself now: dates of the workspace's calendar. */
  burn: { runsOutOn: string; daysEarly: number } | null;
  left: AlertState['left'];
};

export type StandingAlert = LimitAlertCard | UseAlertCard;

/** Requests that wait for this person's decision, the oldest first. */
export type OpenRequests = {
  rows: readonly (RequestFacts & { may: { approve: boolean; deny: boolean } })[];
  hasMore: boolean;
};
