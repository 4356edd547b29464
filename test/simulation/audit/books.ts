import type { Line } from '../../../src/ledger/lines.ts';
import type { JobStep } from '../../../src/storage/records/job-step.ts';
import { createRunningAuditor } from '../../ledger/running-auditor.ts';
import type { Post } from '../world/provider.ts';

export type Ended = Line & { kind: 'captured' | 'voided' | 'slipped' };
export type HoldSeen = {
  holdId: string;
  amountCredits: number;
  deadlineAt: number;
  memberId: string;
  end: Ended | null;
};
export type JobSeen = { jobId: string; steps: JobStep[]; claims: number; isFinished: boolean };

/** What the auditor knows: only what is durable, and what reached the provider. */
export type Books = {
  ledger: ReturnType<typeof createRunningAuditor>;
  holds: Map<string, HoldSeen>;
  jobs: Map<string, JobSeen>;
  /** By image. */
  posts: Map<string, Post[]>;
  /** When the line became durable that removed somebody who is still gone, and who has been an owner ever since. */
  removed: Map<string, { at: number; owners: readonly string[] }>;
};

export const createBooks = (): Books => ({
  ledger: createRunningAuditor(),
  holds: new Map(),
  jobs: new Map(),
  posts: new Map(),
  removed: new Map(),
});

export function keepLine(books: Books, line: Line, now: number): void {
  if (line.kind === 'held' || line.kind === 'approved') {
    const { deadlineAt, memberId } = line;
    for (const { holdId, amountCredits } of line.holds) {
      books.holds.set(holdId, { holdId, amountCredits, deadlineAt, memberId, end: null });
    }
  }
  if (isEnd(line)) {
    const hold = books.holds.get(line.holdId);
    if (hold) hold.end ??= line;
  }
  if (line.kind === 'member_removed') books.removed.set(line.memberId, { at: now, owners: ownersIn(books) });
  if (line.kind === 'member_brought_back') books.removed.delete(line.memberId);
  if (line.kind === 'member_suspended' || line.kind === 'member_removed' || line.kind === 'role_set') keepOwners(books);
}

/** Whoever is suspended when the others are told, and is back later, need not hear of it. */
function keepOwners(books: Books): void {
  const now = new Set(ownersIn(books));
  for (const [memberId, { at, owners }] of books.removed) {
    books.removed.set(memberId, { at, owners: owners.filter((ownerId) => now.has(ownerId)) });
  }
}

export const isEnd = (line: Line): line is Ended =>
  line.kind === 'captured' || line.kind === 'voided' || line.kind === 'slipped';

export const ownersIn = ({ ledger }: Books): string[] =>
  [...ledger.reckoning.told.people].flatMap(([id, { role, status }]) => {
    return role === 'owner' && status === 'active' ? [id] : [];
  });

export function keepStep({ jobs }: Books, step: JobStep): JobSeen {
  const job = jobs.get(step.jobId) ?? { jobId: step.jobId, steps: [], claims: 0, isFinished: false };
  jobs.set(step.jobId, job);
  job.steps.push(step);
  if (step.kind === 'claimed') job.claims += 1;
  if (step.kind === 'finished') job.isFinished = true;
  return job;
}
