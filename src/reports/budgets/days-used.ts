import { type AccountId, AGENCY, clientAccount, projectAccount } from '../../ledger/accounts.ts';
import type { Cell, Tally } from '../../ledger/tally/tally.ts';
import { datesOf, type Period } from '../usage.ts';

/** Credits by date. */
export type Days = ReadonlyMap<string, number>;
/** Of the agency, each client and each project. */
export type DaysUsed = ReadonlyMap<AccountId, Days>;

const NO_DAYS: Days = new Map();

/**
 * Adds up the days of a period for all accounts at once: a cell is read once, however many clients there are. A day is added
 * up by ids first: there are many more cells than accounts.
 */
export function daysUsed({ tally }: { tally: Tally }, period: Period): DaysUsed {
  const used = new Map<AccountId, Map<string, number>>();
  const add = (account: AccountId, date: string, credits: number) => {
    const days = used.get(account) ?? new Map<string, number>();
    used.set(account, days.set(date, (days.get(date) ?? 0) + credits));
  };
  for (const date of datesOf(period)) {
    const cells = tally.get(date);
    if (!cells) continue;
    const { all, byClient, byProject } = sumsOf(cells);
    if (all > 0) add(AGENCY, date, all);
    for (const [clientId, credits] of byClient) add(clientAccount(clientId), date, credits);
    for (const [projectId, credits] of byProject) add(projectAccount(projectId), date, credits);
  }
  return used;
}

type Sums = { all: number; byClient: ReadonlyMap<string, number>; byProject: ReadonlyMap<string, number> };

/** Cells of a day that is over rarely change, so every reader and every look has the same list of them. */
const known = new WeakMap<readonly Cell[], Sums>();

function sumsOf(cells: readonly Cell[]): Sums {
  const before = known.get(cells);
  if (before) return before;
  let all = 0;
  const byClient = new Map<string, number>();
  const byProject = new Map<string, number>();
  for (const { clientId, projectId, credits, agencyCredits } of cells) {
    all += credits + agencyCredits;
    byClient.set(clientId, (byClient.get(clientId) ?? 0) + credits);
    if (projectId !== null) byProject.set(projectId, (byProject.get(projectId) ?? 0) + credits);
  }
  const sums = { all, byClient, byProject };
  known.set(cells, sums);
  return sums;
}

export const daysOf = (used: DaysUsed, account: AccountId): Days => used.get(account) ?? NO_DAYS;

/** Sums of several accounts, by which they are: a reader looks at the same ones again and again. */
const together = new WeakMap<DaysUsed, Map<string, Days>>();

/** The days of several accounts, added up. */
export function daysOfAll(used: DaysUsed, accounts: readonly AccountId[]): Days {
  const key = accounts.join(' ');
  const ofAll = together.get(used) ?? new Map<string, Days>();
  together.set(used, ofAll);
  const before = ofAll.get(key);
  if (before) return before;
  const sums = new Map<string, number>();
  for (const account of accounts) {
    for (const [date, credits] of daysOf(used, account)) sums.set(date, (sums.get(date) ?? 0) + credits);
  }
  ofAll.set(key, sums);
  return sums;
}

export const usedIn = (days: Days, period: Period): number =>
  datesOf(period).reduce((sum, date) => sum + (days.get(date) ?? 0), 0);

export const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
