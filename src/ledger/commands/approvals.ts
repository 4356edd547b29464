import type { AccountId } from '../accounts.ts';
import type { Window } from '../usage/windows.ts';

/** What may be wished about a request that went over an `ask` limit. Its id is the id of the hold that was asked for. */

export type Approve = {
  kind: 'approve';
  requestId: string;
  how: ApproveHow;
  /** The limits that the approver was shown as exceeded: where another one binds by now, they are told, and asked again. */
  seen: readonly LimitName[];
};

/** `client:acme month`. */
export type LimitName = `${AccountId} ${Window}`;
export const limitName = ({ account, window }: { account: AccountId; window: Window }): LimitName =>
  `${account} ${window}`;

export type ApproveHow =
  /** Exactly what this request lacks, for this request alone. */
  | { kind: 'once' }
  /** Credits on top of every account that lacks some, until a moment; the request is the first to use them. */
  | { kind: 'until'; amountCredits: number; expiresAt: number }
  /** Limits that were exceeded, set anew and for good. */
  | { kind: 'raise'; limits: readonly { account: AccountId; window: Window; limitCredits: number }[] };

export type Deny = { kind: 'deny'; requestId: string; reason: string };
export type Withdraw = { kind: 'withdraw'; requestId: string };
/** Nobody has answered for a while: owners are asked too. */
export type Escalate = { kind: 'escalate'; requestId: string };
/** Nobody has answered at all. */
export type Lapse = { kind: 'lapse'; requestId: string };

export type ApprovalsCommand = Approve | Deny | Withdraw | Escalate | Lapse;
