import { hash } from 'node:crypto';
import type { Line } from '../../../src/ledger/lines.ts';
import type { JobStep } from '../../../src/storage/records/job-step.ts';
import type { Counts } from '../world/counts.ts';
import type { Post } from '../world/provider.ts';
import type { Heard, PostedCard, Sheet } from '../world/slack.ts';
import type { Sender } from '../world/wire.ts';
import { createAnswers } from './answers.ts';
import { type Books, createBooks, isEnd, type JobSeen, keepLine, keepStep } from './books.ts';
import { isExpected } from './expected.ts';
import { createNights } from './nights.ts';
import { endOfHoldLaws, postLaws } from './paying.ts';
import { createStopping } from './stopping.ts';
import { createTiming } from './timing.ts';

/**
 * Looks on from outside: at what becomes durable, at what reaches the provider and at what people are told, after every
 * step; by arithmetic of its own, and without asking the app anything.
 */
export type Audit = ReturnType<typeof createAudit>;

type Parts = {
  now: () => number;
  counts: Counts;
  /** By the name that it has in leases; undefined where there never was such a process. */
  processOf: (name: string) => { isAlive: boolean; skewMs: number } | undefined;
  isCalm: boolean;
};

const hashOf = (line: Line) => hash('sha256', JSON.stringify(line), 'base64url');

export function createAudit({ now, counts, processOf, isCalm }: Parts) {
  const violations: string[] = [];
  const complain = (complaint: string) => void violations.push(complaint);
  const books: Books = createBooks();
  const answers = createAnswers(books.ledger.lines, complain);
  const { told } = books.ledger.reckoning;
  const stopping = createStopping({ now, books, complain });
  const timing = createTiming({ now, complain });
  const nights = createNights({
    ...{ now, isCalm, complain, timeZone: () => told.timeZone },
    looked: stopping.looked,
  });

  return {
    violations,
    complain,
    books,
    answers,
    nights,
    stopping,
    timing,
    /** What a process meets, and may. */
    isExpected: (error: unknown) => isExpected(error, stopping.mayBeUnreadable()),
    lineStands(line: Line) {
      counts.add(`line ${line.kind}`);
      if (line.kind === 'refused') counts.add(`refusal ${line.refusal.reason}`);
      const before = books.ledger.lines.at(-1);
      // A process that began on an edited line carries its hash: the stop of spending says which that was.
      if (before && !stopping.wasEdited(before.seq) && line.previousHash !== hashOf(before))
        complain(`line ${line.seq} does not carry the hash of the line before it`);
      stopping.lineStands(line);
      timing.lineStands(line);
      for (const complaint of books.ledger.add(line)) complain(complaint);
      if (isEnd(line)) {
        for (const complaint of endOfHoldLaws(books, line, books.holds.get(line.holdId))) complain(complaint);
      }
      keepLine(books, line, now());
    },
    stepStands(step: JobStep) {
      for (const complaint of leaseLaws(books.jobs.get(step.jobId), step, processOf)) complain(complaint);
      if (
        step.kind === 'claimed' &&
        processOf(books.jobs.get(step.jobId)?.steps.at(-1)?.owner ?? '')?.isAlive === false
      ) {
        counts.add('takeover after a death');
      }
      keepStep(books, step);
    },
    postArrives(post: Post) {
      counts.add(`post ${post.became}`);
      for (const complaint of postLaws(books, post, processOf(post.by)?.skewMs ?? 0)) complain(complaint);
      books.posts.set(post.imageId, [...(books.posts.get(post.imageId) ?? []), post]);
    },
    posted(sheet: Sheet, _by: Sender) {
      if (!books.jobs.has(sheet.jobId)) complain(`${sheet.jobId} is announced, and was never asked for`);
    },
    said(heard: Heard, _by: Sender) {
      counts.add(`told ${heard.note.kind}`);
    },
    cardStands(card: PostedCard, _by: Sender) {
      timing.cardStands(card);
      counts.add(`card ${card.card.kind}`);
    },
  };
}

/** Nobody takes a job from a process that lives and is at work on it, unless its lease has run out by their own clock. */
function leaseLaws(job: JobSeen | undefined, step: JobStep, processOf: Parts['processOf']): string[] {
  const last = job?.steps.at(-1);
  if (!job || !last || step.kind !== 'claimed' || step.owner === last.owner) return [];
  if (!processOf(last.owner)?.isAlive || step.at >= last.leaseUntilAt) return [];
  return [`${step.jobId} is taken from ${last.owner}, which is at work on it, by ${step.owner}`];
}
