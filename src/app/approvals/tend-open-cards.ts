import { elapsedMs } from '../../book/clock-doubt.ts';
import type { Request } from '../../ledger/requests.ts';
import { exceededNow } from '../../ledger/rights/approval-authority.ts';
import type { State } from '../../ledger/state.ts';
import { contentHash } from '../../ports/content-hash.ts';
import { describe } from '../../ports/describe-error.ts';
import type { AppContext } from '../context.ts';
import { onceMarker, putOnceMarker } from '../once/once-markers.ts';
import { oldestOpen } from './open-requests.ts';
import { redrawCards } from './redraw-cards.ts';

export const TEND_CARDS_EVERY_MS = 5_000;
/** Of one request; and later on, of one whose account is used all day. */
const PAUSE_MS = 5_000;
const LONG_PAUSE_MS = 60_000;
const QUICK_MAX = 20;
/** No one follows more drawings than these. A click still shows how it is. */
const DRAWINGS_MAX = 1_000;
const REMEMBERED_MAX = 1_000;

/**
 * Draws the cards of open requests again once the sums on them have changed: by a move, a raise or what others use. What was
 * drawn last is a numbered mark, put once. So one of several processes draws a change, and a busy account is no storm.
 */
export async function tendOpenCards(context: AppContext): Promise<void> {
  if (oldestOpen(context.book.now()).length === 0) return;
  const state = await context.book.read();
  for (const request of oldestOpen(state)) {
    try {
      if (await isToBeDrawn(context, request, sumsOf(context, state, request))) {
        await redrawCards(context, request.requestId);
      }
    } catch (error) {
      const { requestId } = request;
      context.log.warn({ requestId, error: describe(error) }, 'open request cards not redrawn, will retry');
    }
  }
}

/** Notes what the cards show when they are posted, so that only a change is drawn. */
export async function noteSums(context: AppContext, request: Request): Promise<void> {
  const sums = sumsOf(context, context.book.now(), request);
  await putOnceMarker(context, drawingKey(request.requestId, 1), markOf(context, sums));
}

function sumsOf({ clock }: AppContext, state: State, request: Request): string {
  return contentHash(exceededNow(state, request, Math.max(clock.now(), state.lastAt))).slice(0, 16);
}

async function isToBeDrawn(context: AppContext, { requestId }: Request, sums: string): Promise<boolean> {
  // Mostly nothing has changed, and nothing has to be asked of the records.
  if (knownIn(context).get(requestId)?.sums === sums) return false;
  const last = await lastDrawing(context, requestId);
  if (last.sums === sums || last.drawingNo >= DRAWINGS_MAX) return false;
  const pauseMs = last.drawingNo > QUICK_MAX ? LONG_PAUSE_MS : PAUSE_MS;
  if (last.at !== null && elapsedMs(context.clock, last.at) < pauseMs) return false;
  const drawingNo = last.drawingNo + 1;
  return (await putOnceMarker(context, drawingKey(requestId, drawingNo), markOf(context, sums))) === 'put';
}

type Drawing = { drawingNo: number; at: number | null; sums: string | null };

async function lastDrawing(context: AppContext, requestId: string): Promise<Drawing> {
  const known = knownIn(context);
  let last: Drawing = known.get(requestId) ?? { drawingNo: 0, at: null, sums: null };
  while (last.drawingNo < DRAWINGS_MAX) {
    const next = await onceMarker(context, drawingKey(requestId, last.drawingNo + 1));
    if (next === null) break;
    const [at, sums = null] = next.split(' ');
    last = { drawingNo: last.drawingNo + 1, at: Number(at), sums };
  }
  if (known.size >= REMEMBERED_MAX) known.clear();
  known.set(requestId, last);
  return last;
}

/** What this process knows of the last drawings, by request. */
function knownIn({ book }: AppContext): Map<string, Drawing> {
  const found = knownOf.get(book) ?? new Map<string, Drawing>();
  knownOf.set(book, found);
  return found;
}

const knownOf = new WeakMap<AppContext['book'], Map<string, Drawing>>();

const markOf = ({ clock }: AppContext, sums: string) => `${clock.now()} ${sums}`;
const drawingKey = (requestId: string, drawingNo: number) => `request/${requestId}/drawing/${drawingNo}`;
