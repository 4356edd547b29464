import type { Clock } from '../ports/ports.ts';
import { withTimeout } from '../ports/with-timeout.ts';
import { JournalFault } from '../storage/journal/journal.ts';
import { type PendingCommand, rejectAll } from './decide-batch.ts';
import { nextTurnOfTheLoop } from './projection.ts';

/** Each command is answered within three seconds, however long the store is silent. The rest is for the way back. */
export const ANSWER_WITHIN_MS = 2_900;
/** How long a write may take in a silent store until its outcome is known to be in doubt. */
const ATTEMPT_MS = 2_600;

const LAST_TURNS = 3;

/**
 * Keeps commands in the order in which they came. None of them has been sent to the store yet. So where the store is
 * silent, the answer can be that nothing was written.
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

/** Rejects, after a failure of the store, the commands for which another attempt would end too late. */
export function giveUpInTime(queue: Queue, clock: Clock, error: unknown): void {
  const silent = error instanceof JournalFault && (error.code === 'unavailable' || error.code === 'uncertain');
  if (silent) queue.rejectSince(clock.now() - (ANSWER_WITHIN_MS - ATTEMPT_MS), error);
}

/**
 * Answers commands whose time is up, until the function that it returns is called. Nothing was written for those that still
 * wait. A line that is on its way may have been: the same command, sent again, learns what became of it.
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
  /** Waits for the next command that is due. `answeredUpTo`: all that were asked up to then have been answered. */
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

/** Waits for a read, and rejects where it takes longer than an answer may. */
export async function readInTime(clock: Clock, work: Promise<void>): Promise<void> {
  const untilAt = clock.now() + ANSWER_WITHIN_MS;
  const late = () => (clock.now() < untilAt ? work : Promise.reject(new JournalFault('unavailable')));
  await withTimeout(clock, { ms: ANSWER_WITHIN_MS, work, late });
}
