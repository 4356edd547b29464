import type { Part as Balance } from '../app/home/credits-view.ts';
import type { LimitRow, Stands } from '../app/limits/limits-view.ts';
import type { ExceededLimit } from '../ledger/state.ts';
import { bar } from './bars.ts';
import { credits, number } from './figures.ts';
import { after } from './limits.ts';
import { moment, type Part, strong } from './parts.ts';
import { WINDOW_WORDS } from './windows.ts';

/** A balance in words that can be checked with a pencil: every figure of the sum is shown. */

type Standing = Balance['standings'][number];

/** A part of `/credits`, line by line. */
export function balanceLines(part: Balance): Part[][] {
  const { standings, usedThisMonthCredits } = part;
  if (standings.length === 0) return [[`No limit. ${usedLine(part)}`]];
  const hasMonth = standings.some(({ window }) => window === 'month');
  return [
    ...standings.flatMap(balanceOf),
    ...(hasMonth ? [] : [[`${credits(usedThisMonthCredits)} used this month.`]]),
  ];
}

/** `124 credits used this month, 12 on hold.` */
function usedLine({ usedThisMonthCredits, heldCredits }: Balance): string {
  const held = heldCredits > 0 ? `, ${number(heldCredits)} on hold` : '';
  return `${credits(usedThisMonthCredits)} used this month${held}.`;
}

/** A person’s own. Who may make nothing is not told that nothing limits them. Empty where there is nothing to say. */
export function ownBalanceLines(part: Balance, { makes }: { makes: boolean }): Part[][] {
  const { standings, usedThisMonthCredits, heldCredits } = part;
  if (standings.length > 0) return balanceLines(part);
  if (usedThisMonthCredits + heldCredits === 0) return makes ? [[NONE_USED]] : [];
  return makes ? balanceLines(part) : [[usedLine(part)]];
}

const NONE_USED = 'None used this month. You have no personal limit.';

function balanceOf(standing: Standing): Part[][] {
  return [
    [`${bar(standing)}  `, strong(leftWords(standing)), ` ${WINDOW_WORDS[standing.window].now}`],
    [sum(standing)],
    standing.resetsAt === null ? ['Doesn’t reset.'] : ['Resets ', moment(standing.resetsAt), '.'],
  ];
}

/** `76 credits left`; over the limit it says by how much, because a limit may be set below what was used. */
export function leftWords({ availableCredits }: Standing): string {
  return availableCredits < 0 ? `Over by ${credits(-availableCredits)}` : `${credits(availableCredits)} left`;
}

/** limit + moved here + rolled over + extra − used − on hold = left. What is nought is left out. */
function sum(standing: Standing) {
  const { limitCredits, movedCredits = 0, usedCredits, availableCredits } = standing;
  const whole = `${number(limitCredits - movedCredits)} limit${moved(movedCredits)}${extras(standing)}`;
  return `${whole} − ${number(usedCredits)} used${onHold(standing)} = ${signed(availableCredits)} left`;
}

/** The same of a limit that does not cover a request. */
export function limitSum(
  limit: Terms & Pick<ExceededLimit, 'limitCredits' | 'usedCredits' | 'availableCredits'>,
): string {
  const { limitCredits, usedCredits, heldCredits, availableCredits } = limit;
  const used = usedCredits > 0 || heldCredits === 0 ? ` − ${number(usedCredits)} used` : '';
  return `Limit ${number(limitCredits)}${extras(limit)}${used}${onHold(limit)} = ${signed(availableCredits)} left.`;
}

type Terms = Pick<ExceededLimit, 'rolledCredits' | 'grantsCredits' | 'heldCredits'>;

function extras({ rolledCredits, grantsCredits }: Omit<Terms, 'heldCredits'>): string {
  const rolled = rolledCredits > 0 ? ` + ${number(rolledCredits)} from last month` : '';
  return grantsCredits > 0 ? `${rolled} + ${number(grantsCredits)} extra` : rolled;
}

const onHold = ({ heldCredits }: Pick<Terms, 'heldCredits'>) =>
  heldCredits > 0 ? ` − ${number(heldCredits)} on hold` : '';

/** With a minus, not the hyphen of a keyboard. */
const signed = (count: number) => number(count).replace('-', '−');

/** ` + 30 moved here`, ` − 30 moved away`. */
function moved(credits: number): string {
  if (credits === 0) return '';
  return credits > 0 ? ` + ${number(credits)} moved here` : ` − ${number(-credits)} moved away`;
}

/** One line for a list: `▓▓▓▒░░░░░░ 376 of 500 left this month`. */
export function balanceInShort({ standings, usedThisMonthCredits }: Balance): string {
  const tightest = tightestOf(standings);
  if (!tightest) return `No limit · ${number(usedThisMonthCredits)} used this month`;
  const { limitCredits, rolledCredits, grantsCredits, availableCredits, window } = tightest;
  const whole = number(limitCredits + rolledCredits + grantsCredits);
  const left =
    availableCredits < 0 ? `${leftWords(tightest)}, of ${whole}` : `${number(availableCredits)} of ${whole} left`;
  return `${bar(tightest)} ${left} ${WINDOW_WORDS[window].now}`;
}

/** `376 credits left this month`, of the limit that will be met first. */
export function leftInShort({ standings }: Balance): string {
  const tightest = tightestOf(standings);
  return tightest ? `${leftWords(tightest)} ${WINDOW_WORDS[tightest.window].now}` : 'no limit';
}

export function tightestOf(standings: readonly Standing[]): Standing | null {
  return standings.reduce<Standing | null>(
    (least, each) => (least === null || each.availableCredits < least.availableCredits ? each : least),
    null,
  );
}

/** One line a window: `▓▓▓▒░░░░░░ 76 credits left this month · limit 500 − 394 used − 30 on hold`. */
export const standingLines = ({ standings }: Pick<LimitRow, 'standings'>): Part[][] =>
  standings.length === 0 ? [['No limit.']] : standings.map(standingLine);

export function standingLine(stands: Stands): Part[] {
  const { window, over, limitCredits, movedCredits = 0, usedCredits } = stands;
  const whole = `limit ${number(limitCredits - movedCredits)}${moved(movedCredits)}${extras(stands)}`;
  const sum = `${whole} − ${number(usedCredits)} used${onHold(stands)}`;
  return [`${bar(stands)}  `, strong(leftWords(stands)), ` ${WINDOW_WORDS[window].now} · ${sum}${after(' · ', over)}`];
}
