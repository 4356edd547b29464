import type { ViewOutput } from '@slack/bolt';
import { IMAGES_MAX } from '../../ledger/decide/hold.ts';
import { STAGES } from '../../ledger/work.ts';
import { channelIn, fieldOf, optionIn, textIn } from '../admin-forms/set-up-values.ts';
import { IMAGINE } from './imagine-fields.ts';
import { type ImagineHint, readImagineHint } from './imagine-metadata.ts';
import { NO_PROJECT, PROJECT_BLOCK } from './imagine-project.ts';
import { cleanPrompt, type Draft } from './parse-command.ts';

/** The form as it stands in somebody's client. */
export type ImagineForm = { draft: Draft; chosenChannelId: string | null; hint: ImagineHint };

/** What is chosen is only read here; whether it is offered, and at what price, the rate card says. */
export function readImagineForm(view: Pick<ViewOutput, 'state' | 'private_metadata'>): ImagineForm {
  const chosen = (name: string) => optionIn(fieldOf(view, name));
  const hint = readImagineHint(view.private_metadata);
  const projectField = fieldOf(view, PROJECT_BLOCK);
  const project = projectField ? withoutNone(optionIn(projectField)) : hint.project;
  const imagesCount = Number(chosen(IMAGINE.count));
  return {
    hint,
    chosenChannelId: channelIn(fieldOf(view, IMAGINE.channel)),
    draft: {
      prompt: textIn(fieldOf(view, IMAGINE.prompt)) ?? '',
      wish: {
        model: chosen(IMAGINE.model) ?? undefined,
        size: chosen(IMAGINE.size) ?? undefined,
        quality: chosen(IMAGINE.quality) ?? undefined,
      },
      imagesCount: Number.isInteger(imagesCount) && imagesCount >= 1 && imagesCount <= IMAGES_MAX ? imagesCount : 1,
      stage: STAGES.find((stage) => stage === chosen(IMAGINE.stage)) ?? null,
      project,
    },
  };
}

const withoutNone = (value: string | null) => (value === NO_PROJECT ? null : value);

/** Sentences by block; none where the form can be sent on. */
export function imagineErrors({ draft, hint, chosenChannelId }: ImagineForm): Record<string, string> | null {
  const errors = {
    ...(cleanPrompt(draft.prompt) === '' ? { [IMAGINE.prompt]: 'Say what the image shows.' } : {}),
    ...(hint.channelId === null ? channelError(chosenChannelId) : {}),
  };
  return Object.keys(errors).length > 0 ? errors : null;
}

function channelError(channelId: string | null): Record<string, string> {
  if (channelId === null) return { [IMAGINE.channel]: 'Choose the channel to post the images in.' };
  if (!/^[CG]/.test(channelId))
    return { [IMAGINE.channel]: 'Choose a channel: a direct message belongs to no client.' };
  return {};
}
