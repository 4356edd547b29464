export const STAGES = ['concept', 'iteration', 'final'] as const;
export type Stage = (typeof STAGES)[number];

export const MARKS = ['keep', 'final', 'discard'] as const;
/** What people say of an image: worth keeping, delivered to the client, or not to be used. */
export type Mark = (typeof MARKS)[number];

/** What the credits are for: enough for a statement, nothing of the prompt. */
export type Work = {
  model: string;
  size: string;
  quality: string;
  stage: Stage;
  /** A guessed stage gives way when the image is marked as final. */
  isStageGuessed?: true;
  rateCardId: string;
  /** The provider's most for one image. */
  boundMicroUsd: number;
};
