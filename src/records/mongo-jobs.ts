import { insertOnce } from '../mongo/insert-once.ts';
import { modelOf, NEEDED_TEXT, NEEDED_WHOLE } from '../mongo/model.ts';
import type { Mongo } from '../mongo/open.ts';
import { ensure, tryWrite } from '../mongo/write.ts';
import type { JobStep } from './job.ts';
import { answered, putOrTaken } from './mongo-answers.ts';
import { type Jobs, stepGap } from './records.ts';
import { assertStep, parseStep } from './step.ts';

/**
 * A step as it is stored. A job's first step also says what the job is looked for by; it is taken off the open ones when
 * the job is finished, which decides nothing: that a job is finished is a step.
 */
export type StepDocument = JobStep & { _id: string; openKey?: string; askedBy?: string; askedAt?: number };

export const BY_STEP = { workspace: 1, jobId: 1, stepNo: 1 } as const;
const OPEN = { openKey: 1 } as const;
const BY_MEMBER = { askedBy: 1, askedAt: -1 } as const;

/** A workspace's id has no space in it, and a job's number stands last: two that differ never look the same. */
const stepId = ({ workspace, jobId, stepNo }: Pick<JobStep, 'workspace' | 'jobId' | 'stepNo'>) =>
  `${workspace} ${jobId} ${stepNo}`;
const keyOf = (workspace: string, of: string) => `${workspace} ${of}`;

export const stepModel = (mongo: Mongo) =>
  modelOf<StepDocument>(
    mongo,
    'steps',
    {
      _id: NEEDED_TEXT,
      workspace: NEEDED_TEXT,
      jobId: NEEDED_TEXT,
      stepNo: { ...NEEDED_WHOLE, min: 0 },
      at: NEEDED_WHOLE,
      owner: NEEDED_TEXT,
      leaseUntilAt: NEEDED_WHOLE,
      kind: NEEDED_TEXT,
      openKey: String,
      askedBy: String,
      askedAt: Number,
    },
    {
      strict: false,
      indexes: [
        { keys: BY_STEP, unique: true },
        { keys: OPEN, sparse: true },
        { keys: BY_MEMBER, sparse: true },
      ],
    },
  );

export async function openMongoJobs(mongo: Mongo): Promise<Jobs> {
  const model = stepModel(mongo);
  const ask = stepsQueries(model);
  await ensure(mongo, 'steps', () => model.createIndexes());

  /** The close of a finished job may have been lost: it is made good for here, where it is noticed. */
  const close = async (workspace: string, jobId: string) =>
    void (await tryWrite(mongo, () =>
      model.updateOne({ _id: stepId({ workspace, jobId, stepNo: 0 }) }, { $unset: { openKey: 1 } }).exec(),
    ));

  return {
    async append(step) {
      assertStep(step);
      const { workspace, jobId, stepNo } = step;
      if (stepNo > 0 && !(await answered(() => ask.at({ workspace, jobId, stepNo: stepNo - 1 })))) throw stepGap(step);
      const put = putOrTaken(await insertOnce(mongo, model as never, documentOf(step)));
      if (put === 'put' && step.kind === 'finished') await close(workspace, jobId);
      return put === 'put' ? 'appended' : 'taken';
    },
    steps: async (job) =>
      (await answered(() => ask.steps(job))).map((step) => parseStep(JSON.stringify(step), `job ${job.jobId}`)),
    async open({ workspace, afterJobId = '', jobsMax }) {
      const open: string[] = [];
      for (let after = afterJobId; open.length < jobsMax; ) {
        const page = (await answered(() => ask.open({ workspace, after, jobsMax }))).map(({ jobId }) => jobId);
        const last = page.at(-1);
        if (last === undefined) return open;
        const finished = new Set(
          (await answered(() => ask.finished({ workspace, jobIds: page }))).map(({ jobId }) => jobId),
        );
        for (const jobId of finished) await close(workspace, jobId);
        open.push(...page.filter((jobId) => !finished.has(jobId)));
        after = last;
      }
      return open.slice(0, jobsMax);
    },
    latest: async (query) => (await answered(() => ask.latest(query))).map(({ jobId }) => jobId),
  };
}

function documentOf(step: JobStep): StepDocument {
  const document = { _id: stepId(step), ...step };
  if (step.kind !== 'asked') return document;
  const { workspace, jobId, memberId, at } = step;
  return { ...document, openKey: keyOf(workspace, jobId), askedBy: keyOf(workspace, memberId), askedAt: at };
}

type OfJob = { workspace: string; jobId: string };

/** Every question that is asked about steps, with the index that answers it. */
export const stepsQueries = (steps: ReturnType<typeof stepModel>) => ({
  at: (of: OfJob & { stepNo: number }) => steps.findOne({ _id: stepId(of) }, { _id: 1 }).lean<{ _id: string } | null>(),

  steps: ({ workspace, jobId }: OfJob) =>
    steps.find({ workspace, jobId }).sort(BY_STEP).batchSize(1_000).hint(BY_STEP).lean<StepDocument[]>(),

  open: ({ workspace, after, jobsMax }: { workspace: string; after: string; jobsMax: number }) =>
    steps
      // The character after the space: the end of the workspace's own.
      .find({ workspace, openKey: { $gt: keyOf(workspace, after), $lt: `${workspace}!` } }, { _id: 0, jobId: 1 })
      .sort(OPEN)
      .limit(jobsMax)
      .batchSize(jobsMax)
      .hint(OPEN)
      .lean<{ jobId: string }[]>(),

  finished: ({ workspace, jobIds }: { workspace: string; jobIds: readonly string[] }) =>
    steps
      .find({ workspace, jobId: { $in: [...jobIds] }, kind: 'finished' }, { _id: 0, jobId: 1 })
      .batchSize(1_000)
      .hint(BY_STEP)
      .lean<{ jobId: string }[]>(),

  latest: ({ workspace, memberId, jobsMax }: { workspace: string; memberId: string; jobsMax: number }) =>
    steps
      .find({ workspace, askedBy: keyOf(workspace, memberId) }, { _id: 0, jobId: 1 })
      .sort(BY_MEMBER)
      .limit(jobsMax)
      .batchSize(jobsMax)
      .hint(BY_MEMBER)
      .lean<{ jobId: string }[]>(),
});
