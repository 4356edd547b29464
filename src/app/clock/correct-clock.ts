import { clockDoubt, makeSureOfTime } from '../../book/clock-doubt.ts';
import { INKWELL } from '../../ledger/commands/commands.ts';
import type { AppContext } from '../context.ts';
import type { ChangeInput, ChangeResult } from '../inputs.ts';
import { submitChange } from '../submit-change.ts';
import { clockView, tellOwnersOfClock, tellOwnersOfCorrection } from './owners.ts';

/** An owner says that the time of this machine is right, and the ledger's is not. */
export async function correctClock(
  context: AppContext,
  { deliveryId, by, wrongAt }: ChangeInput<{ wrongAt: number }>,
): Promise<ChangeResult> {
  await makeSureOfTime(context);
  const changed = await submitChange(context, { deliveryId, by, command: { kind: 'correct_clock', wrongAt } });
  await tellOwnersOfCorrection(context);
  return changed;
}

/**
 * At the start, and every minute. Where a source outside confirms the time of this machine, a ledger that is ahead of it is
 * corrected at once; else an owner decides. Nothing is spent meanwhile.
 */
export async function tendClock(context: AppContext): Promise<void> {
  const { book, clock, log } = context;
  await clock.askAround?.();
  const state = await book.read();
  const wrong = clockDoubt(clock, state);
  const isConfirmed = clock.isConfirmed?.() ?? false;
  if (wrong?.whose === 'ledger' && isConfirmed) {
    const { shownAt: wrongAt, rightAt } = wrong;
    log.warn({ wrongAt, rightAt }, 'a wrong clock dated the ledger ahead, its time was corrected');
    // Of several processes the first does it; the same time may be gone to again, years later.
    const commandId = `clock/${state.corrections.length}/${wrongAt}`;
    await book.submit({ commandId, by: INKWELL, kind: 'correct_clock', wrongAt });
  } else if (wrong) {
    if (wrong.whose === 'ledger') log.warn({ ...wrong }, 'ledger is dated ahead of this clock, spending stopped');
    const view = clockView(context, state);
    if (view && view.kind !== 'corrected') await tellOwnersOfClock(context, view);
  }
  await tellOwnersOfCorrection(context);
}
