import { isLeased } from '../../book/clock-doubt.ts';
import type { State } from '../../ledger/state.ts';
import { addStep, foldJob } from '../../storage/records/fold-job.ts';
import { imageIdOf, type Job } from '../../storage/records/job.ts';
import type { JobFact, JobRequest } from '../../storage/records/job-step.ts';
import type { AppContext } from '../context.ts';

/** Between two steps; a provider call takes a longer lease of its own. */
const LEASE_MS = 60_000;
/** More than a provider may take for one call. */
export const LONGEST_LEASE_MS = 60 * 60_000;

/** Another process wrote the job's next step: it goes on with the job, this one stops. */
export class JobTaken extends Error {
  override name = 'JobTaken';
  readonly code = 'job_taken';
}

/** This process at work on one job. Every step is written before the next thing is done. */
export class ClaimedJob {
  private writing: Promise<void> = Promise.resolve();

  private constructor(
    private readonly context: AppContext,
    private current: Job,
  ) {}

  /**
   * Writes a job's prompt and first step. A job that was asked for before is handed back as it is, and a prompt that was
   * erased is not put back.
   */
  static async begin(
    context: AppContext,
    jobId: string,
    { prompt, request }: { prompt: string; request: JobRequest },
  ): Promise<{ kind: 'begun'; run: ClaimedJob } | { kind: 'known'; job: Job }> {
    const { records, book, clock, processId: owner } = context;
    const { workspace } = book;
    await records.prompts.put({ workspace, jobId, text: prompt });
    const at = clock.now();
    const head = { workspace, jobId, stepNo: 0, at, owner, leaseUntilAt: at + LEASE_MS };
    const step = { ...request, ...head, kind: 'asked' as const };
    if ((await records.jobs.append(step)) === 'appended') {
      const job = foldJob([step]);
      if (job) return { kind: 'begun', run: new ClaimedJob(context, job) };
    }
    const job = await loadJob(context, jobId);
    if (!job) throw new Error(`job ${jobId} was taken, but is not there`);
    const isErased = job.deletedBy !== null || (job.finished && job.declined);
    if (isErased) await records.prompts.erase({ workspace, jobId });
    return { kind: 'known', job };
  }

  /** A job without a worker. */
  static of(context: AppContext, job: Job): ClaimedJob {
    return new ClaimedJob(context, job);
  }

  /** Takes over a job from its worker; throws `JobTaken` where another one was quicker. */
  static async takeOver(context: AppContext, job: Job): Promise<ClaimedJob> {
    const run = new ClaimedJob(context, job);
    await run.write({ kind: 'claimed' });
    return run;
  }

  get job(): Job {
    return this.current;
  }

  /** Writes the next step; images of one job take turns. */
  write(fact: JobFact, options: { leaseMs?: number } = {}): Promise<void> {
    const written = this.writing.then(() => this.append(fact, options.leaseMs ?? LEASE_MS));
    this.writing = written.catch(() => undefined);
    return written;
  }

  private async append(fact: JobFact, leaseMs: number): Promise<void> {
    const { records, clock, processId: owner } = this.context;
    const { workspace, jobId, stepsCount: stepNo } = this.current;
    const at = clock.now();
    const isLeft = isLeftBy(fact, this.current);
    const before = { untilAt: this.current.leaseUntilAt, longestMs: LONGEST_LEASE_MS };
    const leftUntilAt = isLeased(clock, before) ? before.untilAt : at;
    const leaseUntilAt = isLeft ? at : Math.max(leftUntilAt, at + leaseMs);
    const step = { workspace, jobId, stepNo, at, owner, leaseUntilAt, ...fact };
    if ((await records.jobs.append(step)) === 'taken') throw new JobTaken(`job ${jobId} step ${stepNo}`);
    this.current = addStep(this.current, step);
  }
}

/** People have been asked: the job has no worker until one of them answers, in whichever process. */
const isLeftBy = (fact: JobFact, { refusal }: Job): boolean => {
  if (fact.kind === 'told_declined') return refusal?.reason === 'channel_unbound' || fact.keptUntilAt !== undefined;
  return fact.kind === 'everybody_asked';
};

export async function loadJob({ records, book }: AppContext, jobId: string): Promise<Job | null> {
  const job = foldJob(await records.jobs.steps({ workspace: book.workspace, jobId }));
  return job && withDeadlineOf(book.now(), job);
}

/** The ledger's is right where a clock that was wrong has dated the job's own ahead. */
function withDeadlineOf({ holds }: State, job: Job): Job {
  const open = job.images.flatMap(({ imageNo }) => holds.get(imageIdOf(job.jobId, imageNo)) ?? []);
  const holdDeadlineAt = Math.min(
    job.holdDeadlineAt ?? Number.POSITIVE_INFINITY,
    ...open.map((each) => each.deadlineAt),
  );
  return job.holdDeadlineAt === null ? job : { ...job, holdDeadlineAt };
}
