import { INKWELL } from '../../ledger/commands/commands.ts';
import type { Request } from '../../ledger/requests.ts';
import type { Job } from '../../storage/records/job.ts';
import type { World } from '../context.ts';
import { isBeingPosted, placeOf } from '../once/post-once.ts';
import { cardsOf, readerOfCard } from './card-list.ts';
import { askedCard, commonFacts, promptOf, requestCard } from './request-facts.ts';

/** Each redrawing reads ledger and prompt anew; if they say something else by the end, what was drawn may be what is old. */
const ROUNDS_MAX = 5;

/** Draws a request as it is now wherever it was shown. True once nothing is left to be drawn of it. */
export async function redrawCards(world: World, requestId: string): Promise<boolean> {
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const request = world.book.now().requests.get(requestId);
    if (!request) return true;
    const { isDrawn, prompt } = await drawAll(world, request);
    const after = (await world.book.read()).requests.get(requestId);
    // Whoever deletes its images erases the prompt first, and may have drawn it without before it was drawn with it here.
    const isErased = request.end !== null && prompt !== null && (await promptOf(world, requestId)) === null;
    if (after === request && !isErased) return isDrawn && request.end !== null;
  }
  return false;
}

/**
 * When its images are deleted, and its prompt with them: also for a process that has not read of the request yet, and where
 * the ledger has forgotten it. Of that one its job knows that it was approved, and when.
 */
export async function redrawWithoutPrompt(world: World, job: Job): Promise<boolean> {
  const { jobId, clientId, approval } = job;
  const isKnown = (await world.book.read()).requests.has(jobId);
  if (isKnown || clientId === null || approval === 'none') return await redrawCards(world, jobId);
  const request = forgotten({ ...job, clientId });
  return (await drawAll(world, request)).isDrawn;
}

function forgotten(job: Job & { clientId: string }): Request {
  const { jobId, memberId, clientId, projectId, channelId, imagesCount, eachCredits, askedAt, wantedAt } = job;
  const { model, size, quality, stage, rateCardId, boundMicroUsd } = job;
  return {
    ...{ requestId: jobId, memberId, clientId, projectId, channelId, imagesCount, eachCredits, askedAt },
    work: { model, size, quality, stage, rateCardId, boundMicroUsd },
    ...{ timeoutMs: 0, escalatesAt: wantedAt, lapsesAt: wantedAt, escalatedAt: null, room: null },
    end: { as: 'approved', by: INKWELL, at: wantedAt, reason: null },
  };
}

async function drawAll(world: World, request: Request): Promise<{ isDrawn: boolean; prompt: string | null }> {
  let isDrawn = true;
  const keys = await cardsOf(world, request.requestId);
  const common = await commonFacts(world, request, keys);
  for (const key of keys) {
    const place = await placeOf(world, key);
    // What is being posted was drawn before this, and is drawn anew when it is known where it stands.
    if (place === null) isDrawn &&= !(await isBeingPosted(world, key));
    if (place === null) continue;
    const to = readerOfCard(key);
    const card = await (to === request.memberId
      ? askedCard(world, request, common)
      : requestCard(world, request, to, common));
    const drawn = await world.messenger.redrawCard(place, card);
    if (drawn.kind === 'drawn') continue;
    world.log.warn({ requestId: request.requestId, code: drawn.code }, 'card of a request not redrawn');
    isDrawn &&= drawn.kind === 'gone';
  }
  return { isDrawn, prompt: common.facts.prompt };
}
