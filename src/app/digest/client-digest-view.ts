import type { ClientBudget } from '../../reports/digest/client-budget.ts';
import type { Period } from '../../reports/usage.ts';
import type { MessagePlace } from '../../storage/records/job-step.ts';

export type { ClientBudget } from '../../reports/digest/client-budget.ts';

/**
 * A week of one channel of a client, for everybody there. People from outside the agency may read it: it has the channel's
 * own images, and what the client has left.
 */
export type ClientDigestCard = {
  kind: 'client_digest';
  at: number;
  channelId: string;
  clientName: string;
  week: Period;
  imagesCount: number;
  keptCount: number;
  budget: ClientBudget | null;
  /** Kept images that stand in the channel, in the order in which they are shown. More than are shown: some may be gone. */
  kept: readonly KeptImage[];
  /** `images`: whether the reader may see them. Null where it is no preview. */
  preview: { images: 'shown' | 'left_out' } | null;
};

export type KeptImage = {
  imageId: string;
  imageNo: number;
  imagesCount: number;
  fileId: string;
  /** Its message. */
  place: MessagePlace;
  /** Leads to its message; null where that is not known or it is gone, and then the image is not shown. */
  url: string | null;
  /** Null once it was erased. */
  prompt: string | null;
  isFinal: boolean;
  /** The date on which it counts. */
  date: string;
};

/** For those who can do something about it: Slack does not let Inkwell post a client's digest in a channel. */
export type DigestNotPosted = {
  kind: 'digest_not_posted';
  at: number;
  channelId: string;
  clientName: string;
  code: string;
};
