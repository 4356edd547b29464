import type { AccountId, LimitName, Spend } from '../accounts.ts';
import type { ExceededLimit } from '../state.ts';
import type { Window } from '../usage/windows.ts';
import type { Work } from '../work.ts';
import type { Holding } from './holds.ts';

/** Commands about a request that went over an `ask` limit. Its id is the id of the hold that was asked for. */

export type Approve = {
  kind: 'approve';
  requestId: string;
  how: ApproveHow;
  /** The limits that the approver was shown as exceeded: where another one binds by now, they are told, and asked again. */
  seen: readonly LimitName[];
};

export type ApproveHow =
  /** Exactly what this request lacks, for this request alone. */
  | { kind: 'once' }
  /** Credits on top of every account that lacks some, until a moment; the request is the first to use them. */
  | { kind: 'until'; amountCredits: number; expiresAt: number }
  /** New values of the exceeded limits, for good. */
  | { kind: 'raise'; limits: readonly { account: AccountId; window: Window; limitCredits: number }[] };

export type Deny = { kind: 'deny'; requestId: string; reason: string };
export type Withdraw = { kind: 'withdraw'; requestId: string };
/** The request was not answered for a while: owners are asked too. */
export type Escalate = { kind: 'escalate'; requestId: string };
/** The request was never answered. */
export type Lapse = { kind: 'lapse'; requestId: string };

/** Over a limit that asks, a hold becomes this: nothing is held until the request is approved. */
type Asked = Spend & {
  requestId: string;
  channelId: string;
  imagesCount: number;
  eachCredits: number;
  /** Both together, said once more: nothing is held that would show a changed figure. */
  requestedCredits: number;
  work: Work;
  timeoutMs: number;
  exceeded: readonly ExceededLimit[];
  escalatesAt: number;
  lapsesAt: number;
};

/** The line that approves also holds, so no other request can use the room that it makes. */
type Approved = Holding & {
  requestId: string;
  how: ApproveHow;
  grants: readonly {
    grantId: string;
    account: AccountId;
    amountCredits: number;
    expiresAt: number;
    reason: string;
  }[];
};

/** The person who is away, and in whose place a delegate decided. Lines of earlier versions do not say. */
type Decided = { inPlaceOf?: string };

export type ApprovalsKinds = {
  asked: { states: Asked };
  approved: { from: Approve; states: Approved & Decided };
  denied: { from: Deny; states: Omit<Deny, 'kind'> & Spend & Decided };
  withdrawn: { from: Withdraw; states: Omit<Withdraw, 'kind'> & Spend };
  escalated: { from: Escalate; setting: true; states: Omit<Escalate, 'kind'> & Spend };
  lapsed: { from: Lapse; states: Omit<Lapse, 'kind'> & Spend };
};
