import type { Part as Balance, Terms } from '../app/home/credits-view.ts';
import type { LimitRow, Stands } from '../app/limits/limits-view.ts';
import type { ExceededLimit } from '../ledger/state.ts';
import { leastLeftOf } from '../ledger/usage/less.ts';
import { bar } from './bars.ts';
import { credits, moved, number, signed } from './figures.ts';
import { lessInShort, lessSentence } from './less.ts';
import { after } from './limits.ts';
import { moment, type Part, strong } from './parts.ts';
import { WINDOW_WORDS } from './windows.ts';

/** A balance in words that can be checked with a pencil: every figure of the sum is shown, to those who may know them. */

type Standing = Balance['standings'][number];

/** A person who may make no images is not told that no limit stops them. */
type Reader = { makes: boolean };
const MAKES: Reader = { makes: true };

/** A part of `/credits`, line by line. */
export function balanceLines(part: Balance, { makes } = MAKES): Part[][] {
  const { standings, usedThisMonthCredits, less = null, terms = 'whole' } = part;
  if (less?.kind === 'closed') return [[lessSentence(less)], [usedLine(part)]];
  const last = less === null ? [] : [[lessSentence(less)]];
  if (standings.length === 0) return [[`${makes ? 'No limit. ' : ''}${usedLine(part)}`], ...last];
  const hasMonth = standings.some(({ window }) => window === 'month');
  return [
    ...standings.flatMap((standing) => balanceOf(standing, terms)),
    ...(hasMonth ? [] : [[`${credits(usedThisMonthCredits)} used this month.`]]),
    ...last,
  ];
}

/** `124 credits used this month, 12 on hold.` */
function usedLine({ usedThisMonthCredits, heldCredits }: Balance): string {
  const held = heldCredits > 0 ? `, ${number(heldCredits)} on hold` : '';
  return `${credits(usedThisMonthCredits)} used this month${held}.`;
}

/** A person’s own. Empty where there is nothing to say. */
export function ownBalanceLines(part: Balance, reader: Reader): Part[][] {
  const { standings, usedThisMonthCredits, heldCredits, less = null } = part;
  if (standings.length > 0 || usedThisMonthCredits + heldCredits > 0) return balanceLines(part, reader);
  if (!reader.makes) return [];
  return [[NONE_USED], ...(less === null ? [] : [[lessSentence(less)]])];
}

const NONE_USED = 'None used this month. You have no personal limit.';

function balanceOf(standing: Standing, terms: Terms): Part[][] {
  const { over, window, resetsAt } = standing;
  return [
    [`${bar(standing)}  `, strong(leftWords(standing, terms)), ` ${WINDOW_WORDS[window].now}${after(', ', over)}`],
    [sum(standing, terms)],
    resetsAt === null ? ['Doesn’t reset.'] : ['Resets ', moment(resetsAt), '.'],
  ];
}

/** `76 credits left`; over the limit it says by how much, because a limit may be set below what was used. */
export function leftWords({ availableCredits }: Pick<Standing, 'availableCredits'>, terms: Terms = 'whole'): string {
  if (availableCredits < 0 && terms === 'whole') return `Over by ${credits(-availableCredits)}`;
  return `${credits(Math.max(0, availableCredits))} left`;
}

/** limit + moved here + rolled over + extra − used − on hold = left. What is nought is left out. */
function sum(standing: Standing, terms: Terms) {
  const { usedCredits, availableCredits } = standing;
  if (terms === 'used_and_left') return `${number(usedCredits)} used${heldToo(standing)}`;
  return `${wholeOf(standing)} − ${number(usedCredits)} used${onHold(standing)} = ${signed(availableCredits)} left`;
}

type Sum = Pick<ExceededLimit, 'limitCredits' | 'movedCredits' | 'rolledCredits' | 'grantsCredits'> &
  Pick<ExceededLimit, 'usedCredits' | 'heldCredits' | 'availableCredits'>;

