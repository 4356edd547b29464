import { Map as ImmutableMap } from 'immutable';
import type { AccountId } from './accounts.ts';
import type { Calendar, Window, WindowKeys } from './windows.ts';

/**
 * What a workspace's lines add up to. An immutable value: keeping an old reference is a snapshot, and a lost race is
 * undone by dropping the new one. It holds what a decision needs; figures over time are read from the lines.
 */
export type State = {
  readonly workspace: string;
  /** The last line's number; lines count from 1. */
  readonly seq: number;
  readonly lastAt: number;
  /** Null until the workspace is opened. */
  readonly settings: Settings | null;
  readonly members: ImmutableMap<string, Member>;
  readonly clients: ImmutableMap<string, Client>;
  /** By channel id: the client it belongs to, or null where somebody decided that it belongs to none. */
  readonly channels: ImmutableMap<string, string | null>;
  readonly limits: ImmutableMap<AccountId, readonly Limit[]>;
  readonly grants: ImmutableMap<AccountId, readonly Grant[]>;
  readonly use: ImmutableMap<AccountId, readonly WindowUse[]>;
  /** Only the open ones. */
  readonly holds: ImmutableMap<string, Hold>;
  /** What the agency lost and nobody has reconciled yet, by hold id. */
  readonly slips: ImmutableMap<string, Slip>;
};

export type Settings = Calendar & {
  /** What one credit is worth to the agency, in micro-USD. */
  creditValueMicroUsd: number;
  /** 10 000 is the provider's own price; 15 000 half as much again. */
  markupBasisPoints: number;
  /** The role a full member of the workspace gets at first sight. */
  defaultRole: Role;
};

export const ROLES = ['owner', 'manager', 'creator', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

/** `roleBy`: who gave the role; the product itself, at first sight. */
export type Member = { memberId: string; role: Role; roleBy: string; since: number };

export type Client = { clientId: string; name: string; createdAt: number };

export type Limit = { window: Window; limitCredits: number };

export type Grant = {
  grantId: string;
  amountCredits: number;
  usedCredits: number;
  heldCredits: number;
  /** Null: it does not expire. */
  expiresAt: number | null;
  grantedAt: number;
  by: string;
  reason: string;
};

/**
 * What an account used and holds in one window. The part that came out of grants is counted apart, because it does not
 * eat into the limit. At most the current and the previous window of each kind are kept: time only goes forward.
 */
export type WindowUse = {
  key: string;
  usedCredits: number;
  heldCredits: number;
  usedOfGrantsCredits: number;
  heldOfGrantsCredits: number;
};

/** Credits taken out of a grant because the account's limits did not cover them. */
export type Draw = { account: AccountId; grantId: string; credits: number };

export type Hold = {
  holdId: string;
  memberId: string;
  clientId: string;
  channelId: string;
  amountCredits: number;
  heldAt: number;
  deadlineAt: number;
  /** The windows it counts in, also when it ends in a later one. */
  keys: WindowKeys;
  draws: readonly Draw[];
};

export type Slip = { holdId: string; memberId: string; clientId: string; amountCredits: number; slippedAt: number };

export const emptyState = (workspace: string): State => ({
  workspace,
  seq: 0,
  lastAt: 0,
  settings: null,
  members: ImmutableMap(),
  clients: ImmutableMap(),
  channels: ImmutableMap(),
  limits: ImmutableMap(),
  grants: ImmutableMap(),
  use: ImmutableMap(),
  holds: ImmutableMap(),
  slips: ImmutableMap(),
});
