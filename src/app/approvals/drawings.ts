import { elapsedMs } from '../../book/clock-doubt.ts';
import { contentHash } from '../../ports/content-hash.ts';
import type { AppContext } from '../context.ts';
import { onceMarker, putOnceMarker } from '../once/once-markers.ts';
import type { RequestFacts } from './cards.ts';

/**
 * The drawings of an open request's cards, in numbered marks: one when a drawing begins, and one with what it showed when it is
 * over. So one of several processes draws a change. A drawing that failed, or that a crash cut off, has shown nothing.
 */
export type Drawing = {
  drawingNo: number;
  beganAt: number;
  /** A hash of the sums that every card shows since this drawing. Null: at least one card could not be drawn. */
  shown: string | null;
  isOver: boolean;
};

/** No more drawings of one request are written down than these. A click still shows how it is. */
const DRAWINGS_MAX = 1_000;
const REMEMBERED_MAX = 1_000;
/** How long a process relies on what it knows. Another one may have begun a drawing since, and died. */
const LOOK_AGAIN_MS = 60_000;
const LONG_AGO = Number.NEGATIVE_INFINITY;
const NOT_WHOLE = '-';

/** Marks under this are of use only while their request is open. */
export const DRAWINGS = 'drawing/';

/** Hashes the parts of a card that change while its request is open: the limits with their sums, and whether owners were asked. */
export const shownOf = ({ exceeded, escalatedAt }: Pick<RequestFacts, 'exceeded' | 'escalatedAt'>): string =>
  contentHash([exceeded, escalatedAt]).slice(0, 16);

export async function lastDrawing(context: AppContext, requestId: string): Promise<Drawing | null> {
  const known = knownIn(context);
  let last = known.get(requestId)?.last ?? null;
  for (let drawingNo = (last?.drawingNo ?? 0) + 1; drawingNo <= DRAWINGS_MAX; drawingNo += 1) {
    const beganAt = await onceMarker(context, beginKey(requestId, drawingNo));
    if (beganAt === null) break;
    last = { drawingNo, beganAt: Number(beganAt), shown: null, isOver: false };
  }
  if (last && !last.isOver) last = await withEnd(context, requestId, last);
  if (known.size >= REMEMBERED_MAX) known.clear();
  known.set(requestId, { last, lookedAt: context.clock.now() });
  return last;
}

/** Says whether the cards showed this at the last look into the records. A look counts for a minute, to spare reads. */
export function isKnownToShow(context: AppContext, requestId: string, shown: string): boolean {
  const known = knownIn(context).get(requestId);
  return known?.last?.shown === shown && elapsedMs(context.clock, known.lookedAt) < LOOK_AGAIN_MS;
}

/** Begins the one drawing that comes after `last`. Null where another process has begun it, or there were too many. */
export async function beginNext(context: AppContext, requestId: string, last: Drawing | null): Promise<number | null> {
  const drawingNo = (last?.drawingNo ?? 0) + 1;
  if (drawingNo > DRAWINGS_MAX) return null;
  const put = await putOnceMarker(context, beginKey(requestId, drawingNo), String(context.clock.now()));
  knownIn(context).set(requestId, { last, lookedAt: LONG_AGO });
  return put === 'put' ? drawingNo : null;
}

/** Begins a drawing that has to be made whatever others draw. Null where there were too many to write down. */
export async function beginDrawing(context: AppContext, requestId: string): Promise<number | null> {
  for (;;) {
    const last = await lastDrawing(context, requestId);
    if ((last?.drawingNo ?? 0) >= DRAWINGS_MAX) return null;
    const drawingNo = await beginNext(context, requestId, last);
    if (drawingNo !== null) return drawingNo;
  }
}

/**
 * Writes down what the cards show: exactly what was drawn into them, null where not into all of them. Where another drawing began
 * meanwhile, no one knows which of the two Slack took last: then the cards count as not drawn.
 */
export async function endDrawing(
  context: AppContext,
  requestId: string,
  { drawingNo, shown }: { drawingNo: number | null; shown: string | null },
): Promise<void> {
  if (drawingNo === null) return;
  await putOnceMarker(context, endKey(requestId, drawingNo), shown ?? NOT_WHOLE);
  if ((await onceMarker(context, beginKey(requestId, drawingNo + 1))) === null) return;
  const again = await beginDrawing(context, requestId);
  if (again !== null) await putOnceMarker(context, endKey(requestId, again), NOT_WHOLE);
}

/** Erases what was written down of its drawings, once a request has ended and all its cards say so. */
export async function forgetDrawings({ records, book }: AppContext, requestId: string): Promise<void> {
  const { workspace } = book;
  // Two marks a drawing; earlier versions wrote one of another name.
  for (const prefix of [`${DRAWINGS}${requestId}/`, `request/${requestId}/drawing/`]) {
    const before = Number.MAX_SAFE_INTEGER;
    await records.marks.expire({ workspace, prefix, before, marksMax: 2 * DRAWINGS_MAX });
  }
}

async function withEnd(context: AppContext, requestId: string, drawing: Drawing): Promise<Drawing> {
  const end = await onceMarker(context, endKey(requestId, drawing.drawingNo));
  return end === null ? drawing : { ...drawing, isOver: true, shown: end === NOT_WHOLE ? null : end };
}

type Known = Map<string, { last: Drawing | null; lookedAt: number }>;

function knownIn({ book }: AppContext): Known {
  const found: Known = knownOf.get(book) ?? new Map();
  knownOf.set(book, found);
  return found;
}

const knownOf = new WeakMap<AppContext['book'], Known>();

const beginKey = (requestId: string, drawingNo: number) => `${DRAWINGS}${requestId}/${drawingNo}`;
const endKey = (requestId: string, drawingNo: number) => `${beginKey(requestId, drawingNo)}/over`;
