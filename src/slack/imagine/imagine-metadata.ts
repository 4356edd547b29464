import { z } from 'zod';

/**
 * What the imagine modal carries in its private metadata: hints. `shownCredits` is the price that stands in the form,
 * so that nobody is charged more than what they saw without being asked.
 */
export type ImagineHint = {
  /** Null: the form asks for it. */
  channelId: string | null;
  threadTs: string | null;
  responseUrl: string | null;
  shownCredits: number;
  /** What the images are to count for, for as long as the form has no field for it. */
  project: string | null;
};

const onWire = z.object({
  channelId: z.string().min(1).max(60).nullable(),
  threadTs: z.string().max(40).nullable(),
  responseUrl: z
    .url({ protocol: /^https?$/ })
    .max(1_000)
    .nullable(),
  shownCredits: z.int().min(0),
  project: z.string().max(200).nullable().default(null),
});

export const writeImagineHint = (hint: ImagineHint): string => JSON.stringify(hint);

/** Unreadable, it names no channel and no price: the form asks for both again. */
export function readImagineHint(metadata: string): ImagineHint {
  try {
    return onWire.parse(JSON.parse(metadata));
  } catch {
    return { channelId: null, threadTs: null, responseUrl: null, shownCredits: 0, project: null };
  }
}
