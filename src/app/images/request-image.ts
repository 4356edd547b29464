import { describe } from '../../ports/describe-error.ts';
import type { JobRequest } from '../../storage/records/job-step.ts';
import type { AppContext } from '../context.ts';
import type { ImageInput } from '../inputs.ts';
import type { Requester } from '../requester.ts';
import { answerOnce, answerSurely, type Delivery, wasAnswered } from './answer-once.ts';
import { claimJob } from './claim-job.ts';
import { ClaimedJob, JobTaken, loadJob } from './job-lease.ts';
import { isOfKept } from './next-action.ts';
import { digestOf, prepareRequest } from './prepare-request.ts';
import { declinedNote } from './tell-declined.ts';
import { answered, turnAway } from './under-way.ts';

/**
 * `isBegun`: it is written down, and goes on by itself. `isDeclined`: the ledger refused it. `isKept`: its channel has no client yet, and the prompt waits for one: this
 * one, or the same of before.
 */
export type Requested = { isBegun: boolean; isDeclined: boolean; isKept: boolean };

const NOT_BEGUN: Requested = { isBegun: false, isDeclined: false, isKept: false };
const NOT_KEPT: Requested = { isBegun: true, isDeclined: false, isKept: false };

/**
 * A person asks for images. Priced, written down, and on its way when this resolves with the images made, or with the
 * reason told why not. The same delivery again does nothing: the first one is at work, or has been answered.
 */
export async function requestImage(context: AppContext, input: ImageInput): Promise<Requested> {
  const { requester, place, prompt, deliveryId: jobId } = input;
  const delivery = { jobId, clickId: input.clickId ?? jobId, contentDigest: digestOf(input), requester };
  // Before anything is looked up for it: what was answered once is not answered otherwise because things have changed.
  if (context.running.has(jobId) || (await loadJob(context, jobId))) return await tellIfReused(context, delivery);
  if (await wasAnswered(context, delivery)) return NOT_BEGUN;

  const prepared = await prepareRequest(context, input);
  if (!prepared.ok) {
    await answerOnce(context, delivery, prepared.note);
    return NOT_BEGUN;
  }
  // The same delivery, twice at once: the first one is at work on it.
  if (context.running.has(jobId)) return await tellIfReused(context, delivery);
  const begun = await begin(context, jobId, prompt, prepared.request);
  switch (begun.kind) {
    case 'begun':
      return await goOn(context, begun.run, requester);
    case 'known':
      return await tellIfReused(context, delivery);
    case 'turned_away': {
      const note = await declinedNote(context, { ...requester, place }, { refusal: begun.refusal, prompt });
      // However much comes too fast, nothing of it fills the records.
      await answerSurely(context, delivery, note);
      return NOT_BEGUN;
    }
  }
}

/**
 * Writes it down. It is at work from before then on: a sweeper that finds it in this moment would take it for one that
 * has no worker. Where it is begun, its worker says when that is over. Of what is delivered again nothing is written, nor of
 * what comes too fast.
 */
async function begin(context: AppContext, jobId: string, prompt: string, request: JobRequest) {
  const { running } = context;
  const { memberId } = request;
  let isBegun = false;
  running.add(jobId);
  try {
    const job = await loadJob(context, jobId);
    if (job) return { kind: 'known' as const, job };
    const refusal = turnAway(context, { jobId, memberId });
    if (refusal) return { kind: 'turned_away' as const, refusal };
    const begun = await ClaimedJob.begin(context, jobId, { prompt, request });
    isBegun = begun.kind === 'begun';
    return begun;
  } finally {
    if (!isBegun) {
      running.delete(jobId);
      answered(context, { jobId, memberId });
    }
  }
}

async function tellIfReused(context: AppContext, delivery: Delivery): Promise<Requested> {
  const job = await loadJob(context, delivery.jobId);
  const isOther = job !== null && job.contentDigest !== delivery.contentDigest;
  if (isOther && !(await wasAnswered(context, delivery))) await answerOnce(context, delivery, { kind: 'id_reused' });
  return NOT_KEPT;
}

/** From here on the job is written down: whatever fails now, the sweeper goes on with it, and the person is told so. */
async function goOn(context: AppContext, run: ClaimedJob, requester: Requester): Promise<Requested> {
  const { jobId } = run.job;
  try {
    await claimJob(context, run);
  } catch (error) {
    if (error instanceof JobTaken) return NOT_KEPT;
    const reference = context.newReference();
    context.log.error({ reference, jobId, error: describe(error) }, 'job interrupted, will retry');
    await context.messenger.tell(requester, { kind: 'delayed', reference });
  }
  const isKept = isOfKept(run.job);
  return { isBegun: true, isDeclined: run.job.declined && !isKept, isKept };
}
