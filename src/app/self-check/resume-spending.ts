import { isStopped } from '../../ledger/decide/spending.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import { checkRight } from '../../ledger/rights/rights.ts';
import type { WrongKind } from '../../ledger/verify/verifier.ts';
import type { AppContext } from '../context.ts';
import type { ChangeInput } from '../inputs.ts';
import { submitChange } from '../submit-change.ts';
import { verifyLedger } from './kept-head.ts';
import { redrawStop } from './owners.ts';

export type Resumed =
  | { kind: 'resumed'; linesCount: number }
  | { kind: 'still_wrong'; brokenSeq: number; about: WrongKind; problem: string }
  | { kind: 'records_wrong'; problem: string }
  | { kind: 'refused'; refusal: Refusal };

/**
 * An owner lets spending go on: the books are read again from their first line, and only if every line is right it does.
 * Every process that sees the line folds its books again, because what it knows may come from the line that was wrong.
 */
export async function resumeSpending(
  context: AppContext,
  { deliveryId, by, stopId }: ChangeInput<{ stopId: string }>,
): Promise<Resumed> {
  const { book, records, log } = context;
  const state = await book.read();
  const refused = checkRight(state, by, 'resume_spending');
  if (refused) return { kind: 'refused', refusal: refused.refusal };
  const { stop } = state;
  if (stop?.stopId !== stopId || !isStopped(stop)) {
    await redrawStop(context);
    return { kind: 'refused', refusal: { reason: 'spending_not_stopped', stopId } };
  }
  const verified = await verifyLedger(context, state.seq);
  if (!verified.ok) {
    const { seq: brokenSeq, kind: about, problem } = verified;
    log.warn({ stopId, brokenSeq, problem }, 'ledger check failed again, spending stays stopped');
    return { kind: 'still_wrong', brokenSeq, about, problem };
  }
  const problem = await records.check?.();
  if (problem) return { kind: 'records_wrong', problem };
  const changed = await submitChange(context, { deliveryId, by, command: { kind: 'resume_spending', stopId } });
  await book.read();
  await redrawStop(context);
  return changed.ok
    ? { kind: 'resumed', linesCount: verified.linesCount }
    : { kind: 'refused', refusal: changed.refusal };
}
