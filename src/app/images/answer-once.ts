import type { AppContext } from '../context.ts';
import type { PrivateMessage } from '../messenger.ts';
import { onceMarker, putOnceMarker } from '../once/once-markers.ts';
import { directly, type Requester } from '../requester.ts';

/** After the first try: a minute in all, for which Slack may limit us, or be away. */
const TRY_AGAIN_MS = [2_000, 8_000, 20_000, 30_000] as const;

/** A request as it was delivered. `clickId`: what is answered once. */
export type Delivery = { jobId: string; clickId: string; contentDigest: string; requester: Requester };

/** Answers as below, and remembers it: the same delivery again gets no other answer. */
export async function answerOnce(context: AppContext, delivery: Delivery, note: PrivateMessage): Promise<void> {
  if (await answerSurely(context, delivery, note)) await putOnceMarker(context, answerKey(delivery), '');
}

/**
 * Answers a request of which no job is written down: no sweeper would find an answer that was lost. It is tried where the
 * person typed, then by a direct message that stands once. Answers whether Slack has taken it. Nothing is written: this process alone
 * remembers it.
 */
export async function answerSurely(context: AppContext, delivery: Delivery, note: PrivateMessage): Promise<boolean> {
  const { messenger, clock, log } = context;
  const { jobId, requester } = delivery;
  const key = answerKey(delivery);
  let told = await messenger.tell(requester, note);
  for (const waitMs of TRY_AGAIN_MS) {
    if (told.kind === 'delivered') break;
    await clock.sleep(waitMs);
    told = await messenger.tell(directly(requester.memberId), note, { onceKey: key });
  }
  if (told.kind === 'delivered') answeredHere(context).add(key);
  else log.error({ jobId, note: note.kind, code: told.code }, 'person not told why no image is made, giving up');
  return told.kind === 'delivered';
}

export async function wasAnswered(context: AppContext, delivery: Delivery): Promise<boolean> {
  const key = answerKey(delivery);
  return answeredHere(context).has(key) || (await onceMarker(context, key)) !== null;
}

/** The last answers of this process. */
function answeredHere(context: AppContext): Set<string> {
  const known = inProcess.get(context) ?? new Set<string>();
  inProcess.set(context, known);
  const [oldest] = known;
  if (oldest !== undefined && known.size > REMEMBERED_MAX) known.delete(oldest);
  return known;
}

/** Slack delivers again within the hour; one person asks some hundreds of times in it. */
const REMEMBERED_MAX = 2_000;
const inProcess = new WeakMap<AppContext, Set<string>>();

/** How the marks of such answers begin. */
export const ANSWERS = 'answered/';

const answerKey = ({ clickId, contentDigest }: Delivery) => `${ANSWERS}${clickId}/${contentDigest}`;
