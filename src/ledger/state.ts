import { Map as ImmutableMap } from 'immutable';
import type { AccountId, Spend } from './accounts.ts';
import type { AlertChoices } from './alert-choices.ts';
import type { Client, Project } from './clients.ts';
import type { Named } from './lists/former-names.ts';
import type { Policy, Pricing } from './policy.ts';
import type { Request } from './requests.ts';
import type { MemberStatus, OwnerAppointedHow, Role } from './roles.ts';
import type { Rule, RuleScope } from './rules.ts';
import type { Blocked } from './tally/blocked.ts';
import type { MadeImages } from './tally/made-images.ts';
import type { Tally } from './tally/tally.ts';
import type { WindowUsage } from './usage/window-usage.ts';
import type { ChangedCalendar, Window, WindowKeys } from './usage/windows.ts';
import type { Work } from './work.ts';

export type { Client, Project };

/**
 * What a workspace's lines add up to. An immutable value: keeping an old reference is a snapshot, and a lost race is
 * undone by dropping the new one. It holds what a decision needs, and the sums of each day that figures over time are made of.
 */
export type State = {
  readonly workspace: string;
  /** The last line's number; lines count from 1. */
  readonly seq: number;
  readonly lastAt: number;
  /** Null until the workspace is opened. */
  readonly settings: Settings | null;
  readonly members: ImmutableMap<string, Member>;
  readonly teams: ImmutableMap<string, Team>;
  readonly deletedTeams: ImmutableMap<string, DeletedTeam>;
  readonly clients: ImmutableMap<string, Client>;
  readonly projects: ImmutableMap<string, Project>;
  /** By channel id: the client it belongs to, or null where it was decided that it belongs to none. */
  readonly channels: ImmutableMap<string, string | null>;
  /** By an id that Slack gave up: the id that the channel has now. */
  readonly channelIds: ImmutableMap<string, string>;
  /** By `placeKey`: the project that images asked for there count for. */
  readonly places: ImmutableMap<string, string>;
  readonly limits: ImmutableMap<AccountId, readonly Limit[]>;
  readonly rules: ImmutableMap<RuleScope, Rule>;
  readonly grants: ImmutableMap<AccountId, readonly Grant[]>;
  readonly use: ImmutableMap<AccountId, readonly WindowUsage[]>;
  /** Only the open ones. */
  readonly holds: ImmutableMap<string, Hold>;
  /** What the agency lost and has not reconciled yet, by hold id. */
  readonly slips: ImmutableMap<string, Slip>;
  /** The open ones, and those that ended not long ago: a click on an old card is told how it ended. */
  readonly requests: ImmutableMap<string, Request>;
  readonly tally: Tally;
  /** Charged not long ago, by date and hold id: they can be marked. */
  readonly images: MadeImages;
  readonly blocked: Blocked;
  /** When a member's latest requests were made, by `countOf`, as far back as the burst limit looks. */
  readonly bursts: ImmutableMap<string, readonly number[]>;
  readonly alerts: ImmutableMap<AccountId, AlertChoices>;
  /** The last time that spending was stopped, lifted since or not; null where it never was. */
  readonly stop: Stop | null;
  /** Lines from which on the time is right again, oldest first: those before each may be dated later than it. */
  readonly corrections: readonly { seq: number; at: number; by: string; wrongAt: number }[];
  /** The windows before the last long silences, any of which may be a clock that jumped ahead. */
  readonly jumps: readonly WindowKeys[];
};

export type Settings = ChangedCalendar &
  Pricing &
  Policy & {
    /** Who turned the check of peers on, and when; null while it is off. Nothing from before that is told. */
    peerCheckOn: { by: string; at: number } | null;
  };