/** The same of a limit that does not cover a request. */
export function limitSum(limit: Sum, terms: Terms = 'whole'): string {
  const { limitCredits, movedCredits = 0, usedCredits, heldCredits, availableCredits } = limit;
  if (terms === 'used_and_left') {
    const left = availableCredits > 0 ? number(availableCredits) : 'none';
    return `${number(usedCredits)} used${heldToo(limit)}, ${left} left.`;
  }
  const used = usedCredits > 0 || heldCredits === 0 ? ` − ${number(usedCredits)} used` : '';
  const whole = `Limit ${number(limitCredits - movedCredits)}${moved(movedCredits)}${extras(limit)}`;
  return `${whole}${used}${onHold(limit)} = ${signed(availableCredits)} left.`;
}

/** `400 limit − 50 moved away`. */
function wholeOf(limit: Sum): string {
  const { limitCredits, movedCredits = 0 } = limit;
  return `${number(limitCredits - movedCredits)} limit${moved(movedCredits)}${extras(limit)}`;
}

function extras({ rolledCredits, grantsCredits }: Sum): string {
  const rolled = rolledCredits > 0 ? ` + ${number(rolledCredits)} from last month` : '';
  return grantsCredits > 0 ? `${rolled} + ${number(grantsCredits)} extra` : rolled;
}

const onHold = ({ heldCredits }: Pick<Sum, 'heldCredits'>) =>
  heldCredits > 0 ? ` − ${number(heldCredits)} on hold` : '';

const heldToo = ({ heldCredits }: Pick<Sum, 'heldCredits'>) =>
  heldCredits > 0 ? `, ${number(heldCredits)} on hold` : '';

/** One line for a list: `▓▓▓▒░░░░░░ 376 of 500 left this month`. */
export function balanceInShort(
  { standings, usedThisMonthCredits, less = null, terms = 'whole' }: Balance,
  { makes } = MAKES,
): string {
  if (less?.kind === 'closed') return `Closed · ${number(usedThisMonthCredits)} used this month`;
  const tightest = tightestOf(standings);
  const above = less === null ? '' : ` · ${lessInShort(less)}`;
  if (!tightest) return `${makes ? 'No limit · ' : ''}${number(usedThisMonthCredits)} used this month${above}`;
  const { limitCredits, rolledCredits, grantsCredits, availableCredits, window } = tightest;
  const whole = number(limitCredits + rolledCredits + grantsCredits);
  const isOver = availableCredits < 0;
  const inWhole = isOver ? `${leftWords(tightest)}, of ${whole}` : `${number(availableCredits)} of ${whole} left`;
  const left = terms === 'whole' ? inWhole : `${number(Math.max(0, availableCredits))} left`;
  return `${bar(tightest)} ${left} ${WINDOW_WORDS[window].now}${above}`;
}

/** `376 credits left this month`, of the limit that will be met first. */
export function leftInShort({ standings, less = null, terms = 'whole' }: Balance): string {
  if (less?.kind === 'closed') return 'closed';
  const tightest = tightestOf(standings);
  return tightest ? `${leftWords(tightest, terms)} ${WINDOW_WORDS[tightest.window].now}` : 'no limit';
}

/** Of the limits that stop; where all only warn, of those. */
export function tightestOf(standings: readonly Standing[]): Standing | null {
  return leastLeftOf(standings) ?? leastLeftOf(standings.map((each) => ({ ...each, over: 'ask' as const })));
}

/** One line a window: `▓▓▓▒░░░░░░ 76 credits left this month · limit 500 − 394 used − 30 on hold`. */
export function standingLines({ standings, less = null }: Pick<LimitRow, 'standings' | 'less'>): Part[][] {
  const reason = less === null ? [] : [[lessSentence(less)]];
  if (less?.kind === 'closed') return [...reason, ...standings.map((stands) => [standingSum(stands)])];
  return standings.length === 0 ? [['No limit.'], ...reason] : [...standings.map(standingLine), ...reason];
}

export const standingLine = (stands: Stands): Part[] => [
  `${bar(stands)}  `,
  strong(leftWords(stands)),
  ` ${WINDOW_WORDS[stands.window].now} · ${standingSum(stands)}${after(' · ', stands.over)}`,
];

function standingSum(stands: Stands): string {
  const { limitCredits, movedCredits, usedCredits } = stands;
  const whole = `limit ${number(limitCredits - movedCredits)}${moved(movedCredits)}${extras(stands)}`;
  return `${whole} − ${number(usedCredits)} used${onHold(stands)}`;
}
