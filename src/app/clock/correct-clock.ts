import { makeSureOfTime, timeDoubt } from '../../book/clock-doubt.ts';
import { INKWELL } from '../../ledger/commands/commands.ts';
import type { World } from '../context.ts';
import type { Change, Changed } from '../inputs.ts';
import { change } from '../submit-change.ts';
import { clockView, tellOwnersOfClock, tellOwnersOfCorrection } from './owners.ts';

/** An owner says that the time of this machine is right, and the ledger's is not. */
export async function correctClock(
  world: World,
  { deliveryId, by, wrongAt }: Change<{ wrongAt: number }>,
): Promise<Changed> {
  await makeSureOfTime(world);
  const changed = await change(world, { deliveryId, by, wish: { kind: 'correct_clock', wrongAt } });
  await tellOwnersOfCorrection(world);
  return changed;
}

/**
 * At the start, and every minute. Where somebody outside confirms the time of this machine, a ledger that is ahead of it is
 * corrected at once; else an owner decides. Nothing is spent meanwhile.
 */
export async function tendClock(world: World): Promise<void> {
  const { book, clock, log } = world;
  await clock.askAround?.();
  const state = await book.read();
  const wrong = timeDoubt(clock, state);
  const isConfirmed = clock.isConfirmed?.() ?? false;
  if (wrong?.whose === 'ledger' && isConfirmed) {
    const { shownAt: wrongAt, rightAt } = wrong;
    log.warn({ wrongAt, rightAt }, 'the ledger was dated ahead by a clock that was wrong: its time is corrected');
    // Of several processes the first does it; the same time may be gone to again, years later.
    const commandId = `clock/${state.corrections.length}/${wrongAt}`;
    await book.submit({ commandId, by: INKWELL, kind: 'correct_clock', wrongAt });
  } else if (wrong) {
    if (wrong.whose === 'ledger')
      log.warn({ ...wrong }, 'the ledger is dated ahead of this clock: nothing new is spent');
    const view = clockView(world, state);
    if (view && view.kind !== 'corrected') await tellOwnersOfClock(world, view);
  }
  await tellOwnersOfCorrection(world);
}