export type Member = {
  memberId: string;
  role: Role;
  /** Who gave the role; the product itself, at first sight. */
  roleBy: string;
  since: number;
  status: MemberStatus;
  statusBy: string;
  statusAt: number;
  teamIds: readonly string[];
  /** What they look after, as a manager. */
  manages: { clientIds: readonly string[]; teamIds: readonly string[] };
  /** Who decides about approvals in their place. */
  delegate: { toId: string; namedAt: number; untilAt: number } | null;
  /** The last time that they were made an owner from outside Slack. */
  appointed?: { at: number; how: OwnerAppointedHow };
};

export type Team = Named & { teamId: string };
/** With what it had: history still names it, and it can be restored. */
export type DeletedTeam = Team & {
  memberIds: readonly string[];
  managerIds: readonly string[];
  limits: readonly Omit<Limit, 'before'>[];
};

export const ON_EXCEEDED = ['refuse', 'ask', 'warn'] as const;
/** What happens to a request over a limit: it is refused, approvers are asked, or it goes through with a warning. */
export type OnExceeded = (typeof ON_EXCEEDED)[number];

export type Limit = {
  window: Window;
  limitCredits: number;
  over: OnExceeded;
  rollOverMaxCredits: number | null;
  /** What the limit was when the window `key` began, null where there was none: what rolls over is what was unused of that. */
  before: { key: string; limitCredits: number | null };
};

export type LimitFigures = Pick<Limit, 'limitCredits' | 'over' | 'rollOverMaxCredits'>;

/** A limit that a request would go over, with its arithmetic. */
export type ExceededLimit = {
  account: AccountId;
  window: Window;
  over: OnExceeded;
  /** The limit itself, with what was moved here or away in this window. */
  limitCredits: number;
  /** How much of that was moved here, below zero where it was moved away; absent where nothing was. */
  movedCredits?: number;
  /** Last month's unused allowance, as far as it rolls over. */
  rolledCredits: number;
  /** What grants add on top: drawn in this window already, or still to be had. */
  grantsCredits: number;
  usedCredits: number;
  heldCredits: number;
  availableCredits: number;
  /** Null: this window never resets. */
  resetsAt: number | null;
};

export type Grant = {
  grantId: string;
  amountCredits: number;
  usedCredits: number;
  heldCredits: number;
  expiresAt: number | null;
  grantedAt: number;
  by: string;
  reason: string;
};

/** Credits taken out of a grant because the account's limits did not cover them. */
export type Draw = { account: AccountId; grantId: string; credits: number };

export type Hold = Spend & {
  holdId: string;
  channelId: string;
  work: Work;
  amountCredits: number;
  heldAt: number;
  deadlineAt: number;
  /** The windows it counts in, also when it ends in a later one. */
  keys: WindowKeys;
  draws: readonly Draw[];
};

/** From a stop on nothing new is held, until an owner has resumed spending. */
export type Stop = {
  stopId: string;
  at: number;
  /** The first line that could not be right, and what was wrong with it. */
  brokenSeq: number;
  problem: string;
  resumed: { by: string; at: number } | null;
};

export type Slip = { holdId: string; memberId: string; clientId: string; amountCredits: number; slippedAt: number };

export const emptyState = (workspace: string): State => ({
  workspace,
  seq: 0,
  lastAt: 0,
  settings: null,
  members: ImmutableMap(),
  teams: ImmutableMap(),
  deletedTeams: ImmutableMap(),
  clients: ImmutableMap(),
  projects: ImmutableMap(),
  channels: ImmutableMap(),
  channelIds: ImmutableMap(),
  places: ImmutableMap(),
  limits: ImmutableMap(),
  rules: ImmutableMap(),
  grants: ImmutableMap(),
  use: ImmutableMap(),
  holds: ImmutableMap(),
  slips: ImmutableMap(),
  requests: ImmutableMap(),
  tally: ImmutableMap(),
  images: ImmutableMap(),
  blocked: ImmutableMap(),
  bursts: ImmutableMap(),
  alerts: ImmutableMap(),
  stop: null,
  corrections: [],
  jumps: [],
});
