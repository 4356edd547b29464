import type { ImageOptions } from '../../images/rate-card.ts';
import { IMAGES_MAX } from '../../ledger/decide/hold.ts';
import { STAGES, type Stage } from '../../ledger/work.ts';
import { closest } from '../../words/closest.ts';
import { list, number } from '../../words/figures.ts';
import { shorten } from '../kit/text.ts';
import { plainFigures } from '../kit/typed-figures.ts';
import { type Known, NOTHING_KNOWN, OPTIONS, type Option } from './meant-option.ts';
import { cutMessageLink, type MessageLink } from './message-link.ts';
import { cutOptions, type Found, withoutQuotes } from './options.ts';
import { cleanPrompt, NO_NAMES, typedText } from './typed-text.ts';

/** The providers' own limit; the model's, which may be lower, is checked where the model is known. */
export const PROMPT_CHARACTERS_MAX = 32_000;
/** More than anybody mends in one go. */
const SENTENCES_MAX = 5;
/** Where neither the request nor its project says one. */
export const DEFAULT_STAGE: Stage = 'concept';

/** A request as far as it was given; what is left out is filled in from the rate card, or follows from the place. */
export type Draft = {
  prompt: string;
  options: ImageOptions;
  imagesCount: number;
  stage: Stage | null;
  /** A project's name as it was typed, or its id. */
  project: string | null;
};

export type ImagineInput =
  | { kind: 'help' }
  /** No prompt yet: the rest may have been typed. */
  | { kind: 'modal'; draft: Draft; thread: MessageLink | null }
  | { kind: 'request'; draft: Draft; thread: MessageLink | null }
  /** Sentences for the person, and what they typed, to be corrected. */
  | { kind: 'problems'; sentences: readonly string[]; typed: string };

const EXAMPLES: Readonly<Record<Exclude<Option, 'help'>, string>> = {
  model: '--model gpt-image-2',
  size: '--size 1024x1024',
  quality: '--quality high',
  n: '--n 4',
  stage: '--stage final',
  project: '--project "Spring launch"',
  thread: '--thread and a message link',
};

/** Whether two ids are of one channel: links and forms may carry the one that it had before. */
export type SameChannel = (one: string, other: string) => boolean;

/** `names`: of people and channels that Slack mentions by their ids alone. */
export type Surroundings = { isSame: SameChannel; known: Known; names: ReadonlyMap<string, string> };

/** Reads the text of `/imagine` as Slack delivers it, typed in the channel `here`. Never throws. */
export function parseImagine(escaped: string, here: string, given: Partial<Surroundings> = {}): ImagineInput {
  const { isSame = (one: string, other: string) => one === other, known = NOTHING_KNOWN, names = NO_NAMES } = given;
  const typed = cleanPrompt(typedText(escaped, names));
  if (typed.toLowerCase() === 'help') return { kind: 'help' };
  const { rest, found } = cutOptions(typed, known);
  if (found.some(({ name }) => name === 'help')) return { kind: 'help' };

  const prompt = withoutQuotes(rest.trim()).trim();
  const sentences = few([...optionProblems(found, (channelId) => isSame(channelId, here)), ...promptProblems(prompt)]);
  if (sentences.length > 0) return { kind: 'problems', sentences, typed };
  const draft = { prompt, ...choicesIn(found) };
  const { link: thread } = cutMessageLink(found.find(({ name }) => name === 'thread')?.value ?? '');
  return { kind: prompt === '' ? 'modal' : 'request', draft, thread };
}

/** Worded only when it is said: to look for the word that was meant takes a while, and there may be thousands. */
type Problem = () => string;

function few(problems: readonly Problem[]): string[] {
  const sentences = problems.slice(0, SENTENCES_MAX).map((word) => word());
  const more = problems.length - sentences.length;
  return more > 0 ? [...sentences, `… and ${number(more)} more`] : sentences;
}

function choicesIn(found: readonly Found[]): Omit<Draft, 'prompt'> {
  const given = new Map(found.map(({ name, value }) => [name, plainFigures(value ?? '').toLowerCase()]));
  const options: ImageOptions = {};
  for (const name of ['model', 'size', 'quality'] as const) {
    const value = given.get(name);
    if (value) options[name] = name === 'size' ? value.replace('×', 'x') : value;
  }
  // A name is kept as it was typed: it may be said back.
  const project = found.find(({ name }) => name === 'project')?.value ?? null;
  return { options, imagesCount: Number(given.get('n') ?? 1), stage: stageOf(given.get('stage')), project };
}

const stageOf = (word: string | undefined): Stage | null => STAGES.find((stage) => stage === word) ?? null;

type IsHere = (channelId: string) => boolean;

function optionProblems(found: readonly Found[], isHere: IsHere): Problem[] {
  const named = new Map<string, (string | null)[]>();
  for (const { name, value } of found) {
    const values = named.get(name);
    if (values) values.push(value);
    else named.set(name, [value]);
  }
  return [...named].flatMap(([name, values]) => {
    const option = OPTIONS.find((known) => known === name);
    if (!option || option === 'help') return [() => unknownOption(name)];
    if (values.length > 1)
      return [() => `--${name} appears ${values.length === 2 ? 'twice' : 'several times'}. Use it once.`];
    const problem = valueProblem(option, values[0] ?? null, isHere);
    return problem === null ? [] : [() => problem];
  });
}

function unknownOption(name: string): string {
  const known = OPTIONS.filter((option) => option !== 'help');
  const meant = closest(name, known);
  const hint = meant ? `Did you mean --${meant}?` : `The options are ${list(known.map((option) => `--${option}`))}.`;
  return `There’s no option --${shorten(name, 40)}. ${hint}`;
}

function valueProblem(option: Exclude<Option, 'help'>, value: string | null, isHere: IsHere): string | null {
  if (value === null) return `--${option} needs a value, such as ${EXAMPLES[option]}.`;
  const asked = `“${shorten(value, 40)}”`;
  if (option === 'n' && !isCount(value)) return `--n takes a whole number from 1 to ${IMAGES_MAX}, not ${asked}.`;
  if (option === 'stage' && !stageOf(value.toLowerCase())) {
    return `--stage takes ${STAGES.slice(0, -1).join(', ')} or ${STAGES.at(-1)}, not ${asked}.`;
  }
  return option === 'thread' ? threadProblem(value, isHere) : null;
}

function threadProblem(value: string, isHere: IsHere): string | null {
  const { link } = cutMessageLink(value);
  if (!link) return `--thread takes a message link, from “Copy link” in its menu, not “${shorten(value, 40)}”.`;
  return isHere(link.channelId) ? null : 'The message linked in --thread is in another channel. Type this there.';
}

function isCount(value: string): boolean {
  const text = plainFigures(value);
  return /^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= IMAGES_MAX;
}

function promptProblems(prompt: string): Problem[] {
  const characters = [...prompt].length;
  if (characters <= PROMPT_CHARACTERS_MAX) return [];
  return [() => `The prompt has ${number(characters)} characters. The maximum is ${number(PROMPT_CHARACTERS_MAX)}.`];
}
