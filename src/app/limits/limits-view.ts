import type { Standing } from '../../ledger/usage/standings.ts';
import type { AccountLabel } from './account-label.ts';
import type { LessSaid } from './less-said.ts';

export type LimitsView = {
  rows: readonly LimitRow[];
  /** As far as there are so many pages. */
  page: number;
  pagesCount: number;
  accountsCount: number;
  find: string;
  mayRun: boolean;
  /** May set the limits of at least some people. */
  mayLimitPeople: boolean;
};

export type LimitRow = AccountLabel & {
  standings: readonly Stands[];
  /** Why less can be used than these leave. */
  less?: LessSaid | null;
  mayEdit: boolean;
  mayGrant: boolean;
  mayMove: boolean;
};

export type Stands = Standing & {
  resetsAt: number | null;
  /** Of what is left, what can be moved elsewhere; and the extra credits, which cannot. */
  movable?: { movableCredits: number; extraCredits: number };
};
