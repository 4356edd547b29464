import type { ActionsBlock, Button } from '@slack/types';
import { z } from 'zod';
import type { Askable, FittingRequest, Made, WaysOut } from '../../app/images/ways-out-view.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import { number, price } from '../../words/figures.ts';
import { parsed } from '../kit/home-metadata.ts';
import { ACTIONS } from '../kit/ids.ts';
import { actions, button } from '../kit/parts.ts';
import { isOurs, mayShowFigures } from '../kit/show-to-audience.ts';
import { shorten } from '../kit/text.ts';
import type { RefusalContext } from './refusal-limit.ts';

/** What one can do about a refused request, as buttons below it. A button carries the request's id, never its prompt. */
export function wayButtons(ways: WaysOut, refusal: Refusal, to: RefusalContext): ActionsBlock[] {
  const { jobId, ask, role, otherProject } = ways;
  const elements = [
    ...insteadToShow(ways, refusal, to).map((fitting, index) => insteadButton(jobId, fitting, index)),
    ...(otherProject && isOurs(to.audience)
      ? [button('Choose another project', { action: ACTIONS.otherProject, value: jobId })]
      : []),
    ...(ask ? [button(askWords(ask), { action: ACTIONS.helpAsk, value: jobId })] : []),
    ...(role ? [askForRoleButton()] : []),
  ];
  return elements.length > 0 ? [actions(...elements)] : [];
}

/** The same ways in words, where there are no buttons: `Make 3 for 18 credits`, `ask Olivia`. */
export function wayWords(ways: WaysOut, refusal: Refusal, to: RefusalContext): string[] {
  const all = [
    ...insteadToShow(ways, refusal, to).map(insteadWords),
    ...(ways.otherProject && isOurs(to.audience) ? ['Choose another project'] : []),
    ...(ways.ask ? [askWords(ways.ask)] : []),
  ];
  return all.map((words, index) => (index === 0 ? words : `${words.slice(0, 1).toLowerCase()}${words.slice(1)}`));
}

/** What fits tells what is left: it is offered to those who may know that. */
const insteadToShow = ({ instead }: WaysOut, refusal: Refusal, to: RefusalContext): readonly FittingRequest[] =>
  refusal.reason === 'limit_exceeded' && refusal.exceeded.some(({ account }) => !mayShowFigures(account, to))
    ? []
    : instead;

export const askForRoleButton = (): Button => button('Ask an owner', { action: ACTIONS.roleAsk, value: 'role' });

const NAME_UNITS_MAX = 40;
const MODEL_UNITS_MAX = 30;

const askWords = ({ who, name }: Askable): string => {
  if (name !== null) return `Ask ${shorten(name, NAME_UNITS_MAX)}`;
  return who === 'owner' ? 'Ask an owner' : 'Ask a manager';
};

/** Slack wants another id for each button of a row. */
const INSTEAD_IDS = [ACTIONS.insteadFirst, ACTIONS.insteadSecond];

export const insteadButton = (jobId: string, fitting: FittingRequest, index = 0): Button =>
  button(insteadWords(fitting), {
    action: INSTEAD_IDS[index] ?? ACTIONS.insteadSecond,
    value: writeInstead(jobId, fitting),
    ...(index === 0 ? { style: 'primary' as const } : {}),
  });

/** `Make 3 for 18 credits`, `Make 4 in low for 8 credits`: what is other than it was asked for, and the price. */
export function insteadWords({ imagesCount, model, size, quality, totalCredits, differs }: FittingRequest): string {
  const isOther = (part: keyof Made) => differs.includes(part);
  const how = isOther('model')
    ? [`with ${shorten(model, MODEL_UNITS_MAX)}`]
    : [...(isOther('quality') ? [`in ${quality}`] : []), ...(isOther('size') ? [`at ${size}`] : [])];
  const count = imagesCount > 1 || isOther('imagesCount') ? [number(imagesCount)] : [];
  return ['Make', ...count, ...how, `for ${price(totalCredits)}`].join(' ');
}

const word = z.string().min(1).max(120);
const onWire = z.tuple([
  z.string().regex(/^[\w./-]{1,120}$/),
  z.int().min(1).max(10),
  word,
  word,
  word,
  z.int().min(0),
]);

const writeInstead = (jobId: string, { imagesCount, model, size, quality, totalCredits }: FittingRequest): string =>
  JSON.stringify([jobId, imagesCount, model, size, quality, totalCredits]);

/** Null for what Inkwell did not write. */
export function readInstead(value: string): { jobId: string; made: Made; shownCredits: number } | null {
  const read = onWire.safeParse(parsed(value)).data;
  if (!read) return null;
  const [jobId, imagesCount, model, size, quality, shownCredits] = read;
  return { jobId, made: { imagesCount, model, size, quality }, shownCredits };
}
