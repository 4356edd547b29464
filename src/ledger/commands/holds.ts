import type { Spend } from '../accounts.ts';
import type { Draw, ExceededLimit } from '../state.ts';
import type { Work } from '../work.ts';

/** Commands about credits that are set aside for images. */

/**
 * One hold an image, all of them or none; their ids are `<command id>/1`, `/2` …, so that no id is ever used again.
 * The client that pays follows from the channel.
 */
export type HoldCredits = {
  kind: 'hold';
  imagesCount: number;
  /** An upper bound of what one image may cost. */
  eachCredits: number;
  channelId: string;
  threadTs: string | null;
  /** Said by the person; null: whatever the thread or the channel is bound to. */
  projectId: string | null;
  work: Work;
  timeoutMs: number;
  /** A digest of what is asked for, so that the same id with another prompt is noticed; the prompt stays out. */
  contentDigest: string;
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

export type HeldPart = { holdId: string; amountCredits: number; draws: readonly Draw[] };

/** Credits set aside, whatever allowed it. */
export type Holding = Spend & {
  channelId: string;
  holds: readonly HeldPart[];
  work: Work;
  deadlineAt: number;
};

/** Says again who the hold was for, so that a line can be read, and found, by itself. */
type Ended = Spend & { heldCredits: number };

export type HoldsKinds = {
  /** `warnings`: limits that only warn, and that this went over. */
  held: { from: HoldCredits; states: Holding & { warnings: readonly ExceededLimit[] } };
  /** `chargedTo`: every account it was held for; or the agency alone, where the member was removed meanwhile. */
  captured: { from: CaptureHold; states: Omit<CaptureHold, 'kind'> & Ended & { chargedTo: 'all' | 'agency' } };
  voided: { from: VoidHold; states: Omit<VoidHold, 'kind'> & Ended };
  slipped: { from: SlipHold; states: Omit<SlipHold, 'kind'> & Ended };
};
