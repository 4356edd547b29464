/** What may be wished about credits that are set aside for images. */

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
  threadTs: string | null;
  /** Said by the person; null: whatever the thread or the channel is bound to. */
  projectId: string | null;
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

export type HoldsCommand = HoldCredits | CaptureHold | VoidHold | SlipHold;
