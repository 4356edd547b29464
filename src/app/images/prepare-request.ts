import { keptRate } from '../../images/rates/kept-rate.ts';
import { channelNow } from '../../ledger/lists/channel-ids.ts';
import type { Stage } from '../../ledger/work.ts';
import { contentHash } from '../../ports/content-hash.ts';
import type { JobRequest } from '../../storage/records/job-step.ts';
import { chooseProject, projectNote } from '../clients/choose-project.ts';
import type { AppContext } from '../context.ts';
import type { ImageInput } from '../inputs.ts';
import type { PrivateMessage, PromptProblem } from '../messenger.ts';
import { chooseImage } from './choose-image.ts';
import { guessStage } from './guess-stage.ts';

export type Prepared = { ok: true; request: JobRequest } | { ok: false; note: PrivateMessage };

/** Prices a request, and fills in what was not said. Nothing is written down; `note`: why it cannot be made as things are. */
export async function prepareRequest(context: AppContext, input: ImageInput): Promise<Prepared> {
  const { requester, place, prompt, imagesCount, options, shown } = input;
  if (input.from === 'form' && !(await context.channels.has(place.channelId, requester.memberId))) {
    return { ok: false, note: { kind: 'not_in_channel', channelId: place.channelId, prompt } };
  }
  const chooser = { by: requester.memberId, channelId: place.channelId };
  const quote = chooseImage(context, chooser, { options, imagesCount, prompt });
  if (!quote.ok) return { ok: false, note: { kind: 'no_offer', refusal: quote.refusal, prompt } };
  const problem = promptProblem(prompt, quote.model.capabilities.promptMaxCharacters);
  if (problem) return { ok: false, note: { kind: 'prompt_wrong', problem, prompt } };
  if (shown && quote.totalCredits > shown.credits) return { ok: false, note: shown.dearer(quote.totalCredits) };
  const chosen = await chooseProject(context, input);
  // A closed one is for the ledger to refuse: the prompt is kept then, to choose another one.
  const meant =
    chosen.ok || chosen.problem.reason === 'unknown'
      ? chosen
      : { ok: true as const, ...closedOne(chosen.problem, input) };
  if (!meant.ok) return { ok: false, note: await projectNote(context, meant.problem, input) };

  const { rateCardId, pricing, eachCredits, boundMicroUsd } = quote;
  const request = {
    ...requester,
    place,
    model: quote.model.id,
    size: quote.size,
    quality: quote.quality,
    ...(await stageFor(context, input, meant.stage)),
    namedProjectId: meant.projectId,
    insteadOf: quote.insteadOf,
    imagesCount,
    eachCredits,
    boundMicroUsd,
    rateCardId,
    rate: keptRate(quote.model, quote),
    pricing,
    contentDigest: digestOf(input),
    ...(mayWait(context, input) ? { choices: choicesIn(input) } : {}),
  };
  return { ok: true, request };
}

const closedOne = ({ projectId }: { projectId: string }, { stage }: ImageInput) => ({ projectId, stage });

/** The same for the same request, whatever it comes to. */
export const digestOf = ({ prompt, options, imagesCount, stage, project, requester, place }: ImageInput): string =>
  contentHash({ prompt, options, imagesCount, stage, project, reader: requester.memberId, in: place.channelId });

/** Its channel has no client yet, so what was chosen is priced once more when it has one. */
const mayWait = ({ book }: AppContext, { place }: ImageInput): boolean =>
  !book.now().channels.has(channelNow(book.now(), place.channelId));

const choicesIn = ({ options, stage, guess, project }: ImageInput) => ({
  options,
  stage,
  project,
  ...(guess ? { guess } : {}),
});

async function stageFor(context: AppContext, input: ImageInput, said: Stage | null) {
  if (said !== null) return { stage: said };
  return { stage: await guessStage(context, input), isStageGuessed: true as const };
}

function promptProblem(prompt: string, charactersMax: number): PromptProblem | null {
  if (prompt.trim() === '') return { reason: 'empty' };
  // What has fewer units has fewer characters, too: those of a long prompt take their time to be counted.
  if (prompt.length <= charactersMax) return null;
  const characters = [...prompt].length;
  return characters > charactersMax ? { reason: 'too_long', characters, charactersMax } : null;
}
