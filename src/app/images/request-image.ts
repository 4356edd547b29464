import { keptRate } from '../../images/rates/kept-rate.ts';
import type { Stage } from '../../ledger/work.ts';
import { contentHash } from '../../ports/content-hash.ts';
import { describe } from '../../ports/describe-error.ts';
import type { JobRequest } from '../../storage/records/job-step.ts';
import { chooseProject, projectNote } from '../clients/choose-project.ts';
import type { AppContext } from '../context.ts';
import type { ImageInput } from '../inputs.ts';
import type { PromptProblem } from '../messenger.ts';
import type { Requester } from '../requester.ts';
import { chooseImage } from './choose-image.ts';
import { claimJob } from './claim-job.ts';
import { guessStage } from './guess-stage.ts';
import { ClaimedJob, JobTaken, loadJob } from './job-lease.ts';
import { declinedNote } from './tell-declined.ts';
import { answered, turnAway } from './under-way.ts';

/**
 * A person asks for images. Priced, written down, and on its way when this resolves with the images made, or with the
 * reason told why not. The same delivery again does nothing: the first one is at work, or has been answered.
 */
export async function requestImage(context: AppContext, input: ImageInput): Promise<void> {
  const { messenger } = context;
  const { requester, place, prompt, imagesCount, options } = input;
  if (input.from === 'form' && !(await context.channels.has(place.channelId, requester.memberId))) {
    return void (await messenger.tell(requester, { kind: 'not_in_channel', channelId: place.channelId }));
  }
  const chooser = { by: requester.memberId, channelId: place.channelId };
  const quote = chooseImage(context, chooser, { options, imagesCount, prompt });
  if (!quote.ok) return void (await messenger.tell(requester, { kind: 'no_offer', refusal: quote.refusal, prompt }));
  const problem = promptProblem(prompt, quote.model.capabilities.promptMaxCharacters);
  if (problem) return void (await messenger.tell(requester, { kind: 'prompt_wrong', problem }));

  const chosen = await chooseProject(context, input);
  if (!chosen.ok) return void (await messenger.tell(requester, await projectNote(context, chosen.problem, input)));

  const stage = await stageFor(context, input, chosen.stage);

  const jobId = input.deliveryId;
  const contentDigest = contentHash({
    prompt,
    options,
    imagesCount,
    stage: input.stage,
    project: input.project,
    reader: requester.memberId,
    in: place.channelId,
  });
  const { rateCardId, pricing, eachCredits, boundMicroUsd } = quote;
  // The same delivery, twice at once: the first one is at work on it.
  if (context.running.has(jobId)) return await tellIfReused(context, { jobId, contentDigest, requester });
  const begun = await begin(context, jobId, prompt, {
    ...requester,
    place,
    model: quote.model.id,
    size: quote.size,
    quality: quote.quality,
    ...stage,
    namedProjectId: chosen.projectId,
    insteadOf: quote.insteadOf,
    imagesCount,
    eachCredits,
    boundMicroUsd,
    rateCardId,
    rate: keptRate(quote.model, quote),
    pricing,
    contentDigest,
  });
  if (begun.kind === 'begun') return await goOn(context, begun.run, requester);
  if (begun.kind === 'turned_away') {
    return void (await messenger.tell(
      requester,
      await declinedNote(context, { ...requester, place }, { refusal: begun.refusal, prompt }),
    ));
  }
  await tellIfReused(context, { jobId, contentDigest, requester });
}

async function stageFor(context: AppContext, input: ImageInput, said: Stage | null) {
  if (said !== null) return { stage: said };
  return { stage: await guessStage(context, input), isStageGuessed: true as const };
}

/**
 * Writes it down. It is at work from before then on: a sweeper that finds it in this moment would take it for one that
 * has no worker. Where it is begun, its worker says when that is over. A prompt that was erased is not put
 * back: of what is delivered again nothing is written, nor of what comes too fast.
 */
async function begin(context: AppContext, jobId: string, prompt: string, request: JobRequest) {
  const { records, book, running } = context;
  let isBegun = false;
  running.add(jobId);
  try {
    const job = await loadJob(context, jobId);
    if (job) return { kind: 'known' as const, job };
    const refusal = turnAway(context, { jobId, memberId: request.memberId });
    if (refusal) return { kind: 'turned_away' as const, refusal };
    await records.prompts.put({ workspace: book.workspace, jobId, text: prompt });
    const begun = await ClaimedJob.begin(context, jobId, request);
    isBegun = begun.kind === 'begun';
    // Begun and deleted since we looked: what was erased has just been put back.
    if (begun.kind === 'known' && begun.job.deletedBy)
      await records.prompts.erase({ workspace: book.workspace, jobId });
    return begun;
  } finally {
    if (!isBegun) {
      running.delete(jobId);
      answered(context, { jobId, memberId: request.memberId });
    }
  }
}

type Again = { jobId: string; contentDigest: string; requester: Requester };

async function tellIfReused(context: AppContext, { jobId, contentDigest, requester }: Again): Promise<void> {
  const job = await loadJob(context, jobId);
  if (job && job.contentDigest !== contentDigest) await context.messenger.tell(requester, { kind: 'id_reused' });
}

/** From here on the job is written down: whatever fails now, the sweeper goes on with it, and the person is told so. */
async function goOn(context: AppContext, run: ClaimedJob, requester: Requester): Promise<void> {
  const { jobId } = run.job;
  try {
    await claimJob(context, run);
  } catch (error) {
    if (error instanceof JobTaken) return;
    const reference = context.newReference();
    context.log.error({ reference, jobId, error: describe(error) }, 'job interrupted, will retry');
    await context.messenger.tell(requester, { kind: 'delayed', reference });
  }
}

function promptProblem(prompt: string, charactersMax: number): PromptProblem | null {
  if (prompt.trim() === '') return { reason: 'empty' };
  // What has fewer units has fewer characters, too: those of a long prompt take their time to be counted.
  if (prompt.length <= charactersMax) return null;
  const characters = [...prompt].length;
  return characters > charactersMax ? { reason: 'too_long', characters, charactersMax } : null;
}
