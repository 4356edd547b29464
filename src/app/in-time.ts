import { JournalFault } from '../journal/journal.ts';
import { rejectAll, type Waiting } from './batch.ts';
import { nextTurnOfTheLoop } from './known-lines.ts';
import type { Clock } from './ports.ts';

/** Whoever asks is answered within three seconds, however long the store is silent; a little is left for the way back. */
export const ANSWER_WITHIN_MS = 2_900;
/** What a write may take in a store that does not answer, until we know what to say of it. */
const ATTEMPT_MS = 2_600;

const LAST_TURNS = 3;
/** Said to a timer that is not needed any more: without a reason, an error with a stack is made for every command. */
export const NO_NEWS = null;

/**
 * Commands in the order in which they came. None of them has been sent anywhere yet: whoever has to be told that the
 * store is silent can be told that nothing was written.
 */
export class Queue {
  private waiting: Waiting[] = [];

  get length(): number {
    return this.waiting.length;
  }

  add(waiting: Waiting): void {
    this.waiting.push(waiting);
  }

  take(max: number): Waiting[] {
    return this.waiting.splice(0, max);
  }

  /** Those who have waited since then, or longer. */
  rejectSince(at: number, cause: unknown): void {
    const kept = this.waiting.findIndex(({ sinceAt }) => sinceAt > at);
    rejectAll(this.take(kept < 0 ? this.waiting.length : kept), new JournalFault('unavailable', { cause }));
  }

  get oldestAt(): number {
    return this.waiting[0]?.sinceAt ?? Number.POSITIVE_INFINITY;
  }
}

/** The store has just failed somebody: those for whom another attempt would end too late are not kept waiting for it. */
export function giveUpInTime(queue: Queue, clock: Clock, error: unknown): void {
  const silent = error instanceof JournalFault && (error.code === 'unavailable' || error.code === 'uncertain');
  if (silent) queue.rejectSince(clock.now() - (ANSWER_WITHIN_MS - ATTEMPT_MS), error);
}

/**
 * Until the signal: whoever's time is up is answered, that nothing was written where they still wait, and that it may
 * have been where their line is on its way. What becomes of that is settled by the same command, sent again.
 */
export async function answerInTime(
  { clock, queue, sent }: { clock: Clock; queue: Queue; sent: () => readonly Waiting[] },
  signal: AbortSignal,
): Promise<void> {
  for (let upTo = Number.NEGATIVE_INFINITY; !signal.aborted; ) {
    const oldestAt = sent().reduce(
      (oldest, { sinceAt }) => (sinceAt > upTo && sinceAt < oldest ? sinceAt : oldest),
      queue.oldestAt,
    );
    if (oldestAt === Number.POSITIVE_INFINITY) return;
    await clock.sleep(oldestAt + ANSWER_WITHIN_MS - clock.now(), { signal }).catch(() => undefined);
    upTo = clock.now() - ANSWER_WITHIN_MS;
    // An answer that is here already, and only waits to be read, still counts.
    for (let turn = 0; turn < LAST_TURNS; turn += 1) await nextTurnOfTheLoop();
    // Stopped meanwhile, or woken before the time: nobody is told anything that is not so.
    if (signal.aborted || upTo < oldestAt) return;
    const overdue = sent().filter(({ sinceAt }) => sinceAt <= upTo);
    rejectAll(overdue, new JournalFault('uncertain', { message: 'the store did not answer in time' }));
    queue.rejectSince(upTo, new Error('the store did not answer in time'));
  }
}

/** The same for somebody who only reads. */
export async function readInTime(clock: Clock, work: Promise<void>): Promise<void> {
  const untilAt = clock.now() + ANSWER_WITHIN_MS;
  const done = new AbortController();
  const late = clock.sleep(ANSWER_WITHIN_MS, { signal: done.signal }).then(
    () => (clock.now() < untilAt ? work : Promise.reject(new JournalFault('unavailable'))),
    () => work,
  );
  try {
    await Promise.race([work, late]);
  } finally {
    done.abort(NO_NEWS);
  }
}
