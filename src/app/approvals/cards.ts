import type { AccountId } from '../../ledger/accounts.ts';
import type { ApprovedRoom, RequestEnd } from '../../ledger/requests.ts';
import type { ExceededLimit } from '../../ledger/state.ts';
import type { Work } from '../../ledger/work.ts';
import type { Audience } from '../../ports/ports.ts';

/** A request that went over an `ask` limit, as the ledger has it now. Redrawn at every change. */
export type RequestFacts = {
  requestId: string;
  requesterId: string;
  channelId: string;
  clientName: string;
  projectName: string | null;
  /** Null once it was erased. */
  prompt: string | null;
  imagesCount: number;
  requestedCredits: number;
  work: Work;
  /** The limits that are in the way now; none where there is room by now. */
  exceeded: readonly ExceededLimit[];
  /** What teams, projects and clients are called, by account. */
  names: Readonly<Record<string, string>>;
  /** When it was drawn: days left are counted from then, and of two drawings the later one counts. */
  at: number;
  askedAt: number;
  lapsesAt: number;
  escalatedAt: number | null;
  end: RequestEnd | null;
  /** What it was approved with. */
  room: ApprovedRoom | null;
  /** Once it has ended: the people who were sent a message that says so. An edited card is no message. */
  toldIds: readonly string[];
};

/** What those see who may approve it. */
export type RequestCard = RequestFacts & {
  kind: 'request_card';
  /** `shared`: not everybody who reads it there may know the limits in the way. */
  audience: Audience;
  standsIn: 'channel' | 'direct_message';
  /** The approvers it is for; in a channel they are named, so that they hear of it. */
  approverIds: readonly string[];
  ownersOnly: boolean;
  recent: RecentUse;
  /** How often the same person's requests were approved lately, and whether that is often. */
  approvals: { count: number; withinMs: number; isOften: boolean };
};

/** What the one sees who asked. `face`: how much of the agency's own figures they may know. */
export type AskedCard = RequestFacts & {
  kind: 'asked_card';
  audience: Audience;
  /** Accounts whose figures are none of their business. */
  hidden: readonly AccountId[];
  approverIds: readonly string[];
};

export type RecentUse = { requestsCount: number; usedCredits: number; withinMs: number };

/** `setCredits`: the limit as it is set, without what was moved; `enoughCredits`: the least that lets the request through. */
export type RaisableLimit = ExceededLimit & { maySet: boolean; setCredits: number; enoughCredits: number };

/** The start of a form about a request: current values, and what its reader may set. */
export type RequestForm = RequestFacts & {
  /** The least that each account lacks. */
  leastCredits: number;
  /** The limits in the way, and whether the form's reader may set each. */
  limits: readonly RaisableLimit[];
  timeZone: string;
};
