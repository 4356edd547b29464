import { elapsedMs } from '../../book/clock-doubt.ts';
import type { MessagePlace } from '../../storage/records/job-step.ts';
import type { AppContext } from '../context.ts';
import type { Announced } from '../messenger.ts';
import { onceMarker, putOnceMarker } from './once-markers.ts';

/** A message that was begun this long ago and has no place was cut off by a crash. */
const CUT_OFF_MS = 2 * 60_000;
/** So often one message is not cut off. */
const ATTEMPTS_MAX = 50;

/**
 * Posts what is to stand once, in whichever process, and remembers where it stands under the same key. False where it could
 * not be posted, or need not be any more: `post` answers null. What it throws it throws before it posts; the next round tries
 * it again. After a crash between the two, or a lost answer, it is posted again: rather than not at all. `post` is given the key,
 * by which Slack may know that the message stands already.
 */
export async function postOnce(
  context: AppContext,
  key: string,
  post: (onceKey: string) => Promise<Announced | null>,
): Promise<boolean> {
  // Most of what is asked for has stood there for long: rounds come every minute.
  if ((await placeOf(context, key)) !== null) return true;
  const attempt = await beginAttempt(context, key);
  if (attempt === null) return true;
  const posted = await post(key).catch(async (error: unknown) => {
    await giveUpAttempt(context, attempt).catch(() => undefined);
    throw error;
  });
  if (posted?.kind !== 'posted') {
    await giveUpAttempt(context, attempt);
    return false;
  }
  await putOnceMarker(context, placeKey(key), JSON.stringify(posted.place));
  return true;
}

const giveUpAttempt = ({ records, book }: AppContext, attempt: string): Promise<void> =>
  records.marks.remove({ workspace: book.workspace, key: attempt });

/** Takes the mark of an attempt. Returns null where the message stands, or another attempt is going on. */
async function beginAttempt(context: AppContext, key: string): Promise<string | null> {
  const { records, clock, log } = context;
  const { workspace } = context.book;
  const at = clock.now();
  // A write that a driver repeats finds its own mark there.
  const own = `${at} ${context.processId} ${context.newId()}`;
  for (let attemptNo = 1; attemptNo <= ATTEMPTS_MAX; attemptNo += 1) {
    const attempt = attemptKey(key, attemptNo);
    if ((await records.marks.put({ workspace, key: attempt, value: own, at })) === 'put') return attempt;
    const begunAt = await records.marks.get({ workspace, key: attempt });
    // A failed attempt has taken its mark away: the next round tries again.
    if (begunAt === own) return attempt;
    if (begunAt === null || elapsedMs(clock, timeOf(begunAt)) < CUT_OFF_MS) return null;
    if ((await placeOf(context, key)) !== null) return null;
  }
  log.error({ key }, 'message cut off too often, not posted');
  return null;
}

/** An attempt began so lately that it may still go on. */
export async function isBeingPosted({ book, records, clock }: AppContext, key: string): Promise<boolean> {
  const { workspace } = book;
  for (let attemptNo = 1; attemptNo <= ATTEMPTS_MAX; attemptNo += 1) {
    const begunAt = await records.marks.get({ workspace, key: attemptKey(key, attemptNo) });
    if (begunAt === null) return false;
    if (elapsedMs(clock, timeOf(begunAt)) < CUT_OFF_MS) return true;
  }
  return false;
}

/** Marks of earlier versions are the time alone. */
const timeOf = (begunAt: string): number => Number.parseInt(begunAt, 10);
const attemptKey = (key: string, attemptNo: number) => (attemptNo === 1 ? key : `${key}/attempt/${attemptNo}`);

/** Where it stands; null where it was never posted. */
export async function placeOf(context: AppContext, key: string): Promise<MessagePlace | null> {
  const place = await onceMarker(context, placeKey(key));
  return place === null ? null : (JSON.parse(place) as MessagePlace);
}

const placeKey = (key: string) => `${key}/place`;
