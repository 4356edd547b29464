import { Map as ImmutableMap } from 'immutable';
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

/** By date, and in it by what a cell is about: a week is read without a look at any other. */
export type Tally = ImmutableMap<string, ImmutableMap<string, Cell>>;

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

const SUMS = Object.keys(NO_SUMS) as (keyof Sums)[];
const NO_CELLS = ImmutableMap<string, Cell>();

/** Adds to the sums of a date. */
export function count(tally: Tally, date: string, counted: Counted, added: Partial<Sums>): Tally {
  const cells = tally.get(date) ?? NO_CELLS;
  const key = keyOf(counted);
  const cell = cells.get(key) ?? { ...counted, ...NO_SUMS };
  const next = { ...cell, ...plus(cell, added) };
  if (SUMS.some((sum) => next[sum] !== 0)) return tally.set(date, cells.set(key, next));
  const left = cells.delete(key);
  return left.size > 0 ? tally.set(date, left) : tally.delete(date);
}

/** What was counted on dates after this one is counted on it: the clock had been wrong. */
export function countBy(tally: Tally, lastDate: string): Tally {
  let next = tally;
  for (const date of [...tally.keys()].filter((each) => each > lastDate).sort()) {
    for (const cell of tally.get(date)?.values() ?? []) next = count(next, lastDate, cell, cell);
    next = next.delete(date);
  }
  return next;
}

export function plus(sums: Sums, added: Partial<Sums>): Sums {
  const next = { ...NO_SUMS };
  for (const sum of SUMS) next[sum] = sums[sum] + (added[sum] ?? 0);
  return next;
}

export const minus = (sums: Partial<Sums>): Partial<Sums> =>
  Object.fromEntries(SUMS.flatMap((sum) => (sums[sum] ? [[sum, -sums[sum]]] : [])));

/** Ids and names of a rate card have no line breaks. */
const keyOf = ({ clientId, projectId, memberId, teamIds, model, quality, stage, mark }: Counted): string =>
  [clientId, projectId, memberId, teamIds.join(), model, quality, stage, mark].join('\n');
