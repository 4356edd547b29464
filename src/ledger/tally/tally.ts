import type { Map as ImmutableMap } from 'immutable';
import type { Mark, Stage } from '../work.ts';

/** What a cell of the tally is about. Null where a request was refused before that was known, and for an image without a mark. */
export type Counted = {
  clientId: string;
  projectId: string | null;
  memberId: string;
  teamIds: readonly string[];
  model: string | null;
  quality: string | null;
  stage: Stage | null;
  mark: Mark | null;
};

export type Sums = {
  /** Requests that got as far as the limits: held, asked for or refused. */
  requestsCount: number;
  /** Of those, the ones that a limit stopped. An approval does not change that. */
  blockedCount: number;
  imagesCount: number;
  /** Images that the provider declined because of what they were to show. */
  declinedCount: number;
  slippedCount: number;
  /** Charged to the client and every other account of the request. */
  credits: number;
  /** Charged to the agency alone: slips, and images of members who were removed meanwhile. */
  agencyCredits: number;
  costMicroUsd: number;
};

export type Cell = Counted & Sums;

/** By date: a week is read without a look at any other. A day has one cell for all that is alike. */
export type Tally = ImmutableMap<string, readonly Cell[]>;

export const NO_SUMS: Sums = {
  requestsCount: 0,
  blockedCount: 0,
  imagesCount: 0,
  declinedCount: 0,
  slippedCount: 0,
  credits: 0,
  agencyCredits: 0,
  costMicroUsd: 0,
};

const SUMS = Object.keys(NO_SUMS) as readonly (keyof Sums)[];

/** What was counted on dates after this one is counted on it: the clock had been wrong. */
export function countBy(tally: Tally, lastDate: string): Tally {
  const later = [...tally.keys()].filter((date) => date > lastDate).sort();
  const cells = [...(tally.get(lastDate) ?? [])];
  for (const cell of later.flatMap((date) => tally.get(date) ?? [])) {
    const index = cells.findIndex((each) => isAbout(each, cell));
    if (index < 0) cells.push(cell);
    else cells[index] = { ...cell, ...plus(cells[index] as Cell, cell) };
  }
  return later.length === 0 ? tally : tally.deleteAll(later).set(lastDate, cells);
}

export function plus(sums: Sums, added: Partial<Sums>): Sums {
  const next = { ...NO_SUMS };
  for (const sum of SUMS) next[sum] = sums[sum] + (added[sum] ?? 0);
  return next;
}

/** In place and field by field: every start does it millions of times, and a loop over names takes four times as long. */
export function addTo(cell: Sums, added: Partial<Sums>): void {
  cell.requestsCount += added.requestsCount ?? 0;
  cell.blockedCount += added.blockedCount ?? 0;
  cell.imagesCount += added.imagesCount ?? 0;
  cell.declinedCount += added.declinedCount ?? 0;
  cell.slippedCount += added.slippedCount ?? 0;
  cell.credits += added.credits ?? 0;
  cell.agencyCredits += added.agencyCredits ?? 0;
  cell.costMicroUsd += added.costMicroUsd ?? 0;
}

export const minus = (sums: Partial<Sums>): Partial<Sums> =>
  Object.fromEntries(SUMS.flatMap((sum) => (sums[sum] ? [[sum, -sums[sum]]] : [])));

export const isEmpty = (sums: Sums): boolean => SUMS.every((sum) => sums[sum] === 0);

export const isAbout = (cell: Counted, counted: Counted): boolean =>
  cell.memberId === counted.memberId &&
  cell.clientId === counted.clientId &&
  cell.mark === counted.mark &&
  cell.stage === counted.stage &&
  cell.quality === counted.quality &&
  cell.model === counted.model &&
  cell.projectId === counted.projectId &&
  sameTeams(cell.teamIds, counted.teamIds);

const sameTeams = (one: readonly string[], other: readonly string[]): boolean =>
  one === other || (one.length === other.length && one.every((teamId, index) => teamId === other[index]));
