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
