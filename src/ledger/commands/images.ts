import type { Spend } from '../accounts.ts';
import type { Mark, Stage } from '../work.ts';

/** What may be said of an image that was made. Its id is that of its hold. */

/**
 * Null takes the mark away. `reaction`: what the reaction in Slack stands for that the mark comes from. To take one away
 * takes away no other mark than that, and no other person's.
 */
export type MarkImage = { kind: 'mark_image'; holdId: string; mark: Mark | null; reaction?: Mark };
/** Corrects what the image was for. */
export type SetStage = { kind: 'set_stage'; holdId: string; stage: Stage };

/** Lines say again who the image was made for, so that they can be read, and found, by themselves. */
export type ImagesKinds = {
  image_marked: { from: MarkImage; setting: true; states: Omit<MarkImage, 'kind'> & Spend };
  stage_set: { from: SetStage; setting: true; states: Omit<SetStage, 'kind'> & Spend };
};
