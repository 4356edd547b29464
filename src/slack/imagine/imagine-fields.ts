import type { InputBlock, PlainTextOption } from '@slack/types';
import type { AvailableModels, Quote } from '../../app/images/available-models.ts';
import { IMAGES_MAX } from '../../ledger/decide/hold.ts';
import { STAGES, type Stage } from '../../ledger/work.ts';
import { price } from '../../words/figures.ts';
import { input, listed, option, selectInput, textInput } from '../kit/fields.ts';
import { ACTIONS } from '../kit/ids.ts';
import { cutTo } from '../kit/parts.ts';
import type { ChoicePrices } from './imagine-choice.ts';
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

export const promptField = (prompt: string): InputBlock =>
  input(
    IMAGINE.prompt,
    'Describe the image',
    textInput({
      present: cutPrompt(prompt),
      max: FORM_PROMPT_MAX,
      placeholder: 'A red fox at dusk, low sun through birches, film grain',
      multiline: true,
    }),
  );

/** Without half a character at its end. */
export function cutPrompt(prompt: string): string {
  const cut = prompt.slice(0, FORM_PROMPT_MAX);
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}

/** The choices that make the price. Each tells Inkwell at once, so that the price follows. */
export function choiceFields(
  models: AvailableModels['models'],
  { model, size, quality, eachCredits }: Quote & { ok: true },
  prices: ChoicePrices,
  {
    imagesCount,
    imagesMax,
    sizes,
    qualities,
    stage,
    projectId,
  }: Pick<Draft, 'imagesCount'> & {
    imagesMax: number;
    sizes: readonly string[];
    qualities: readonly string[];
    stage: Stage;
    projectId: string | null;
  },
) {
  // Sizes and qualities are a model's own. Under another block id the field starts empty instead of keeping a choice
  // that the new model does not offer.
  const sizeOptions = sizes.map((each) => priced(sizeOption(each), prices.sizes));
  const qualityOptions = qualities.map((each) => priced(qualityOption(each), prices.qualities));
  const counts = COUNTS.slice(0, imagesMax).map(({ text, value }, index) =>
    option(`${text.text} · ${price((index + 1) * eachCredits)}`, value ?? ''),
  );
  return [
    choice(
      IMAGINE.model,
      'Model',
      models.map(({ id, label }) => priced(option(label, id), prices.models)),
      model.id,
    ),
    choice(`${IMAGINE.size}.${model.id}${isLess(sizes, model.sizes)}`, 'Size', sizeOptions, size),
    choice(`${IMAGINE.quality}.${model.id}${isLess(qualities, model.qualities)}`, 'Quality', qualityOptions, quality),
    choice(
      imagesMax < IMAGES_MAX ? `${IMAGINE.count}.${imagesMax}` : IMAGINE.count,
      'How many',
      counts,
      String(imagesCount),
    ),
    choice(
      // The stage is the project's, until a person chooses another.
      projectId === null ? IMAGINE.stage : `${IMAGINE.stage}.${projectId}`,
      'Stage',
      STAGES.map((each) => option(STAGE_WORDS[each], each)),
      stage,
      'Shown with the image; doesn’t change how it’s made.',
    ),
  ];
}

/** What a rule leaves of a field is another field. */
const isLess = (offered: readonly string[], all: readonly string[]) =>
  offered.length < all.length ? `.${offered.join('.')}` : '';

const choice = (blockId: string, label: string, all: PlainTextOption[], present: string, hint?: string): InputBlock =>
  input(blockId, label, selectInput(listed(all), { present, action: ACTIONS.choose }), {
    dispatch: true,
    ...(hint === undefined ? {} : { hint }),
  });

/** The price on an option is that of one image. */
const priced = (of: PlainTextOption, prices: ReadonlyMap<string, number>): PlainTextOption => {
  const each = prices.get(of.value ?? '');
  return each === undefined ? of : option(`${cutTo(of.text.text, LABEL_UNITS_MAX)} · ${price(each)}`, of.value ?? '');
};

/** Leaves room for the price within the 75 that an option may have. */
const LABEL_UNITS_MAX = 50;

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

const capital = (word: string) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
