import type { KnownBlock, ModalView } from '@slack/types';
import type { ProjectsView } from '../../app/clients/show-projects.ts';
import type { CreditsView } from '../../app/home/credits-view.ts';
import type { AvailableModels } from '../../app/images/available-models.ts';
import type { Foreseen } from '../../app/images/foresee.ts';
import { counted, credits, number, price } from '../../words/figures.ts';
import { input, modal, notice } from '../kit/fields.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { context, plain, richLines, section } from '../kit/parts.ts';
import { projectProblem } from '../notes/note-project.ts';
import type { Offered } from './imagine-choice.ts';
import { choiceFields, FORM_PROMPT_MAX, IMAGINE, promptField } from './imagine-fields.ts';
import { leftBlocks } from './imagine-left.ts';
import { projectBlocks, projectOf } from './imagine-project.ts';
import { DEFAULT_STAGE } from './parse-command.ts';
import { type ImagineHint, writeImagineHint } from './read-imagine.ts';

export type ImagineLook = {
  hint: Omit<ImagineHint, 'shownCredits' | 'project' | 'unsaidStage'>;
  /** Chosen in the form, where the form asks for it. */
  chosenChannelId: string | null;
  models: AvailableModels['models'];
  offered: Offered;
  /** What was said before the form was drawn, such as that a price has changed. */
  notices: readonly string[];
  /** Null while they are not known yet. */
  credits: CreditsView | null;
  projects: ProjectsView | null;
  /** What would come of it as it is chosen; null where that is not known yet. */
  foreseen?: Foreseen | null;
};

const TITLE = 'Make images';
const SUBMIT_CHARACTERS_MAX = 24;

/** The form for an image, with the price of what is chosen. */
export function imagineModal({
  hint,
  chosenChannelId,
  models,
  offered,
  notices,
  credits: left,
  projects,
  foreseen = null,
}: ImagineLook): ModalView {
  const { draft, quote, dropped } = offered;
  // What was said first may be a name; once the projects are known it is an id, or nothing.
  const chosenId = projects ? projects.chosenId : null;
  const project = projectOf(projects, chosenId);
  const stage = draft.stage ?? project?.stage ?? hint.guess ?? DEFAULT_STAGE;
  return modal(
    { callback: VIEWS.imagine, title: TITLE, submit: submitWords(quote.totalCredits, foreseen) },
    writeImagineHint({
      ...hint,
      shownCredits: quote.totalCredits,
      project: projects ? chosenId : draft.project,
      unsaidStage: draft.stage === null ? stage : null,
    }),
    [
      ...[...notices, ...dropped, ...tooLong(draft.prompt)].map(said),
      ...(projects?.problem
        ? [richLines(projectProblem({ audience: projects.audience, problem: projects.problem }))]
        : []),
      ...(hint.channelId === null ? [channelField(chosenChannelId)] : []),
      ...(hint.threadTs === null ? [] : [context('Images are posted in the thread.')]),
      promptField(draft.prompt),
      ...projectBlocks(projects, chosenId),
      ...choiceFields(models, quote, offered.prices, {
        ...draft,
        imagesMax: offered.imagesMax,
        sizes: offered.sizes,
        qualities: offered.qualities,
        stage,
        projectId: project?.projectId ?? null,
      }),
      ...priceBlocks(offered),
      ...(left ? leftBlocks(left, foreseen) : []),
    ],
  );
}

/** No provider is set up. */
export const nothingOfferedModal = (): ModalView =>
  notice(TITLE, [section('No image model is set up yet. Ask the person who installed Inkwell to connect a provider.')]);

const said = (words: string): KnownBlock => ({ type: 'section', text: plain(words) });

function tooLong(prompt: string): string[] {
  if (prompt.length <= FORM_PROMPT_MAX) return [];
  const most = number(FORM_PROMPT_MAX);
  return [
    `The prompt has ${number(prompt.length)} characters. This form holds ${most}, so the end is cut off. To use all of it, paste it after /imagine.`,
  ];
}

/** On the button, the price is seen wherever the form is scrolled to. It promises no image where none would be made. */
function submitWords(totalCredits: number, foreseen: Foreseen | null): string {
  const fitting = (words: string, short: string) => (words.length <= SUBMIT_CHARACTERS_MAX ? words : short);
  switch (foreseen?.kind) {
    case 'refused':
      return 'Try anyway';
    case 'asks':
      return fitting(`Ask for ${credits(totalCredits)}`, 'Ask for approval');
    case 'made':
    case undefined:
      return fitting(`Make for ${price(totalCredits)}`, 'Make');
  }
}

const channelField = (chosen: string | null): KnownBlock =>
  input(
    IMAGINE.channel,
    'Channel',
    {
      type: 'conversations_select',
      action_id: ACTIONS.choose,
      placeholder: plain('Choose a channel'),
      ...(chosen ? { initial_conversation: chosen } : { default_to_current_conversation: true }),
      filter: { include: ['public', 'private'], exclude_bot_users: true },
    },
    { hint: 'Images are posted there and use its client’s credits.', dispatch: true },
  );

function priceBlocks({ draft: { imagesCount }, quote: { eachCredits, totalCredits, model } }: Offered): KnownBlock[] {
  const images = counted(imagesCount, 'image');
  const total = section(`*${images} × ${credits(eachCredits)} = ${credits(totalCredits)}*`);
  switch (model.pricing.kind) {
    case 'fixed':
    case 'image':
      return [total];
    case 'free':
      return [section(`*${images}, free*`), context('A sample isn’t charged, and needs no budget.')];
    case 'tokens':
      return [
        total,
        context(
          'The most this can cost. Unused credits are returned. If a long prompt costs more, Inkwell asks you first.',
        ),
      ];
  }
}
