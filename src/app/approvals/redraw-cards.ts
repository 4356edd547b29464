import { elapsedMs } from '../../book/clock-doubt.ts';
import { INKWELL } from '../../ledger/commands/commands.ts';
import type { Request } from '../../ledger/requests.ts';
import type { Job } from '../../storage/records/job.ts';
import type { AppContext } from '../context.ts';
import { isBeingPosted, placeOf } from '../once/post-once.ts';
import { cardsOf, readerOfCard } from './card-list.ts';
import type { RequestFacts } from './cards.ts';
import { beginDrawing, endDrawing, shownOf } from './drawings.ts';
import { cardFor, commonFacts, promptOf } from './request-facts.ts';

/** Each redrawing reads ledger and prompt again. If they differ by the end, the drawing may be out of date. */
const ROUNDS_MAX = 5;
/** Some channels are too large for Slack ever to say who reads them. */
const READERS_WITHIN_MS = 60 * 60_000;

/**
 * Draws a request as it is now wherever it was shown. True once nothing is left to be drawn of it. While it is open, what could
 * not be drawn is drawn by `tendOpenCards`. `drawingNo`: of a drawing that has begun already.
 */
export async function redrawCards(
  context: AppContext,
  requestId: string,
  begun: { drawingNo: number } | null = null,
): Promise<boolean> {
  const isOpen = context.book.now().requests.get(requestId)?.end === null;
  const drawingNo = begun?.drawingNo ?? (isOpen ? await beginDrawing(context, requestId) : null);
  let shown: string | null = null;
  try {
    const drawn = await drawUntilSettled(context, requestId);
    shown = drawn.shown;
    return drawn.isSettled;
  } finally {
    await endDrawing(context, requestId, { drawingNo, shown });
  }
}

/** `shown`: what all cards show now; null where one of them could not be drawn. */
type Drawn = { isSettled: boolean; shown: string | null };

async function drawUntilSettled(context: AppContext, requestId: string): Promise<Drawn> {
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const request = context.book.now().requests.get(requestId);
    if (!request) return { isSettled: true, shown: null };
    const { isDrawn, facts } = await drawAll(context, request);
    const after = (await context.book.read()).requests.get(requestId);
    // A deletion erases the prompt first, and may have redrawn the card without it before this drawing with it.
    const isErased = request.end !== null && facts.prompt !== null && (await promptOf(context, requestId)) === null;
    if (after === request && !isErased)
      return { isSettled: isDrawn && request.end !== null, shown: isDrawn ? shownOf(facts) : null };
  }
  return { isSettled: false, shown: null };
}

/**
 * When its images are deleted, and its prompt with them: also for a process that has not read of the request yet, and where
 * the ledger has forgotten it. Of that one its job knows that it was approved, and when.
 */
export async function redrawWithoutPrompt(context: AppContext, job: Job): Promise<boolean> {
  const { jobId, clientId, approval } = job;
  const isKnown = (await context.book.read()).requests.has(jobId);
  if (isKnown || clientId === null || approval === 'none') return await redrawCards(context, jobId);
  const request = forgotten({ ...job, clientId });
  return (await drawAll(context, request)).isDrawn;
}

function forgotten(job: Job & { clientId: string }): Request {
  const { jobId, memberId, clientId, projectId, place, imagesCount, eachCredits, askedAt, wantedAt } = job;
  const { model, size, quality, stage, rateCardId, boundMicroUsd } = job;
  return {
    ...{
      requestId: jobId,
      memberId,
      clientId,
      projectId,
      channelId: place.channelId,
      imagesCount,
      eachCredits,
      askedAt,
    },
    work: { model, size, quality, stage, rateCardId, boundMicroUsd },
    ...{ timeoutMs: 0, escalatesAt: wantedAt, lapsesAt: wantedAt, escalatedAt: null, room: null },
    end: { as: 'approved', by: INKWELL, at: wantedAt, reason: null },
  };
}

async function drawAll(context: AppContext, request: Request): Promise<{ isDrawn: boolean; facts: RequestFacts }> {
  let isDrawn = true;
  const keys = await cardsOf(context, request.requestId);
  const common = await commonFacts(context, request);
  for (const key of keys) {
    const place = await placeOf(context, key);
    // A card that is being posted was drawn before this. It is redrawn when its place is known.
    if (place === null) isDrawn &&= !(await isBeingPosted(context, key));
    if (place === null) continue;
    const card = await cardFor(context, request, readerOfCard(key), common);
    const isUnsure = card.audience === 'unsure';
    isDrawn &&= !isUnsure || hasWaitedForReaders(context, request);
    // A card that says less than its reader may know would lose its buttons: it stays as it is.
    if (isUnsure && !request.end) continue;
    const drawn = await context.messenger.redrawCard(place, card);
    if (drawn.kind === 'drawn') continue;
    context.log.warn({ requestId: request.requestId, code: drawn.code }, 'request card not redrawn');
    isDrawn &&= drawn.kind === 'gone';
  }
  return { isDrawn, facts: common.facts };
}

/**
 * Slack has an hour after the end of a request to say who reads its cards. After that they stay as they are: drawn with how it ended,
 * and without what outsiders may not see.
 */
const hasWaitedForReaders = ({ clock }: AppContext, { end }: Request): boolean =>
  end !== null && elapsedMs(clock, end.at) > READERS_WITHIN_MS;
