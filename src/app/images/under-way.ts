import { checkBurst } from '../../ledger/decide/rules.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import type { AppContext } from '../context.ts';

/**
 * Refuses a request over the burst limit before anything of it is written. Counts the person's requests that the ledger has
 * not answered yet. Returns null, and counts this one until `answered`, where there is room. The ledger checks again: it also
 * knows the requests of other processes.
 */
export function turnAway(context: AppContext, { jobId, memberId }: Asked): Refusal | null {
  const underWay = underWayIn(context);
  const own = underWay.get(memberId) ?? new Set();
  const refused = checkBurst(context.book.now(), memberId, context.clock.now(), own.size);
  if (refused) {
    context.book.turnedAwayCount += 1;
    return refused.refusal;
  }
  underWay.set(memberId, own.add(jobId));
  return null;
}

/** The ledger has answered, or nothing came of it. */
export function answered(context: AppContext, { jobId, memberId }: Asked): void {
  const own = underWayIn(context).get(memberId);
  own?.delete(jobId);
  if (own?.size === 0) underWayIn(context).delete(memberId);
}

type Asked = { jobId: string; memberId: string };

function underWayIn(context: AppContext): Map<string, Set<string>> {
  const known = inProcess.get(context) ?? new Map<string, Set<string>>();
  inProcess.set(context, known);
  return known;
}

const inProcess = new WeakMap<AppContext, Map<string, Set<string>>>();
