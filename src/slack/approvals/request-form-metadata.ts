import { z } from 'zod';
import type { ExceededLimit } from '../../ledger/state.ts';

import { type RequestHint, readRequestHint, writeRequestHint } from './request-metadata.ts';

/**
 * What a form about a request carries in its private metadata: which request, the limits that stand in it, where the card
 * is that it was opened from, and the least that may be given. Hints: the ledger decides.
 */
export type RequestFormHint = RequestHint & { channelId: string | null; leastCredits: number };

const onWire = z.object({ hint: z.string(), channelId: z.string().min(1).max(60).nullable(), leastCredits: z.int() });

export const writeRequestFormHint = (form: {
  requestId: string;
  exceeded: readonly ExceededLimit[];
  channelId: string | null;
  leastCredits: number;
}): string => {
  const { requestId, exceeded, channelId, leastCredits } = form;
  return JSON.stringify({ hint: writeRequestHint(requestId, exceeded), channelId, leastCredits });
};

/** Null for what is none of ours. */
export function readRequestFormHint(metadata: string): RequestFormHint | null {
  const read = onWire.safeParse(parsed(metadata));
  const hint = read.success ? readRequestHint(read.data.hint) : null;
  if (!read.success || !hint) return null;
  const { channelId, leastCredits } = read.data;
  return { ...hint, channelId, leastCredits };
}

function parsed(metadata: string): unknown {
  try {
    return JSON.parse(metadata);
  } catch {
    return null;
  }
}
