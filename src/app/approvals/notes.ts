import type { AccountId } from '../../ledger/accounts.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import type { RequestEnd } from '../../ledger/requests.ts';
import type { ExceededLimit } from '../../ledger/state.ts';
import type { Window } from '../../ledger/usage/windows.ts';
import type { Audience } from '../../ports/ports.ts';
import type { AccountLabel } from '../limits/account-label.ts';
import type { LimitContactsByAccount } from '../limits/limit-contacts.ts';

/** What is said to one person about requests, limits that warn, and deciding for others. */
export type ApprovalNote =
  /** It went over a limit that asks; more of it is in a direct message. */
  | { kind: 'approval_asked'; channelId: string; askedCount: number }
  /** It was approved, and begins to be made. */
  | { kind: 'request_approved'; end: RequestEnd; channelId: string; imagesCount: number; requestedCredits: number }
  /** It ended without an approval. */
  | { kind: 'not_approved'; end: RequestEnd; channelId: string; clientName: string; prompt: string | null }
  /** The approver decided, but other limits were in the way by then. */
  | {
      kind: 'more_in_the_way';
      by: string;
      requestId: string;
      requestedCredits: number;
      exceeded: readonly ExceededLimit[];
      helpersBy?: LimitContactsByAccount;
      hidden: readonly AccountId[];
      audience: Audience;
      names: Names;
      clientName: string;
    }
  /** A click on a request that did not do what it says. */
  | {
      kind: 'decision_refused';
      refusal: Refusal;
      audience: Audience;
      helpers: readonly string[];
      helpersBy?: LimitContactsByAccount;
      hidden: readonly AccountId[];
      names: Names;
      clientName: string | null;
    }
  | { kind: 'coaching'; text: string; by: string }
  | { kind: 'coaching_sent'; memberId: string; wasSent: boolean }
  /** Budget came from elsewhere for a request, and how many limits are in its way still; null: it has ended meanwhile. */
  | {
      kind: 'moved_for_request';
      amountCredits: number;
      window: Window;
      from: AccountLabel;
      to: AccountLabel;
      audience: Audience;
      inTheWayCount: number | null;
    }
  /** A limit that only warns was exceeded: told to the requester, or about them. */
  | {
      kind: 'limit_warning';
      memberId: string;
      limit: ExceededLimit;
      audience: Audience;
      hidden: readonly AccountId[];
      names: Names;
      clientName: string | null;
    }
  | { kind: 'delegate_named'; by: string; untilAt: number };

type Names = Readonly<Record<string, string>>;
