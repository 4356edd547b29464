import type { Wish as ImageWish } from '../images/rate-card.ts';
import type { Stage } from '../ledger/commands/commands.ts';
import type { Refusal } from '../ledger/refusals.ts';
import type { Reader } from './messenger.ts';

/** A request for images, from wherever it comes. `deliveryId` is the same when the same click or command comes again. */
export type ImageInput = {
  deliveryId: string;
  reader: Reader;
  prompt: string;
  wish: ImageWish;
  imagesCount: number;
  /** Typed in the channel, which Slack vouches for; or chosen in a form, which has to be looked at. */
  from: 'channel' | 'form';
  /** Null where it was not said: then it is the project's, or else a concept. */
  stage: Stage | null;
  /** A project's name as typed, or its id; null where none was said: then it is the one that the place is bound to. */
  project: string | null;
};

/** A change that somebody makes. `deliveryId` as above; `by` is checked against the ledger's roles. */
export type Change<Of> = { deliveryId: string; by: string } & Of;
export type Changed = { ok: true } | { ok: false; refusal: Refusal };
