import { z } from 'zod';
import { isAccount, type LimitName, limitName } from '../../ledger/accounts.ts';
import type { ExceededLimit } from '../../ledger/state.ts';
import { WINDOWS } from '../../ledger/usage/windows.ts';
import { parsed } from '../kit/home-metadata.ts';

/**
 * What a button of a request carries out to Slack and back: which request, and the limits that were shown as exceeded.
 * Hints: the ledger looks at the request again, and nothing is approved over a limit that is not among them.
 */
export type RequestHint = { requestId: string; seen: readonly LimitName[] };

/** Slack takes 2,000 characters of a value. What does not fit counts as not shown. */
const VALUE_CHARACTERS_MAX = 1_900;

export const requestIdOnWire = z.string().regex(/^[\w./-]{1,120}$/);
const name = z.custom<LimitName>((value) => {
  const [account, window, ...more] = typeof value === 'string' ? value.split(' ') : [];
  return isAccount(account) && WINDOWS.some((each) => each === window) && more.length === 0;
});
const onWire = z.tuple([requestIdOnWire], name).transform(([requestId, ...seen]): RequestHint => ({ requestId, seen }));

export function writeRequestHint(id: string, exceeded: readonly ExceededLimit[]): string {
  const seen = exceeded.map(limitName);
  while (JSON.stringify([id, ...seen]).length > VALUE_CHARACTERS_MAX) seen.pop();
  return JSON.stringify([id, ...seen]);
}

/** Returns null for a value that is not ours. */
export const readRequestHint = (value: string | undefined): RequestHint | null =>
  onWire.safeParse(parsed(value)).data ?? null;

/** The place of the card that a form was opened from. The answer goes there. */
export const placeOnWire = z.string().min(1).max(60).nullable();

const formOnWire = z
  .object({ hint: z.string().transform(readRequestHint), channelId: placeOnWire, leastCredits: z.int() })
  .transform(({ hint, ...rest }) => hint && { ...hint, ...rest });

/** What a form about a request carries besides: where it was opened, and the least that may be given. */
export type RequestFormHint = RequestHint & { channelId: string | null; leastCredits: number };

type Carried = Omit<RequestFormHint, 'seen'> & { exceeded: readonly ExceededLimit[] };

export const writeRequestFormHint = ({ requestId, exceeded, channelId, leastCredits }: Carried): string =>
  JSON.stringify({ hint: writeRequestHint(requestId, exceeded), channelId, leastCredits });

/** Returns null for a value that is not ours. */
export const readRequestFormHint = (metadata: string): RequestFormHint | null =>
  formOnWire.safeParse(parsed(metadata)).data ?? null;
