import type { Role } from './state.ts';
import type { ApprovalsWish } from './wishes/approvals.ts';
import type { ClientsWish } from './wishes/clients.ts';
import type { ClockWish } from './wishes/clock.ts';
import type { HoldsWish } from './wishes/holds.ts';
import type { LimitsWish } from './wishes/limits.ts';
import type { PeopleWish } from './wishes/people.ts';
import type { SpendingWish } from './wishes/spending.ts';

export * from './wishes/approvals.ts';
export * from './wishes/clients.ts';
export * from './wishes/clock.ts';
export * from './wishes/holds.ts';
export * from './wishes/limits.ts';
export * from './wishes/people.ts';
export * from './wishes/spending.ts';

/** Who acts: a Slack user id, or the product itself (sweeper, first sight of a person). */
export const INKWELL = 'inkwell';

/**
 * Something a person or the product wants. The id is chosen by whoever asks, so that asking twice is answered once;
 * everything else is the content that must be the same the second time.
 */
export type Command = { commandId: string; by: string } & Wish;

/** A command of one kind. */
export type Of<Kind extends Wish['kind']> = Command & { kind: Kind };

export type Wish =
  | OpenWorkspace
  | PeopleWish
  | ClientsWish
  | LimitsWish
  | HoldsWish
  | ApprovalsWish
  | SpendingWish
  | ClockWish;

export type OpenWorkspace = {
  kind: 'open_workspace';
  ownerId: string;
  timeZone: string;
  weekStartsOn: number;
  creditValueMicroUsd: number;
  markupBasisPoints: number;
  defaultRole: Role;
};
