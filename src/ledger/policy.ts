import type { Role } from './roles.ts';
import type { Mark } from './work.ts';

/** Whether owners are asked before a request lapses. */
export const lapsesLater = ({
  escalateAfterMs,
  lapseAfterMs,
}: Pick<Policy, 'escalateAfterMs' | 'lapseAfterMs'>): boolean => lapseAfterMs > escalateAfterMs;

/** How the workspace is run: what an owner may change at any time. */
export type Policy = {
  /** The role a full member of the workspace gets at first sight. */
  defaultRole: Role;
  /** How many requests one member may make within a while; null: any number. */
  burst: { requestsMax: number; withinMs: number } | null;
  /** When an unanswered request is shown to owners too, and when it lapses. */
  escalateAfterMs: number;
  lapseAfterMs: number;
  /** Approvals of more credits than this need an owner; null: no such threshold. */
  ownerAboveCredits: number | null;
  /** So many approvals within a while, and the next card says so. */
  repeats: { approvalsCount: number; withinMs: number };
  /** When people are told that a limit is being used up, and between which times of the day nothing is told by itself. */
  alerts: { percents: readonly number[]; quiet: { from: string; to: string } | null };
  /** What a member is sent who keeps exceeding, when a manager chooses to. */
  coachingText: string;
  digest: DigestPolicy;
  /** The names of the emoji that mark an image when a person reacts with them; null: reactions mark nothing. */
  reactions: Readonly<Record<Mark, string>> | null;
  /** Whether credits per kept image are compared with those of peers on like work. */
  peerCheck: boolean;
};

export const DIGEST_READERS = ['owners_and_managers', 'owners', 'no_one'] as const;
/** When the weekly digest goes out, by the clocks of the workspace, and to whose direct messages. */
export type DigestPolicy = {
  /** 0 is Sunday. */
  weekday: number;
  /** 540 is nine in the morning. */
  minuteOfDay: number;
  readers: (typeof DIGEST_READERS)[number];
};

/** What images cost, from the next request on. */
export type Pricing = {
  /** What one credit is worth to the agency, in micro-USD. */
  creditValueMicroUsd: number;
  /** 10 000 is the provider's own price; 15 000 half as much again. */
  markupBasisPoints: number;
};

const HOUR_MS = 3_600_000;

/**
 * What a workspace begins with, by a line of its own: an owner may set anything else, and no limit too. A request every ten
 * seconds, for ten minutes, is no person's work; more than that only fills the books with what is refused.
 */
export const USUAL_BURST = { requestsMax: 60, withinMs: HOUR_MS / 6 };

export const DEFAULT_POLICY: Omit<Policy, 'defaultRole'> = {
  burst: null,
  escalateAfterMs: 2 * HOUR_MS,
  lapseAfterMs: 24 * HOUR_MS,
  ownerAboveCredits: null,
  repeats: { approvalsCount: 3, withinMs: 30 * 24 * HOUR_MS },
  // Slack holds back at night what a person does not want to hear, for each of them by itself.
  alerts: { percents: [50, 80, 100], quiet: null },
  digest: { weekday: 1, minuteOfDay: 9 * 60, readers: 'owners_and_managers' },
  coachingText: [
    'Start with one image at low quality, and go on from the one that works.',
    'Say in the prompt what must be in it, the light and the format, before asking for variations.',
    'Use Edit prompt on an image that is nearly right instead of asking for four new ones.',
  ].join('\n'),
  reactions: { keep: 'star', final: 'trophy', discard: 'wastebasket' },
  // Some countries ask for an agreement with a works council first.
  peerCheck: false,
};
