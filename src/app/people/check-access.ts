import type { Refusal } from '../../ledger/refusals.ts';
import type { Action } from '../../ledger/rights/actions.ts';
import { checkAtAll } from '../../ledger/rights/rights.ts';
import type { AppContext } from '../context.ts';

/**
 * Why somebody does not get through a door, as far as this process knows; null for whoever may, and for whoever is not
 * known yet, whom the use case meets first. Answers at once: it stands before an ack.
 */
export function checkAccess({ book }: AppContext, { by, right }: { by: string; right: Action }): Refusal | null {
  const state = book.now();
  if (!state.members.has(by)) return null;
  return checkAtAll(state, by, right)?.refusal ?? null;
}

/** As above, with what other processes have written: somebody may have been given a role there a moment ago. */
export async function checkAccessFresh(
  context: AppContext,
  at: { by: string; right: Action },
): Promise<Refusal | null> {
  await context.book.read();
  return checkAccess(context, at);
}
