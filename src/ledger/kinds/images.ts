import { accountsOf } from '../accounts.ts';
import { tallyChange } from '../apply/tally.ts';
import type { ImagesKinds } from '../commands/images.ts';
import { isMarked, isOfStage, markImage, setStage } from '../decide/images.ts';
import { brokenImage } from '../verify/invariants.ts';
import { MARKS } from '../work.ts';
import { oneOf, orAbsent, orNull, text } from './check.ts';
import { type Entries, NO_ACCOUNTS } from './kind.ts';
import { spend, stage } from './shapes.ts';

export const imagesKinds: Entries<ImagesKinds> = {
  image_marked: {
    command: 'mark_image',
    about: NO_ACCOUNTS,
    decide: markImage,
    isAlreadySo: isMarked,
    shape: { ...spend, holdId: text, mark: orNull(oneOf(MARKS)), reaction: orAbsent(oneOf(MARKS)) },
    accounts: accountsOf,
    apply(_, { holdId, mark, reaction, by, at }, { tally }) {
      tallyChange(
        holdId,
        (image) => ({ ...image, marked: mark && { mark, by, at, ...(reaction ? { isReaction: true } : {}) } }),
        tally,
      );
      return {};
    },
    invariant: brokenImage,
    commands: ({ by, holdId, mark, reaction }) => [
      { by, kind: 'mark_image', holdId, mark, ...(reaction ? { reaction } : {}) },
    ],
  },
  stage_set: {
    command: 'set_stage',
    about: NO_ACCOUNTS,
    decide: setStage,
    isAlreadySo: isOfStage,
    shape: { ...spend, holdId: text, stage },
    accounts: accountsOf,
    apply(_, { holdId, stage: to }, { tally }) {
      tallyChange(holdId, (image) => ({ ...image, stage: to, isStageGuessed: false }), tally);
      return {};
    },
    invariant: brokenImage,
    commands: ({ by, holdId, stage: to }) => [{ by, kind: 'set_stage', holdId, stage: to }],
  },
};
