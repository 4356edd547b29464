import { z } from 'zod';
import { IMAGES_MAX } from '../../ledger/decide/hold.ts';
import { STAGES } from '../../ledger/work.ts';
import {
  channelAt,
  type FieldsRead,
  fieldOf,
  given,
  optionAt,
  textAt,
  together,
  type Values,
  wrongAt,
} from '../kit/form/values.ts';
import { parsed } from '../kit/home-metadata.ts';
import { IMAGINE } from './imagine-fields.ts';
import { NO_PROJECT, PROJECT_BLOCK } from './imagine-project.ts';
import type { Draft } from './parse-command.ts';
import { cleanPrompt } from './typed-text.ts';

/**
 * What the imagine modal carries in its private metadata: hints. `shownCredits` is the price that stands in the form,
 * so that a person is asked before they are charged more than they saw.
 */
const onWire = z.object({
  /** Null: the form asks for it. */
  channelId: z.string().min(1).max(60).nullable(),
  threadTs: z.string().max(40).nullable(),
  responseUrl: z
    .url({ protocol: /^https?$/ })
    .max(1_000)
    .nullable(),
  /** When the response URL was given. Left out by earlier versions, and where there is none. */
  givenAt: z.int().optional(),
  shownCredits: z.int().min(0),
  /** What the images are to count for, for as long as the form has no field for it. */
  project: z.string().max(200).nullable().default(null),
  /** What the stage is where neither the person nor a project says it. */
  guess: z.enum(STAGES).optional(),
  /** The stage that was shown though no person chose it: left as it is, nothing was said. */
  unsaidStage: z.enum(STAGES).nullable().optional(),
});
export type ImagineHint = z.infer<typeof onWire>;

export const writeImagineHint = (hint: ImagineHint): string => JSON.stringify(hint);
export const readImagineHint = (metadata: string): ImagineHint | null =>
  onWire.safeParse(parsed(metadata)).data ?? null;

/** It names no channel and no price: a form drawn with it asks for both again. */
export const NO_HINT: ImagineHint = {
  channelId: null,
  threadTs: null,
  responseUrl: null,
  shownCredits: 0,
  project: null,
};

/** Reads the form as the person's Slack client shows it. */
export type ImagineForm = { draft: Draft; chosenChannelId: string | null; hint: ImagineHint };

/** What is chosen is only read here; whether it is offered, and at what price, the rate card says. */
export function readImagine(form: Values, hint: ImagineHint): ImagineForm {
  const chosen = (name: string) => optionAt(form, name) ?? undefined;
  const project = optionAt(form, PROJECT_BLOCK);
  const imagesCount = Number(chosen(IMAGINE.count));
  const stage = STAGES.find((each) => each === chosen(IMAGINE.stage)) ?? null;
  const isCount = Number.isInteger(imagesCount) && imagesCount >= 1 && imagesCount <= IMAGES_MAX;
  return {
    hint,
    chosenChannelId: channelAt(form, IMAGINE.channel),
    draft: {
      prompt: textAt(form, IMAGINE.prompt) ?? '',
      options: { model: chosen(IMAGINE.model), size: chosen(IMAGINE.size), quality: chosen(IMAGINE.quality) },
      imagesCount: isCount ? imagesCount : 1,
      stage: stage === hint.unsaidStage ? null : stage,
      project: fieldOf(form, PROJECT_BLOCK) ? (project === NO_PROJECT ? null : project) : hint.project,
    },
  };
}

/** The same where it can be sent on, with the prompt as it goes to a provider. */
export function readSendable(
  form: Values,
  hint: ImagineHint,
): FieldsRead<{ form: ImagineForm; prompt: string; channelId: string }> {
  const read = readImagine(form, hint);
  const prompt = cleanPrompt(read.draft.prompt);
  return together({
    form: given(read),
    prompt: prompt === '' ? wrongAt(form, IMAGINE.prompt, 'Describe the image.') : given(prompt),
    channelId: hint.channelId === null ? chosenChannel(form, read.chosenChannelId) : given(hint.channelId),
  });
}

function chosenChannel(form: Values, channelId: string | null): FieldsRead<string> {
  if (channelId === null) return wrongAt(form, IMAGINE.channel, 'Choose the channel to post the images in.');
  if (/^[CG]/.test(channelId)) return given(channelId);
  return wrongAt(form, IMAGINE.channel, 'Choose a channel. A direct message has no client.');
}
