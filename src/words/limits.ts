import type { Figures } from '../app/limits/show-limits.ts';
import type { OnExceeded } from '../ledger/state.ts';
import type { Window } from '../ledger/usage/windows.ts';
import { credits, moved, number } from './figures.ts';
import { type Part, strong } from './parts.ts';
import { WINDOW_WORDS } from './windows.ts';

/** What happens to a request that is over a limit; empty where the limit refuses it. */
export const THEN: Readonly<Record<OnExceeded, string>> = {
  refuse: '',
  ask: 'then asks for approval',
  warn: 'then warns',
};

/** What a form offers to happen to it. */
export const OVER_WORDS: Readonly<Record<OnExceeded, string>> = {
  refuse: 'Refuse the request',
  ask: 'Ask for approval',
  warn: 'Allow it and warn',
};

/** `limitCredits`: null where nothing limits it. `from`: what came before, such as `previously 300`. */
export type LimitSaid = {
  window: Window;
  limitCredits: number | null;
  from?: string | null;
  over?: OnExceeded;
  rollOverMaxCredits?: number | null;
};

/** `500 credits` and ` a month, previously 300, then asks for approval; up to 100 credits roll over`. */
export function limitParts({ window, limitCredits, from, over = 'refuse', rollOverMaxCredits = null }: LimitSaid) {
  const { per } = WINDOW_WORDS[window];
  const was = from ? `, ${from}` : '';
  if (limitCredits === null) return { figure: null, rest: `no limit ${per}${was}` };
  const rolls = rollOverMaxCredits === null ? '' : `; up to ${credits(rollOverMaxCredits)} roll over`;
  return { figure: credits(limitCredits), rest: ` ${per}${was}${after(', ', over)}${rolls}` };
}

/** The same in one piece. */
export function limitWords(limit: LimitSaid): string {
  const { figure, rest } = limitParts(limit);
  return `${figure ?? ''}${rest}`;
}

/** `200 a month, 12 a day + 8 moved here, then asks for approval`; in lists, where the heading says what is counted. */
export const limitsInShort = (
  limits: readonly { window: Window; limitCredits: number; movedCredits?: number; over?: OnExceeded }[],
  between = ' · ',
): string =>
  limits.length === 0
    ? 'No limit'
    : limits
        .map(({ window, limitCredits, movedCredits = 0, over = 'refuse' }) => {
          const set = `${number(limitCredits - movedCredits)} ${WINDOW_WORDS[window].per}`;
          return `${set}${moved(movedCredits)}${after(', ', over)}`;
        })
        .join(between);

/** What comes after a limit, behind a sign that sets it apart. */
export const after = (sign: string, over: OnExceeded) => (THEN[over] === '' ? '' : `${sign}${THEN[over]}`);

/** Says `500 credits a month, then asks for approval`, of a limit that was set. */
export const figuresInWords = (window: Window, figures: Figures): string =>
  limitWords({ window, ...(figures ?? { limitCredits: null }) });

/** `has 500 credits a month, previously 300, then asks for approval`, with the figure in bold. */
export function hasLimit(limit: LimitSaid): Part[] {
  const { figure, rest } = limitParts(limit);
  return figure === null ? [` has ${rest}`] : [' has ', strong(figure), rest];
}
