import type { KnownBlock } from '@slack/types';
import type { JobView } from '../../app/messenger.ts';
import { number } from '../../words/figures.ts';
import { quote } from '../kit/message.ts';
import { cutTo, NAME_CHARACTERS_MAX } from '../kit/parts.ts';
import { projectToShow } from '../kit/show-to-audience.ts';
import { stageWords } from './image-marks.ts';

/** Enough to recognise a prompt by; all of it comes back with "Edit prompt". */
const PROMPT_CHARACTERS_MAX = 700;

export const imagesWords = (count: number) => (count === 1 ? 'an image' : `${number(count)} images`);

export const promptBlocks = ({ prompt }: JobView): KnownBlock[] =>
  prompt === null ? [] : [quote(cutTo(prompt, PROMPT_CHARACTERS_MAX) || '…')];

/** What was asked for, in the words that `/imagine` takes. */
export function choiceWords(view: JobView): string {
  const { model, size, quality, insteadOf } = view.job;
  const project = projectToShow(view);
  // What the agency allows its people is its own business.
  const rule = insteadOf === null || view.audience !== 'internal' ? '' : ` (${insteadOf} isn’t allowed here)`;
  return `${model}, ${size}, ${quality}${rule} · ${stageWords(view)}${project === null ? '' : ` · Project: ${cutTo(project, NAME_CHARACTERS_MAX)}`}`;
}
