import { checkBurst } from '../../ledger/decide/rules.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import type { AppContext } from '../context.ts';

/**
 * Whether a person has asked too often to ask for anything more: looked at before the first thing of a request is
 * written, with the requests of theirs that the ledger has not answered yet. Null: they are counted in, until `answered`.
 * The ledger decides all the same, for those of other processes.
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
