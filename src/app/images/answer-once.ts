import type { AppContext } from '../context.ts';
import type { PrivateMessage } from '../messenger.ts';
import { onceMarker, putOnceMarker } from '../once/once-markers.ts';
import { directly, type Requester } from '../requester.ts';

/** After the first try: a minute in all, for which Slack may limit us, or be away. */
const TRY_AGAIN_MS = [2_000, 8_000, 20_000, 30_000] as const;

/** A request as it was delivered. `clickId`: what is answered once. */
export type Delivery = { jobId: string; clickId: string; contentDigest: string; requester: Requester };

/**
 * Answers a request of which no job is written down: no sweeper would find an answer that was lost. It is tried where the
 * person typed, then by a direct message that stands once. What was answered is remembered, so the same delivery again gets
 * no other answer.
 */
export async function answerOnce(context: AppContext, delivery: Delivery, note: PrivateMessage): Promise<void> {
  const { messenger, clock, log } = context;
  const { jobId, requester } = delivery;
  const key = answerKey(delivery);
  let told = await messenger.tell(requester, note);
  for (const waitMs of TRY_AGAIN_MS) {
    if (told.kind === 'delivered') break;
    await clock.sleep(waitMs);
    told = await messenger.tell(directly(requester.memberId), note, { onceKey: key });
  }
  if (told.kind === 'delivered') return void (await putOnceMarker(context, key, ''));
  log.error({ jobId, note: note.kind, code: told.code }, 'person not told why no image is made, giving up');
}

export const wasAnswered = async (context: AppContext, delivery: Delivery): Promise<boolean> =>
  (await onceMarker(context, answerKey(delivery))) !== null;

/** How the marks of such answers begin. */
export const ANSWERS = 'answered/';

const answerKey = ({ clickId, contentDigest }: Delivery) => `${ANSWERS}${clickId}/${contentDigest}`;
