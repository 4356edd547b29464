import { INKWELL } from '../../ledger/commands/commands.ts';
import type { RequestEnd } from '../../ledger/requests.ts';
import { actor } from '../kit/actor.ts';
import { dateToken, type Inline } from '../kit/parts.ts';

const WORDS: Readonly<Record<RequestEnd['as'], string>> = {
  approved: 'approved',
  denied: 'denied',
  withdrawn: 'withdrawn',
  lapsed: 'not answered in time and expired',
};

/** `approved by Marcus, today at 14:05`. */
export const ended = ({ as, by, at }: RequestEnd): Inline[] => [
  WORDS[as],
  ...(by === INKWELL ? [] : [' by ', actor(by)]),
  ', ',
  dateToken(at),
];
