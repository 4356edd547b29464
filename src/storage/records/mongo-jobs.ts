import { ensure } from '../mongo/indexes.ts';
import { insertOnce } from '../mongo/insert-once.ts';
import { modelOf, NEEDED_TEXT, NEEDED_WHOLE } from '../mongo/model.ts';
import type { Mongo } from '../mongo/open.ts';
import { tryWrite } from '../mongo/write.ts';
import type { JobStep } from './job-step.ts';
import { answered, putOrTaken } from './mongo-answers.ts';
import { type Jobs, stepGap } from './records.ts';
import { closes, opens, parseStep, type StoredStep, storedStep } from './step.ts';

/**
 * A step as it is stored. A job's first step also says what the job is looked for by, and so does the step that says that it
 * is to be deleted. It is taken off the open ones when that is done, which decides nothing: that it is done is a step.
 */
export type StepDocument = StoredStep & { _id: string; openKey?: string; askedBy?: string; askedAt?: number };

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
  await ensure(mongo, 'steps', (patient) => stepModel(patient).createIndexes());

  const take = async (off: { _id: string } | (OfJob & { kind: JobStep['kind'] })) =>
    void (await tryWrite(mongo, () => model.updateMany(off, { $unset: { openKey: 1 } }).exec()));
  const closeMade = ({ workspace, jobId }: OfJob) => take({ _id: stepId({ workspace, jobId, stepNo: 0 }) });
  const closeDeleted = ({ workspace, jobId }: OfJob) => take({ workspace, jobId, kind: 'deleted' });

  return {
    async append(step) {
      const stored = storedStep(step);
      const { workspace, jobId, stepNo } = step;
      if (stepNo > 0 && !(await answered(() => ask.at({ workspace, jobId, stepNo: stepNo - 1 })))) throw stepGap(step);
      const put = putOrTaken(await insertOnce(mongo, model as never, documentOf(stored)));
      if (put === 'put' && step.kind === 'finished') await closeMade(step);
      if (put === 'put' && step.kind === 'deletion_ended') await closeDeleted(step);
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
        const over = overIn(await answered(() => ask.turns({ workspace, jobIds: page })));
        // Its close was lost: it is made good for here, where it is noticed.
        for (const jobId of over) {
          await closeMade({ workspace, jobId });
          await closeDeleted({ workspace, jobId });
        }
        open.push(...new Set(page.filter((jobId) => !over.has(jobId))));
        after = last;
      }
      return open.slice(0, jobsMax);
    },
    latest: async (query) => (await answered(() => ask.latest(query))).map(({ jobId }) => jobId),
  };
}

function documentOf(step: StoredStep): StepDocument {
  const document = { _id: stepId(step), ...step };
  if (!opens(step)) return document;
  const openKey = keyOf(step.workspace, step.jobId);
  if (step.kind !== 'asked') return { ...document, openKey };
  return { ...document, openKey, askedBy: keyOf(step.workspace, step.memberId), askedAt: step.at };
}

type Turn = Pick<JobStep, 'jobId' | 'kind' | 'stepNo'>;

/** Returns the jobs whose last turn says that no work is left. */
function overIn(turns: readonly Turn[]): Set<string> {
  const last = new Map<string, Turn>();
  for (const turn of turns) if (turn.stepNo > (last.get(turn.jobId)?.stepNo ?? -1)) last.set(turn.jobId, turn);
  return new Set([...last.values()].filter(closes).map(({ jobId }) => jobId));
}

/** After which there is work to do again, or none. */
const TURNS: readonly JobStep['kind'][] = ['finished', 'deleted', 'deletion_ended'];

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

  turns: ({ workspace, jobIds }: { workspace: string; jobIds: readonly string[] }) =>
    steps
      .find({ workspace, jobId: { $in: [...jobIds] }, kind: { $in: TURNS } }, { _id: 0, jobId: 1, kind: 1, stepNo: 1 })
      .batchSize(1_000)
      .hint(BY_STEP)
      .lean<Turn[]>(),

  latest: ({ workspace, memberId, jobsMax }: { workspace: string; memberId: string; jobsMax: number }) =>
    steps
      .find({ workspace, askedBy: keyOf(workspace, memberId) }, { _id: 0, jobId: 1 })
      .sort(BY_MEMBER)
      .limit(jobsMax)
      .batchSize(jobsMax)
      .hint(BY_MEMBER)
      .lean<{ jobId: string }[]>(),
});
