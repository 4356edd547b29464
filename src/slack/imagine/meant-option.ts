import { STAGES } from '../../ledger/work.ts';
import { plainFigures } from '../kit/typed-figures.ts';
import { cutMessageLink } from './message-link.ts';

export const OPTIONS = ['model', 'size', 'quality', 'n', 'stage', 'project', 'thread', 'help'] as const;
export type Option = (typeof OPTIONS)[number];

/** What this workspace has, as far as it says whether a word is a value. */
export type Known = {
  models: readonly { id: string; sizes: readonly string[]; qualities: readonly string[] }[];
  isProject: (typed: string) => boolean;
};

export const NOTHING_KNOWN: Known = { models: [], isProject: () => false };

/** How the value stands: with nothing but options after it; in quotes or after `=`, as no prose is. */
type Standing = { isLast: boolean; isQuoted: boolean };

/** Any figure at all, so that a wrong one is answered and not drawn. */
const COUNT = /^[x×]?\p{N}[\p{N}.,/]*[x×]?$/iu;
const COUNT_WORDS = new Set(['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']);
/** `1024x1024`, `1024`, `16:9`, `2k`. */
const SIZE = /^(?:\d{2,5}[x×*]\d{2,5}|\d{3,5}(?:px)?|\d{1,2}:\d{1,2}|[1-8]k|auto)$/i;
/** A name with a version, such as `gpt-image-2`. */
const MODEL = /^[a-z]\w*[-.:/][\w.:/-]*\d[\w.-]*$/i;
/** Of all providers, also of those that are not set up here: asked for, they are refused by name. */
const QUALITY = /^(?:low|medium|high|standard|draft|fine|auto|hd)$/i;

/**
 * Whether a word after a dash is a value of that option. Where the dash could be one of prose, this alone decides: what
 * was meant is answered, at no cost, even where it is wrong.
 */
export function isMeant(option: Exclude<Option, 'help'>, value: string, known: Known & Standing): boolean {
  const text = plainFigures(value).replace(/(?<![.,;:!?)\]])[.,;:!?)\]]+$/, '');
  const is = (other: string) => other.toLowerCase() === text.toLowerCase();
  switch (option) {
    case 'n':
      return COUNT.test(text) || (known.isLast && COUNT_WORDS.has(text.toLowerCase()));
    case 'size':
      return SIZE.test(text) || known.models.some(({ sizes }) => sizes.some(is));
    case 'quality':
      return QUALITY.test(text) || known.models.some(({ qualities }) => qualities.some(is));
    case 'model':
      return MODEL.test(text) || known.models.some(({ id }) => is(id));
    case 'stage':
      return STAGES.some(is);
    case 'project':
      return known.isQuoted || known.isProject(value) || known.isProject(text);
    case 'thread':
      return cutMessageLink(value).link !== null;
  }
}
