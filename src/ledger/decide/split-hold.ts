import type { AccountId } from '../accounts.ts';
import type { HeldPart } from '../commands/holds.ts';

import type { State } from '../state.ts';
import { drawsFor } from '../usage/standings.ts';

/** One hold an image, with what each draws from grants. The caller has checked that it fits. */
export function splitHold(
  state: State,
  request: {
    requestId: string;
    accounts: readonly AccountId[];
    eachCredits: number;
    imagesCount: number;
    at: number;
    memberId: string;
  },
): HeldPart[] {
  const { requestId, accounts, eachCredits, imagesCount: count, at, memberId } = request;
  const draws = accounts.map((account) => drawsFor(state, { account, eachCredits, count, at, memberId }));
  return Array.from({ length: count }, (_, index) => ({
    holdId: `${requestId}/${index + 1}`,
    amountCredits: eachCredits,
    draws: draws.flatMap((ofAccount) => ofAccount[index] ?? []),
  }));
}
