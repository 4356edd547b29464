import type { Of } from '../commands/commands.ts';
import type { Moment } from '../kinds/kind.ts';
import type { Facts } from '../lines.ts';
import { accept, type Decision, refuse } from '../refusals.ts';
import type { State } from '../state.ts';

/** Two machines may each be two minutes off, in opposite ways: more than that is a clock that was wrong. */
const AHEAD_MS = 5 * 60_000;

/** Whether the last line is dated so far ahead that a clock must have been wrong. */
export const isAheadOf = ({ lastAt }: Pick<State, 'lastAt'>, now: number): boolean => lastAt - now > AHEAD_MS;

export function correctClock(state: State, { wrongAt }: Of<'correct_clock'>, { at: now }: Moment): Decision<Facts> {
  return state.lastAt === wrongAt && isAheadOf(state, now)
    ? accept({ kind: 'clock_corrected', wrongAt })
    : refuse({ reason: 'clock_not_ahead', wrongAt });
}
