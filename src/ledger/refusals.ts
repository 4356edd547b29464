import type { AccountId } from './accounts.ts';
import type { Action } from './commands.ts';
import type { Role } from './state.ts';
import type { Window } from './windows.ts';

/** An expected "no": a value, from which a surface makes the sentence that a person reads. */
export type Refusal =
  | { reason: 'not_open' }
  | { reason: 'already_open' }
  | { reason: 'not_a_member'; memberId: string }
  | { reason: 'not_allowed'; action: Action; role: Role | null; roles: readonly Role[] }
  | { reason: 'last_owner'; memberId: string }
  /** A guest, or somebody of another organisation, cannot look after the agency. */
  | { reason: 'not_one_of_us'; memberId: string; role: Role }
  | { reason: 'client_unknown'; clientId: string }
  | { reason: 'client_exists'; clientId: string }
  | { reason: 'name_taken'; name: string; clientId: string }
  | { reason: 'channel_unbound'; channelId: string }
  | { reason: 'channel_decided'; channelId: string; clientId: string | null }
  | { reason: 'channel_without_client'; channelId: string }
  | LimitExceeded
  | { reason: 'hold_not_open'; holdId: string }
  | { reason: 'capture_exceeds_hold'; holdId: string; heldCredits: number; capturedCredits: number }
  | { reason: 'grant_exists'; grantId: string }
  | { reason: 'invalid'; field: string; problem: string };

/** The tightest limit, with the arithmetic a person can check, and every other limit that is in the way too. */
export type LimitExceeded = {
  reason: 'limit_exceeded';
  requestedCredits: number;
  binding: ExceededLimit;
  exceeded: readonly ExceededLimit[];
};

export type ExceededLimit = {
  account: AccountId;
  window: Window;
  limitCredits: number;
  /** What grants add on top: drawn in this window already, or still to be had. */
  grantsCredits: number;
  usedCredits: number;
  heldCredits: number;
  availableCredits: number;
  /** Null: this window never resets. */
  resetsAt: number | null;
};

export type Decision<Facts> = { ok: true; facts: Facts } | { ok: false; refusal: Refusal };

export const refuse = (refusal: Refusal): { ok: false; refusal: Refusal } => ({ ok: false, refusal });
export const accept = <Facts>(facts: Facts): { ok: true; facts: Facts } => ({ ok: true, facts });
export const invalid = (field: string, problem: string) => refuse({ reason: 'invalid', field, problem });
