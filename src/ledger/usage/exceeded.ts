import type { AccountId } from '../accounts.ts';
import { giverShunnedBy } from '../rights/ceilings.ts';
import type { ExceededLimit, State } from '../state.ts';
import { type Standing, standings } from './standings.ts';
import { type Calendar, windowEndsAt } from './windows.ts';

/** Every limit that a request of so many credits would break, widest account first; one that takes nothing breaks none. */
export function exceededBy(
  state: State,
  request: {
    accounts: readonly AccountId[];
    requestedCredits: number;
    at: number;
    calendar: Calendar;
    memberId: string;
  },
): ExceededLimit[] {
  const exceeded: ExceededLimit[] = [];
  if (request.requestedCredits === 0) return exceeded;
  const shunned = giverShunnedBy(state, request.memberId);
  for (const account of request.accounts) {
    for (const standing of standings(state, account, request.at, shunned)) {
      if (standing.availableCredits >= request.requestedCredits) continue;
      exceeded.push(exceededLimit(standing, windowEndsAt(standing.window, request.at, request.calendar)));
    }
  }
  return exceeded;
}

const NONE_MOVED = {};

/** Field by field: to leave two out of a copy takes longer than to find the standing. */
function exceededLimit(standing: Standing, resetsAt: number | null): ExceededLimit {
  const { account, window, over, limitCredits, movedCredits, rolledCredits, grantsCredits } = standing;
  const { usedCredits, heldCredits, availableCredits } = standing;
  return {
    account,
    window,
    over,
    limitCredits,
    ...(movedCredits === 0 ? NONE_MOVED : { movedCredits }),
    rolledCredits,
    grantsCredits,
    usedCredits,
    heldCredits,
    availableCredits,
    resetsAt,
  };
}

/** The least available; of two alike the narrower one, which comes last and is the easier to help with. */
export const tightest = (exceeded: readonly ExceededLimit[]): ExceededLimit | null =>
  exceeded.reduce<ExceededLimit | null>(
    (least, each) => (least === null || each.availableCredits <= least.availableCredits ? each : least),
    null,
  );
