import { z } from 'zod';
import { isAccount } from '../../ledger/accounts.ts';
import { type LimitName, limitName } from '../../ledger/commands/commands.ts';
import type { ExceededLimit } from '../../ledger/state.ts';

import { WINDOWS } from '../../ledger/usage/windows.ts';

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
const onWire = z.tuple([requestIdOnWire], name);

export function writeRequestHint(id: string, exceeded: readonly ExceededLimit[]): string {
  const seen = exceeded.map(limitName);
  while (JSON.stringify([id, ...seen]).length > VALUE_CHARACTERS_MAX) seen.pop();
  return JSON.stringify([id, ...seen]);
}

/** Null for what is none of ours. */
export function readRequestHint(value: unknown): RequestHint | null {
  const read = onWire.safeParse(parsed(value));
  if (!read.success) return null;
  const [id, ...seen] = read.data;
  return { requestId: id, seen };
}

function parsed(value: unknown): unknown {
  try {
    return JSON.parse(typeof value === 'string' ? value : '');
  } catch {
    return null;
  }
}
