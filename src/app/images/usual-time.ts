import { describe } from '../../ports/describe-error.ts';
import type { Job } from '../../storage/records/job.ts';
import type { JobStep } from '../../storage/records/job-step.ts';
import type { AppContext } from '../context.ts';

/** Fewer say nothing about the next one. */
const KNOWN_MIN = 3;
/** What was made before these is out of date: providers become slower and faster. */
const KNOWN_MAX = 15;
/** How far a process that starts looks back for what others have made. */
const LINES_MAX = 1_000;
const JOBS_MAX = 50;

type Like = Pick<Job, 'model' | 'quality'>;
type Known = Map<string, number[]>;

/** How long images of a model and quality took lately, from sent to arrived: the median, in ms. Null where too few are known. */
export async function usualMs(context: AppContext, like: Like): Promise<number | null> {
  const took = (await knownIn(context)).get(keyOf(like)) ?? [];
  return took.length < KNOWN_MIN ? null : medianOf(took);
}

/** Remembers how long one took. */
export async function noteTime(context: AppContext, like: Like, tookMs: number): Promise<void> {
  remember(await knownIn(context), like, tookMs);
}

function medianOf(all: readonly number[]): number {
  const sorted = all.toSorted((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? 0;
  return (at(Math.floor((sorted.length - 1) / 2)) + at(Math.ceil((sorted.length - 1) / 2))) / 2;
}

function remember(known: Known, like: Like, tookMs: number): void {
  const took = known.get(keyOf(like)) ?? [];
  known.set(keyOf(like), [...took, tookMs].slice(-KNOWN_MAX));
}

const keyOf = ({ model, quality }: Like) => JSON.stringify([model, quality]);

/** Read from the records once: from then on a process remembers what it makes itself. */
function knownIn(context: AppContext): Promise<Known> {
  const { book } = context;
  const known = ofBooks.get(book) ?? fromRecords(context);
  ofBooks.set(book, known);
  return known;
}

const ofBooks = new WeakMap<AppContext['book'], Promise<Known>>();

/** A courtesy: what cannot be read is not said. */
async function fromRecords(context: AppContext): Promise<Known> {
  const known: Known = new Map();
  try {
    for (const jobId of await latestMade(context)) {
      const { workspace } = context.book;
      for (const [like, tookMs] of timesIn(await context.records.jobs.steps({ workspace, jobId }))) {
        remember(known, like, tookMs);
      }
    }
  } catch (error) {
    context.log.warn({ error: describe(error) }, 'could not read how long images took');
  }
  return known;
}

/** The jobs of the last captured images, the oldest first. */
async function latestMade({ book, journal }: AppContext): Promise<string[]> {
  const { seq } = book.now();
  const afterSeq = Math.max(0, seq - LINES_MAX);
  const lines = await journal.read({ workspace: book.workspace, afterSeq, linesMax: LINES_MAX });
  const jobIds = lines.flatMap((line) =>
    line.kind === 'captured' ? [line.holdId.slice(0, line.holdId.lastIndexOf('/'))] : [],
  );
  return [...new Set(jobIds)].slice(-JOBS_MAX);
}

/** From the last time that an image was sent until it arrived. */
function timesIn([first, ...steps]: readonly JobStep[]): [Like, number][] {
  if (first?.kind !== 'asked') return [];
  const sentAt = new Map<number, number>();
  return steps.flatMap((step): [Like, number][] => {
    if (step.kind === 'sending') sentAt.set(step.imageNo, step.at);
    if (step.kind !== 'answered' || step.outcome.kind !== 'done') return [];
    const since = sentAt.get(step.imageNo);
    return since === undefined ? [] : [[first, Math.max(0, step.at - since)]];
  });
}
