import { elapsedMs } from '../../book/clock-doubt.ts';
import type { Request } from '../../ledger/requests.ts';
import { exceededNow } from '../../ledger/rights/approval-authority.ts';
import type { State } from '../../ledger/state.ts';
import { describe } from '../../ports/describe-error.ts';
import type { AppContext } from '../context.ts';
import { beginNext, type Drawing, isKnownToShow, lastDrawing, shownOf } from './drawings.ts';
import { oldestOpen } from './open-requests.ts';
import { redrawCards } from './redraw-cards.ts';

export const TEND_CARDS_EVERY_MS = 5_000;
/** Between two drawings of one request; the long one where its account is used all day, or Slack takes no drawing. */
const PAUSE_MS = 5_000;
const LONG_PAUSE_MS = 60_000;
const QUICK_MAX = 20;
/** A drawing that is not over after this was cut off by a crash, or is so slow that a second one does no harm. */
const CUT_OFF_MS = 30_000;

/**
 * Draws the cards of open requests again once the sums on them have changed: by a move, a raise or what others use. What could
 * not be drawn is drawn again, until it could. One of several processes draws a change, and a busy account is no storm.
 */
export async function tendOpenCards(context: AppContext): Promise<void> {
  if (oldestOpen(context.book.now()).length === 0) return;
  const state = await context.book.read();
  for (const request of oldestOpen(state)) {
    try {
      await tendCardsOf(context, state, request);
    } catch (error) {
      const { requestId } = request;
      context.log.warn({ requestId, error: describe(error) }, 'open request cards not redrawn, will retry');
    }
  }
}

async function tendCardsOf(context: AppContext, state: State, request: Request): Promise<void> {
  const { requestId, escalatedAt } = request;
  const at = Math.max(context.clock.now(), state.lastAt);
  const shown = shownOf({ exceeded: exceededNow(state, request, at), escalatedAt });
  if (isKnownToShow(context, requestId, shown)) return;
  const last = await lastDrawing(context, requestId);
  if (last?.shown === shown || !isPauseOver(context, last)) return;
  const drawingNo = await beginNext(context, requestId, last);
  if (drawingNo !== null) await redrawCards(context, requestId, { drawingNo });
}

function isPauseOver({ clock }: AppContext, last: Drawing | null): boolean {
  if (last === null) return true;
  const pauseMs = last.drawingNo > QUICK_MAX ? LONG_PAUSE_MS : PAUSE_MS;
  return elapsedMs(clock, last.beganAt) >= (last.isOver ? pauseMs : Math.max(pauseMs, CUT_OFF_MS));
}
