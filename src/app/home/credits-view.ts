import type { AccountId } from '../../ledger/accounts.ts';
import type { Standing } from '../../ledger/usage/standings.ts';
import type { Audience } from '../../ports/ports.ts';
import type { LessSaid } from '../limits/less-said.ts';

/**
 * What one person may know of credits, and `face`: how much of it may be shown where they are. Standings are empty where
 * nothing limits the account.
 */
export type CreditsView = {
  audience: Audience;
  memberId: string;
  role: string;
  own: Part;
  /** Of the channel it was asked in; null where that belongs to no client. */
  client: (Part & { name: string }) | null;
  /** Of the thread or the channel it was asked in; null where none is bound to it. */
  project: ProjectPart | null;
  /** What the person may use of the channel's client, where that is limited. */
  ownInClient: Part | null;
  /** The person's teams that have a limit. */
  teams: readonly (Part & { name: string })[];
  /** Only for those who may see it. */
  agency: Part | null;
  /** All clients, for those who may see the agency. */
  clients: readonly (Part & { name: string })[];
  /** Some of them, those with the least left first. */
  leastLeft?: CreditsView['clients'];
  channelId: string | null;
  boundToNone: boolean;
  /** Who may set limits, for a person who needs more. */
  helperIds: readonly string[];
};

export type Part = {
  account: AccountId;
  standings: readonly (Standing & { resetsAt: number | null })[];
  /** Why less can be used than these leave. */
  less?: LessSaid | null;
  usedThisMonthCredits: number;
  heldCredits: number;
  /** What is said of how these come about; `whole` where it is absent. */
  terms?: Terms;
};

/** `used_and_left`: what an allowance is made of, such as a move or extra credits, is none of the reader's business. */
export type Terms = 'whole' | 'used_and_left';

/** A project's balance, shown where a channel or thread is bound to it. `of`: that project. */
export type ProjectPart = Part & { projectId: string; name: string; of: 'thread' | 'channel' };
