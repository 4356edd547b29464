import type { ImageOptions } from '../images/rate-card.ts';
import type { AppContext } from './context.ts';
import { availableModels, type Chooser } from './images/available-models.ts';
import { cancelImages } from './images/cancel-images.ts';
import { deleteImage } from './images/delete-image.ts';
import { makeInstead, openRefused } from './images/make-instead.ts';
import { markByReaction } from './images/mark-by-reaction.ts';
import { markImage } from './images/mark-image.ts';
import { openImage } from './images/open-image.ts';
import { refusedAhead } from './images/refused-ahead.ts';
import { repeatImage } from './images/repeat-image.ts';
import { requestImage } from './images/request-image.ts';
import { setStage } from './images/set-stage.ts';
import { askForHelp } from './limits/ask-for-help.ts';

/** Gives a verb its context. */
export type Of = <Input, Output>(verb: (context: AppContext, input: Input) => Output) => (input: Input) => Output;

/** The person hears of every end by itself. */
export const imageVerbs = (context: AppContext, of: Of) => ({
  requestImage: of(requestImage),
  offerImages: (chooser?: Chooser) => availableModels(context, chooser),
  quote: (choice: { options: ImageOptions; imagesCount: number; prompt: string }) =>
    availableModels(context).quote(choice),
  refusedAhead: of(refusedAhead),
  repeatImage: of(repeatImage),
  openImage: of(openImage),
  makeInstead: of(makeInstead),
  openRefused: of(openRefused),
  askForHelp: of(askForHelp),
  cancelImages: of(cancelImages),
  deleteImage: of(deleteImage),
  markImage: of(markImage),
  markByReaction: of(markByReaction),
  setStage: of(setStage),
});
