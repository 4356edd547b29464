import { INKWELL } from '../../ledger/commands/commands.ts';
import type { RequestEnd } from '../../ledger/requests.ts';
import { actor } from '../kit/actor.ts';
import { dateToken, type Inline, person } from '../kit/parts.ts';

const WORDS: Readonly<Record<RequestEnd['as'], string>> = {
  approved: 'approved',
  denied: 'denied',
  withdrawn: 'withdrawn',
  lapsed: 'not answered in time and expired',
};

/** `approved by Marcus, today at 14:05`. */
export const ended = ({ as, by, at, inPlaceOf }: RequestEnd): Inline[] => [
  WORDS[as],
  ...(by === INKWELL ? [] : [' by ', actor(by)]),
  ...standingIn(inPlaceOf),
  ', ',
  dateToken(at),
];

/** A delegate decides in the place of a person who is away. */
export const standingIn = (awayId: string | undefined): Inline[] =>
  awayId === undefined ? [] : [' in place of ', person(awayId)];
