import type { Refusal } from '../../ledger/refusals.ts';
import type { Action } from '../../ledger/rights/actions.ts';
import { checkAtAll } from '../../ledger/rights/rights.ts';
import type { AppContext } from '../context.ts';

/**
 * Says why a person may not use a route, as far as this process knows; null for one who may, and for one who is not known
 * yet and is synced first. Answers at once: it stands before an ack.
 */
export function checkAccess({ book }: AppContext, { by, right }: { by: string; right: Action }): Refusal | null {
  const state = book.now();
  if (!state.members.has(by)) return null;
  return checkAtAll(state, by, right)?.refusal ?? null;
}

/** As above, with what other processes have written: the person may have got a role there a moment ago. */
export async function checkAccessFresh(
  context: AppContext,
  at: { by: string; right: Action },
): Promise<Refusal | null> {
  await context.book.read();
  return checkAccess(context, at);
}
