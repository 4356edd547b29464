import type { ImageOptions } from '../images/rate-card.ts';
import type { Place } from '../ledger/lists/channel-ids.ts';
import type { Refusal } from '../ledger/refusals.ts';
import type { Stage } from '../ledger/work.ts';
import type { PrivateMessage } from './messenger.ts';
import type { Requester } from './requester.ts';

/** A request for images, from wherever it comes. `deliveryId` is the same when the same click or command comes again. */
export type ImageInput = {
  deliveryId: string;
  /** Of the click, where several clicks ask for the same request: each of them gets its answer. */
  clickId?: string;
  requester: Requester;
  /** The place whose client pays, and which project it counts for. */
  place: Place;
  prompt: string;
  options: ImageOptions;
  imagesCount: number;
  /** Typed in the channel, which Slack vouches for; or chosen in a form, which has to be looked at. */
  from: 'channel' | 'form';
  /** Null where it was not said: then it is the project's, or else guessed. */
  stage: Stage | null;
  /** What to guess; where it is left out, whatever fits the thread. */
  guess?: Stage;
  /** A project's name as typed, or its id; null where none was said: then it is the one that the place is bound to. */
  project: string | null;
  /** The price that was shown. Where it rose since, nothing is made, and the person is told this. */
  shown?: { credits: number; dearer: (totalCredits: number) => PrivateMessage };
};

/** A person's change. `deliveryId` as above; `by` is checked against the ledger's roles. */
export type ChangeInput<Of> = { deliveryId: string; by: string } & Of;
export type ChangeResult = { ok: true } | { ok: false; refusal: Refusal };
