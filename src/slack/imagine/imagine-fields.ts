import type { InputBlock, PlainTextOption } from '@slack/types';
import type { AvailableModels, Quote } from '../../app/images/available-models.ts';
import { IMAGES_MAX } from '../../ledger/decide/hold.ts';
import { STAGES, type Stage } from '../../ledger/work.ts';
import { FIELD, option } from '../kit/fields.ts';
import { ACTIONS } from '../kit/ids.ts';
import { plain } from '../kit/parts.ts';
import type { Draft } from './parse-command.ts';

/** The fields of the imagine modal, and the ids of their blocks. */
export const IMAGINE = {
  channel: 'channel',
  prompt: 'prompt',
  model: 'model',
  size: 'size',
  quality: 'quality',
  count: 'count',
  stage: 'stage',
} as const;

/** As much as Slack's text input takes. */
export const FORM_PROMPT_MAX = 3_000;
const OPTIONS_MAX = 100;

export function promptField(prompt: string): InputBlock {
  return {
    type: 'input',
    block_id: IMAGINE.prompt,
    label: plain('What the image shows'),
    element: {
      type: 'plain_text_input',
      action_id: FIELD,
      multiline: true,
      max_length: FORM_PROMPT_MAX,
      placeholder: plain('A red fox at dusk, low sun through birches, film grain'),
      ...(prompt === '' ? {} : { initial_value: cutPrompt(prompt) }),
    },
  };
}

/** Without half a character at its end. */
export function cutPrompt(prompt: string): string {
  const cut = prompt.slice(0, FORM_PROMPT_MAX);
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}

/** The choices that make the price. Each tells Inkwell at once, so that the price follows. */
export function choiceFields(
  models: AvailableModels['models'],
  { model, size, quality }: Quote & { ok: true },
  {
    imagesCount,
    imagesMax,
    stage,
    projectId,
  }: Pick<Draft, 'imagesCount'> & { imagesMax: number; stage: Stage; projectId: string | null },
) {
  // Sizes and qualities are a model's own. Under another block's name the field begins anew instead of keeping a choice
  // that the new model does not offer.
  return [
    choice(
      IMAGINE.model,
      'Model',
      models.map(({ id, label }) => option(label, id)),
      model.id,
    ),
    choice(`${IMAGINE.size}.${model.id}`, 'Size', model.sizes.map(sizeOption), size),
    choice(`${IMAGINE.quality}.${model.id}`, 'Quality', model.qualities.map(qualityOption), quality),
    choice(IMAGINE.count, 'How many', COUNTS.slice(0, imagesMax), String(imagesCount)),
    choice(
      // And the stage is the project's, until somebody chooses another.
      projectId === null ? IMAGINE.stage : `${IMAGINE.stage}.${projectId}`,
      'What it is for',
      STAGES.map(stageOption),
      stage,
      'For statements and estimates; it changes nothing about the image.',
    ),
  ];
}

function choice(blockId: string, label: string, all: PlainTextOption[], chosen: string, hint?: string): InputBlock {
  const options = all.slice(0, OPTIONS_MAX);
  const initial = options.find(({ value }) => value === chosen);
  return {
    type: 'input',
    block_id: blockId,
    dispatch_action: true,
    label: plain(label),
    element: {
      type: 'static_select',
      action_id: ACTIONS.choose,
      options,
      ...(initial ? { initial_option: initial } : {}),
    },
    ...(hint ? { hint: plain(hint) } : {}),
  };
}

const COUNTS = Array.from({ length: IMAGES_MAX }, (_, index) =>
  option(index === 0 ? '1 image' : `${index + 1} images`, String(index + 1)),
);

const qualityOption = (quality: string) => option(capital(quality), quality);

function sizeOption(size: string): PlainTextOption {
  const [width = 0, height = 0] = size.split('x').map(Number);
  const shape = width === height ? 'square' : width > height ? 'landscape' : 'portrait';
  return option(`${width} × ${height}, ${shape}`, size);
}

export const STAGE_WORDS: Readonly<Record<Stage, string>> = {
  concept: 'Concept: finding the idea',
  iteration: 'Iteration: working on one',
  final: 'Final: for delivery',
};

const stageOption = (stage: Stage) => option(STAGE_WORDS[stage], stage);

const capital = (word: string) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
