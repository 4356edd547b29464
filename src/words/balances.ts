import type { Part as Balance } from '../app/home/credits-view.ts';
import type { LimitRow, Stands } from '../app/limits/limits-view.ts';
import { credits, number } from './figures.ts';
import { after } from './limits.ts';
import { moment, type Part, strong } from './parts.ts';
import { WINDOW_WORDS } from './windows.ts';

/** A balance in words that can be checked with a pencil: every figure of the sum is shown. */

type Standing = Balance['standings'][number];

const BAR_CELLS = 10;

/** A part of `/credits`, line by line. */
export function balanceLines(part: Balance): Part[][] {
  const { standings, usedThisMonthCredits, heldCredits } = part;
  const used = `${credits(usedThisMonthCredits)} used this month`;
  if (standings.length === 0) {
    const held = heldCredits > 0 ? `, ${number(heldCredits)} on hold` : '';
    return [[`No limit. ${used}${held}.`]];
  }
  const hasMonth = standings.some(({ window }) => window === 'month');
  return [...standings.flatMap(balanceOf), ...(hasMonth ? [] : [[`${used}.`]])];
}

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
  const { limitCredits, movedCredits = 0, rolledCredits, grantsCredits } = standing;
  const { usedCredits, heldCredits, availableCredits } = standing;
  const rolled = rolledCredits > 0 ? ` + ${number(rolledCredits)} from last month` : '';
  const granted = grantsCredits > 0 ? ` + ${number(grantsCredits)} extra` : '';
  const held = heldCredits > 0 ? ` − ${number(heldCredits)} on hold` : '';
  const whole = `${number(limitCredits - movedCredits)} limit${moved(movedCredits)}${rolled}${granted}`;
  return `${whole} − ${number(usedCredits)} used${held} = ${signed(availableCredits)} left`;
}

/** With a minus, not the hyphen of a keyboard. */
const signed = (count: number) => number(count).replace('-', '−');

/** ` + 30 moved here`, ` − 30 moved away`. */
export function moved(credits: number): string {
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

/** Used ▓, held ▒, free ░. A little shows as one cell: it is not the same as none. */
export function bar(standing: Standing): string {
  const { limitCredits, rolledCredits, grantsCredits, usedCredits, heldCredits, availableCredits } = standing;
  const whole = limitCredits + rolledCredits + grantsCredits;
  const cells = (count: number, cellsMax: number) =>
    count <= 0 ? 0 : Math.min(Math.max(Math.round((count / whole) * BAR_CELLS), 1), cellsMax);
  const free = cells(availableCredits, usedCredits + heldCredits > 0 ? BAR_CELLS - 1 : BAR_CELLS);
  const held = cells(heldCredits, BAR_CELLS - free);
  return `${'▓'.repeat(BAR_CELLS - free - held)}${'▒'.repeat(held)}${'░'.repeat(free)}`;
}

/** One line a window: `▓▓▓▒░░░░░░ 76 credits left this month · limit 500 − 394 used − 30 on hold`. */
export const standingLines = ({ standings }: Pick<LimitRow, 'standings'>): Part[][] =>
  standings.length === 0 ? [['No limit.']] : standings.map(standingLine);

export function standingLine(stands: Stands): Part[] {
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
  return [`${bar(stands)}  `, strong(leftWords(stands)), words];
}
