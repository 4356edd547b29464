import type { RefusedAhead } from '../../app/images/refused-ahead.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import { list } from '../../words/figures.ts';
import { plainWords } from '../kit/form/field-of-refusal.ts';
import { fieldOf, type Values } from '../kit/form/values.ts';
import type { Inline } from '../kit/parts.ts';
import { shorten } from '../kit/text.ts';
import { projectProblem } from '../notes/note-project.ts';
import { refusalParagraphs } from '../refusals/refusal.ts';
import { wayWords } from '../refusals/way-buttons.ts';
import { IMAGINE } from './imagine-fields.ts';
import { PROJECT_BLOCK } from './imagine-project.ts';

/** As much as is read beside a field. */
const WORDS_MAX = 400;

/** The refusal beside the field that it is about, with what can be done instead. */
export function refusedAtField(form: Values, refused: RefusedAhead, readerId: string): Record<string, string> {
  const names = refused.kind === 'project_wrong' ? [PROJECT_BLOCK] : fieldsOf(refused.refusal);
  const field = [...names, IMAGINE.prompt].map((each) => fieldOf(form, each)).find((each) => each !== null);
  return { [field?.blockId ?? IMAGINE.prompt]: shorten(wordsOf(refused, readerId), WORDS_MAX) };
}

function wordsOf(refused: RefusedAhead, readerId: string): string {
  if (refused.kind === 'project_wrong') return sentence(projectProblem(refused));
  const { refusal, ways } = refused;
  const to = { ...refused, readerId };
  const [first = []] = refusalParagraphs(refusal, to);
  const others = ways ? wayWords(ways, refusal, to) : [];
  return others.length === 0 ? sentence(first) : `${sentence(first)} ${list(others, 'or')}.`;
}

const sentence = (pieces: readonly Inline[]): string => plainWords(pieces);

/** The names of fields that a refusal is about, the likeliest first. What none is about stands at the prompt. */
function fieldsOf({ reason }: Refusal): readonly string[] {
  if (reason === 'model_not_allowed') return [IMAGINE.model];
  if (reason === 'quality_not_allowed') return [IMAGINE.quality];
  if (reason.startsWith('project_')) return [PROJECT_BLOCK];
  const isAboutCount = reason === 'limit_exceeded' || reason === 'too_many_images' || reason === 'price_too_high';
  return isAboutCount ? [IMAGINE.count] : [IMAGINE.channel];
}
