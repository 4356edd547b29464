import { type CommandBody, INKWELL } from '../../ledger/commands/commands.ts';
import type { Request } from '../../ledger/requests.ts';
import { describe } from '../../ports/describe-error.ts';
import type { AppContext } from '../context.ts';
import { resumeJob } from '../images/claim-job.ts';
import { onceMarker, putOnceMarker } from '../once/once-markers.ts';
import { forgetDrawings } from './drawings.ts';
import { postCards } from './post-cards.ts';
import { redrawCards } from './redraw-cards.ts';

/** As long after its end as a process may be away and come back to cards that still show it open. */
const LOOK_BACK_MS = 7 * 86_400_000;

/**
 * Every minute, and wherever who may approve has just changed: unanswered requests are escalated, and lapse;
 * new approvers are shown them; and cards of requests that ended say so. Each of it once,
 * also with several processes. `isAsked`: only of these.
 */
export async function processOpenRequests(
  context: AppContext,
  isAsked: (request: Request) => boolean = () => true,
): Promise<void> {
  const now = context.clock.now();
  for (const request of (await context.book.read()).requests.values()) {
    if (!isAsked(request) || (request.end && request.end.at < now - LOOK_BACK_MS)) continue;
    try {
      await (request.end ? close(context, request) : tendOpen(context, request));
    } catch (error) {
      context.log.warn(
        { requestId: request.requestId, error: describe(error) },
        'approval request not processed, will retry',
      );
    }
  }
}

async function tendOpen(context: AppContext, request: Request): Promise<void> {
  const { requestId, lapsesAt, escalatesAt, escalatedAt } = request;
  const now = context.clock.now();
  if (now >= lapsesAt) {
    await submit(context, { kind: 'lapse', requestId });
    return await after(context, requestId);
  }
  if (escalatedAt === null && now >= escalatesAt) {
    await submit(context, { kind: 'escalate', requestId });
    await redrawCards(context, requestId);
  }
  const escalated = context.book.now().requests.get(requestId);
  // The job shows it first. Until it has begun to, no other caller does.
  if (escalated && !escalated.end && !context.running.has(requestId)) await postCards(context, escalated);
}

/** The request names the command, so that a second caller is answered by the same line. */
const submit = ({ book }: AppContext, command: CommandBody & { requestId: string }) =>
  book.submit({ commandId: `${command.requestId}/${command.kind}`, by: INKWELL, ...command });

async function after(context: AppContext, requestId: string): Promise<void> {
  const request = context.book.now().requests.get(requestId);
  if (request?.end) await close(context, request);
}

/** Once everything is drawn that is to be drawn, it is not looked at any more. */
async function close(context: AppContext, { requestId }: Request): Promise<void> {
  const closed = `request/${requestId}/closed`;
  if ((await onceMarker(context, closed)) !== null) return;
  const isDrawn = await redrawCards(context, requestId);
  await resumeJob(context, requestId);
  if (isDrawn) await forgetDrawings(context, requestId);
  if (isDrawn) await putOnceMarker(context, closed, '');
}
