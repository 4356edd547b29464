import type { AccountLabel } from '../../app/limits/account-label.ts';
import type { LimitRow, Stands } from '../../app/limits/limits-view.ts';
import type { Figures } from '../../app/limits/show-limits.ts';
import type { OnExceeded } from '../../ledger/state.ts';
import type { Window } from '../../ledger/usage/windows.ts';
import { number } from '../../words/figures.ts';
import { after, type LimitSaid, limitParts, limitWords } from '../../words/limits.ts';
import { WINDOW_WORDS } from '../../words/windows.ts';
import { bold, type Inline, name, person } from './parts.ts';
import { bar, leftWords, moved } from './parts-balance.ts';

/** Accounts and their limits in words, wherever they are set. */

export const OVER_WORDS: Readonly<Record<OnExceeded, string>> = {
  refuse: 'Refuse the request',
  ask: 'Ask for approval',
  warn: 'Allow it and warn',
};

/** Names the owner of the account. */
export function whose({ kind, name: called, memberId }: AccountLabel): Inline[] {
  const who: Inline[] = memberId === null ? [] : [person(memberId)];
  switch (kind) {
    case 'agency':
      return [bold('The agency')];
    case 'team':
      return ['The team ', name(called ?? '')];
    case 'project':
      return ['The project ', name(called ?? '')];
    case 'client':
      return [name(called ?? '')];
    case 'member':
      return who;
    case 'member_in_client':
      return [...who, ' for ', name(called ?? '')];
    case 'unknown':
      return ['An account that Inkwell can’t find'];
  }
}

/** As above, where only plain text may stand. */
export function whoseInPlain({ kind, name: called }: AccountLabel): string {
  switch (kind) {
    case 'agency':
      return 'the agency';
    case 'team':
      return `the team ${called ?? ''}`;
    case 'project':
      return `the project ${called ?? ''}`;
    case 'client':
      return called ?? '';
    case 'member':
      return 'this person';
    case 'member_in_client':
      return `this person for ${called ?? ''}`;
    case 'unknown':
      return 'this account';
  }
}

/** Says `500 credits a month, then asks for approval`, of a limit that was set. */
export const figuresInWords = (window: Window, figures: Figures): string =>
  limitWords({ window, ...(figures ?? { limitCredits: null }) });

/** `has 500 credits a month, previously 300, then asks for approval`, with the figure in bold. */
export function hasLimit(limit: LimitSaid): Inline[] {
  const { figure, rest } = limitParts(limit);
  return figure === null ? [` has ${rest}`] : [' has ', bold(figure), rest];
}

/** One line a window: `▓▓▓▒░░░░░░ 76 credits left this month · limit 500 − 394 used − 30 on hold`. */
export const standingLines = ({ standings }: Pick<LimitRow, 'standings'>): Inline[][] =>
  standings.length === 0 ? [['No limit.']] : standings.map(standingLine);

export function standingLine(stands: Stands): Inline[] {
  const {
    window,
    over,
    limitCredits,
    movedCredits = 0,
    rolledCredits,
    grantsCredits,
    usedCredits,
    heldCredits,
  } = stands;
  const sum = [
    `limit ${number(limitCredits - movedCredits)}${moved(movedCredits)}`,
    ...(rolledCredits > 0 ? [`+ ${number(rolledCredits)} from last month`] : []),
    ...(grantsCredits > 0 ? [`+ ${number(grantsCredits)} extra`] : []),
    `− ${number(usedCredits)} used`,
    ...(heldCredits > 0 ? [`− ${number(heldCredits)} on hold`] : []),
  ];
  const words = ` ${WINDOW_WORDS[window].now} · ${sum.join(' ')}${after(' · ', over)}`;
  return [`${bar(stands)}  `, bold(leftWords(stands)), words];
}
