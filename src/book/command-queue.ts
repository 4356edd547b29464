import type { Clock } from '../ports/ports.ts';
import { withTimeout } from '../ports/with-timeout.ts';
import { JournalFault } from '../storage/journal/journal.ts';
import { type PendingCommand, rejectAll } from './decide-batch.ts';
import { nextTurnOfTheLoop } from './projection.ts';

/** Whoever asks is answered within three seconds, however long the store is silent; a little is left for the way back. */
export const ANSWER_WITHIN_MS = 2_900;
/** What a write may take in a store that does not answer, until we know what to say of it. */
const ATTEMPT_MS = 2_600;

const LAST_TURNS = 3;

/**
 * Commands in the order in which they came. None of them has been sent anywhere yet: whoever has to be told that the
 * store is silent can be told that nothing was written.
 */
export class Queue {
  private waiting: PendingCommand[] = [];

  get length(): number {
    return this.waiting.length;
  }

  add(waiting: PendingCommand): void {
    this.waiting.push(waiting);
  }

  take(max: number): PendingCommand[] {
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
 * Until it is stopped, by what it returns: whoever's time is up is answered, that nothing was written where they still wait,
 * and that it may have been where their line is on its way. What becomes of that is settled by the same command, sent again.
 */
export function answerInTime({
  clock,
  queue,
  sent,
}: {
  clock: Clock;
  queue: Queue;
  sent: () => readonly PendingCommand[];
}): () => void {
  let isStopped = false;
  let takeBack = () => {};
  /** Those who have waited since then, or longer, have been answered. Whoever comes later is due later than now. */
  const watch = (answeredUpTo: number) => {
    const now = clock.now();
    const oldestAt = sent().reduce(
      (oldest, { sinceAt }) => (sinceAt > answeredUpTo && sinceAt < oldest ? sinceAt : oldest),
      Math.min(queue.oldestAt, now),
    );
    takeBack = clock.after(oldestAt + ANSWER_WITHIN_MS - now, () => void answer());
  };
  const answer = async () => {
    const upTo = clock.now() - ANSWER_WITHIN_MS;
    // An answer that is here already, and only waits to be read, still counts.
    for (let turn = 0; turn < LAST_TURNS; turn += 1) await nextTurnOfTheLoop();
    if (isStopped) return;
    const overdue = sent().filter(({ sinceAt }) => sinceAt <= upTo);
    rejectAll(overdue, new JournalFault('uncertain', { message: 'the store did not answer in time' }));
    queue.rejectSince(upTo, new Error('the store did not answer in time'));
    watch(upTo);
  };
  watch(Number.NEGATIVE_INFINITY);
  return () => {
    isStopped = true;
    takeBack();
  };
}

/** The same for somebody who only reads. */
export async function readInTime(clock: Clock, work: Promise<void>): Promise<void> {
  const untilAt = clock.now() + ANSWER_WITHIN_MS;
  const late = () => (clock.now() < untilAt ? work : Promise.reject(new JournalFault('unavailable')));
  await withTimeout(clock, { ms: ANSWER_WITHIN_MS, work, late });
}
