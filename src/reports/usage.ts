import { addTo, type Cell, NO_SUMS, type Sums, type Tally } from '../ledger/tally/tally.ts';

/** What figures can be split by. A member of two teams counts in both: teams may add up to more than the whole. */
export const DIMENSIONS = ['client', 'project', 'team', 'member', 'model', 'quality', 'stage', 'mark', 'day'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** Both dates are part of it, such as `2026-11-23`. */
export type Period = { fromDate: string; toDate: string };

export type Usage = Sums & {
  /** Marked *keep* or *final*. */
  keptCount: number;
  finalCount: number;
  discardedCount: number;
};

/** `values` in the order of the dimensions that were asked for; null where there is none, such as an image without a project. */
export type UsageRow = { values: readonly (string | null)[]; usage: Usage };

export type UsageQuestion = {
  period: Period;
  by?: readonly Dimension[];
  /** Only cells of which this is so. */
  only?: (cell: Cell) => boolean;
};

export const NO_USAGE: Usage = { ...NO_SUMS, keptCount: 0, finalCount: 0, discardedCount: 0 };

const DAY_MS = 86_400_000;

/**
 * Adds up the days of a period. The work grows with the cells of these days, not with history. Rows come in the order in which
 * they are met; without a dimension there is one row, or none where nothing was counted.
 */
export function usageRows({ tally }: { tally: Tally }, { period, by = [], only }: UsageQuestion): UsageRow[] {
  const rows = new Map<string, UsageRow>();
  for (const date of datesOf(period)) {
    for (const cell of tally.get(date) ?? []) {
      if (only && !only(cell)) continue;
      for (const values of valuesOf(cell, date, by)) {
        const key = JSON.stringify(values);
        const row = rows.get(key) ?? { values, usage: { ...NO_USAGE } };
        addCell(row.usage, cell);
        rows.set(key, row);
      }
    }
  }
  return [...rows.values()];
}

/** All of a period, or all of it that the question asks for. */
export const usageOf = (state: { tally: Tally }, question: Omit<UsageQuestion, 'by'>): Usage =>
  usageRows(state, question)[0]?.usage ?? NO_USAGE;

/** Every date of a period, oldest first; none where it ends before it begins. */
export function datesOf({ fromDate, toDate }: Period): string[] {
  const dates: string[] = [];
  const last = Date.parse(toDate);
  for (let day = Date.parse(fromDate); day <= last; day += DAY_MS) dates.push(isoDate(day));
  return dates;
}

export const addDays = (date: string, days: number): string => isoDate(Date.parse(date) + days * DAY_MS);

const DATES_REMEMBERED_MAX = 4_096;
const dates = new Map<number, string>();

/** Remembered, because to write a date takes longer than all that is looked up by it. */
function isoDate(at: number): string {
  const known = dates.get(at);
  if (known !== undefined) return known;
  if (dates.size >= DATES_REMEMBERED_MAX) dates.clear();
  const date = new Date(at).toISOString().slice(0, 10);
  dates.set(at, date);
  return date;
}

/** Adds up cells, whatever they are about. */
export function sumOfCells(cells: Iterable<Cell>): Usage {
  const usage: Usage = { ...NO_USAGE };
  for (const cell of cells) addCell(usage, cell);
  return usage;
}

/** In place: a report adds up thousands of cells. */
function addCell(usage: Usage, cell: Cell): void {
  const { imagesCount, mark } = cell;
  addTo(usage, cell);
  if (mark === 'keep' || mark === 'final') usage.keptCount += imagesCount;
  if (mark === 'final') usage.finalCount += imagesCount;
  if (mark === 'discard') usage.discardedCount += imagesCount;
}

/** One list of values, and one for each team of a member. */
function valuesOf(cell: Cell, date: string, by: readonly Dimension[]): (string | null)[][] {
  const teams = by.includes('team') && cell.teamIds.length > 0 ? cell.teamIds : [null];
  return teams.map((teamId) => by.map((dimension) => valueIn(cell, { dimension, date, teamId })));
}

function valueIn(
  cell: Cell,
  { dimension, date, teamId }: { dimension: Dimension; date: string; teamId: string | null },
): string | null {
  switch (dimension) {
    case 'client':
      return cell.clientId;
    case 'project':
      return cell.projectId;
    case 'team':
      return teamId;
    case 'member':
      return cell.memberId;
    case 'model':
      return cell.model;
    case 'quality':
      return cell.quality;
    case 'stage':
      return cell.stage;
    case 'mark':
      return cell.mark;
    case 'day':
      return date;
  }
}
