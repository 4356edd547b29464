import { readFileSync } from 'node:fs';
import type { Endpoint, RateCard, Rates } from '../images/rates/card.ts';
import { readRates } from '../images/rates/read-rates.ts';
import { SHIPPED } from '../images/rates/shipped.ts';
import { nearest } from '../words/closest.ts';

export type RateCardFile = { rates: Rates; problems: readonly string[] };

const NONE: Rates = { cards: [], endpoints: [] };
/** A card of every model has a hundred lines. */
const CHARACTERS_MAX = 1_000_000;
const EDITS_MAX = 3;
/** More are mended one after the other anyway. */
const PROBLEMS_MAX = 20;

/** What `RATE_CARD` names, and a sentence for each thing that is wrong with it. */
export function rateCardFile(path: string, ownVariables: readonly string[]): RateCardFile {
  const say = (problems: readonly string[]) => ({
    rates: NONE,
    problems: problems.map((each) => `RATE_CARD: ${each}`),
  });
  const file = textOf(path);
  if ('problem' in file) return say([file.problem]);
  const read = readRates(file.text, { nearest: (word, known) => nearest(word, known, EDITS_MAX) });
  if (!read.ok) {
    const sentences = read.problems.map(({ line, what }) => `${path}${line === null ? '' : `, line ${line}`}: ${what}`);
    const more = sentences.length - PROBLEMS_MAX;
    return say([...sentences.slice(0, PROBLEMS_MAX), ...(more > 0 ? [`${path} has ${more} more problems.`] : [])]);
  }
  const { cards, endpoints } = read.rates;
  const problems = [...cards.flatMap(shippedToo), ...endpoints.flatMap((each) => ownKey(each, ownVariables))];
  return problems.length > 0 ? say(problems.map((each) => `${path}: ${each}`)) : { rates: read.rates, problems: [] };
}

function textOf(path: string): { text: string } | { problem: string } {
  try {
    const text = readFileSync(path, 'utf8');
    return text.length > CHARACTERS_MAX ? { problem: `${path} is too long for a rate card.` } : { text };
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { problem: `${path} isn’t there. Correct the path, or remove RATE_CARD.` };
    return {
      problem: `${path} can’t be read (${code}). It has to be a file that the user that runs Inkwell may read.`,
    };
  }
}

/** Images are booked with the id of their card: one id is one card. */
const shippedToo = ({ rateCardId }: RateCard): string[] =>
  SHIPPED.some((each) => each.rateCardId === rateCardId)
    ? [`${rateCardId} is the id of a card that comes with Inkwell. Choose another one.`]
    : [];

/** Slack's token and OpenAI's key are sent to no other server. */
const ownKey = ({ name, keyVariable }: Endpoint, ownVariables: readonly string[]): string[] =>
  keyVariable !== null && ownVariables.includes(keyVariable)
    ? [`${name} can’t have ${keyVariable} as key_variable. Choose a variable of its own.`]
    : [];
