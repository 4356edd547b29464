import { INKWELL, type Wish } from '../../ledger/commands/commands.ts';
import type { Request } from '../../ledger/requests.ts';
import { describe } from '../../ports/describe-error.ts';
import type { World } from '../context.ts';
import { resumeJob } from '../images/claim-job.ts';
import { lastingMark, putLastingMark } from '../once/once-markers.ts';
import { postCards } from './post-cards.ts';
import { redrawCards } from './redraw-cards.ts';

/** As long after its end as a process may be away and come back to cards that still show it open. */
const LOOK_BACK_MS = 7 * 86_400_000;

/**
 * Every minute, and wherever who may approve has just changed: requests that nobody answered are escalated, and lapse;
 * whoever may approve one by now is shown it; and cards of requests that ended, whoever ended them, say so. Each of it once,
 * also with several processes. `isAsked`: only of these.
 */
export async function tendRequests(world: World, isAsked: (request: Request) => boolean = () => true): Promise<void> {
  const now = world.clock.now();
  for (const request of (await world.book.read()).requests.values()) {
    if (!isAsked(request) || (request.end && request.end.at < now - LOOK_BACK_MS)) continue;
    try {
      await (request.end ? close(world, request) : tendOpen(world, request));
    } catch (error) {
      world.log.warn(
        { requestId: request.requestId, error: describe(error) },
        'request not tended, will be tried again',
      );
    }
  }
}

async function tendOpen(world: World, request: Request): Promise<void> {
  const { requestId, lapsesAt, escalatesAt, escalatedAt } = request;
  const now = world.clock.now();
  if (now >= lapsesAt) {
    await submit(world, { kind: 'lapse', requestId });
    return await after(world, requestId);
  }
  if (escalatedAt === null && now >= escalatesAt) {
    await submit(world, { kind: 'escalate', requestId });
    await redrawCards(world, requestId);
  }
  const escalated = world.book.now().requests.get(requestId);
  // The job shows it the first time: until it has begun to, nobody else does.
  if (escalated && !escalated.end && !world.running.has(requestId)) await postCards(world, escalated);
}

/** The id is the request's: whoever comes second is answered by the same line. */
const submit = ({ book }: World, wish: Wish & { requestId: string }) =>
  book.submit({ commandId: `${wish.requestId}/${wish.kind}`, by: INKWELL, ...wish });

async function after(world: World, requestId: string): Promise<void> {
  const request = world.book.now().requests.get(requestId);
  if (request?.end) await close(world, request);
}

/** Once everything is drawn that is to be drawn, it is not looked at any more. */
async function close(world: World, { requestId }: Request): Promise<void> {
  const closed = `request/${requestId}/closed`;
  if ((await lastingMark(world, closed)) !== null) return;
  const isDrawn = await redrawCards(world, requestId);
  await resumeJob(world, requestId);
  if (isDrawn) await putLastingMark(world, closed, '');
}
