import type { AccountId } from './accounts.ts';
import type { Role } from './state.ts';
import type { Window } from './windows.ts';

/** Who acts: a Slack user id, or the product itself (sweeper, first sight of a person). */
export const INKWELL = 'inkwell';

/**
 * Something a person or the product wants. The id is chosen by whoever asks, so that asking twice is answered once;
 * everything else is the content that must be the same the second time.
 */
export type Command = { commandId: string; by: string } & Wish;

/** Everything somebody may or may not do: the ledger's own wishes, and the looks that change nothing. */
export type Action = Wish['kind'] | 'see_agency' | 'see_client' | 'see_own' | 'set_up';

/** A command of one kind. */
export type Of<Kind extends Wish['kind']> = Command & { kind: Kind };

export type Wish =
  | OpenWorkspace
  | AddMember
  | SetRole
  | CreateClient
  | RenameClient
  | BindChannel
  | SetLimit
  | GrantCredits
  | HoldCredits
  | CaptureHold
  | VoidHold
  | SlipHold;

export type OpenWorkspace = {
  kind: 'open_workspace';
  ownerId: string;
  timeZone: string;
  weekStartsOn: number;
  creditValueMicroUsd: number;
  markupBasisPoints: number;
  defaultRole: Role;
};

/** At first sight; a person who is known already keeps the role they have. */
export type AddMember = { kind: 'add_member'; memberId: string; role: Role };
export type SetRole = { kind: 'set_role'; memberId: string; role: Role };

export type CreateClient = { kind: 'create_client'; clientId: string; name: string };
export type RenameClient = { kind: 'rename_client'; clientId: string; name: string };

/**
 * `clientId` null: the channel belongs to no client, and images are refused there. `ifUnbound`: only where nobody has
 * decided yet, so that of two people who answer the same question the second is told instead of overruling the first.
 */
export type BindChannel = { kind: 'bind_channel'; channelId: string; clientId: string | null; ifUnbound: boolean };

/** `limitCredits` null takes the limit away. */
export type SetLimit = { kind: 'set_limit'; account: AccountId; window: Window; limitCredits: number | null };

export type GrantCredits = {
  kind: 'grant';
  grantId: string;
  account: AccountId;
  amountCredits: number;
  expiresAt: number | null;
  reason: string;
};

/**
 * One hold an image, all of them or none; their ids are `<command id>/1`, `/2` …, so that no id is ever used again.
 * Whose client pays follows from the channel.
 */
export type HoldCredits = {
  kind: 'hold';
  imagesCount: number;
  /** An upper bound of what one image may cost. */
  eachCredits: number;
  channelId: string;
  work: Work;
  timeoutMs: number;
  /** A digest of what is asked for, so that the same id with another prompt is noticed; the prompt stays out. */
  contentDigest: string;
};

export const STAGES = ['concept', 'iteration', 'final'] as const;
export type Stage = (typeof STAGES)[number];

/** What the credits are for: enough for a statement, nothing of the prompt. */
export type Work = {
  model: string;
  size: string;
  quality: string;
  stage: Stage;
  rateCardId: string;
  /** The provider's most for one image. */
  boundMicroUsd: number;
};

export type CaptureHold = { kind: 'capture'; holdId: string; capturedCredits: number; costMicroUsd: number };
export type VoidHold = { kind: 'void'; holdId: string; reason: VoidReason };
export type SlipHold = { kind: 'slip'; holdId: string };

export type VoidReason =
  | 'refused'
  | 'rejected'
  | 'transient'
  | 'account_stop'
  | 'not_started'
  | 'unreachable'
  | 'withdrawn';
