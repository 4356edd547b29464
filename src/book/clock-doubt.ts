import type { CommandBody } from '../ledger/commands/commands.ts';
import { isAheadOf } from '../ledger/decide/clock.ts';
import type { ClockWrong } from '../ledger/refusals.ts';
import type { State } from '../ledger/state.ts';
import type { Clock } from '../ports/ports.ts';

/** Why nothing may be spent now: this machine's clock is wrong, or another one was when the last line was written. */
export function clockDoubt(clock: Clock, state: State): ClockWrong | null {
  const doubt = clock.doubt?.() ?? null;
  if (doubt) return { reason: 'clock_wrong', whose: 'machine', shownAt: doubt.machineAt, rightAt: doubt.outsideAt };
  const now = clock.now();
  if (!isAheadOf(state, now)) return null;
  return { reason: 'clock_wrong', whose: 'ledger', shownAt: state.lastAt, rightAt: now };
}

/**
 * Why a wish has to wait for the right time; null for all that may go on, such as whatever ends a hold. By a machine whose
 * own clock is wrong no ledger is corrected.
 */
export function refusedFor({ kind }: CommandBody, doubt: ClockWrong | null): ClockWrong | null {
  if (kind === 'hold' || kind === 'approve' || kind === 'move_budget') return doubt;
  return kind === 'correct_clock' && doubt?.whose === 'machine' ? doubt : null;
}

/** A machine that slept is not taken for one whose clock is wrong: the time is asked for first. */
export async function makeSureOfTime({ clock }: { clock: Clock }): Promise<void> {
  if (clock.doubt?.()) await clock.askAround?.();
}

/** Longer than two machines differ, and shorter than anything that waits. */
export const CLOCK_TOLERANCE_MS = 2 * 60_000;

/** How long ago that was. What lies ahead was written by a clock that was wrong, nobody knows when: too long ago for anything. */
export function elapsedMs(clock: Pick<Clock, 'now'>, sinceAt: number): number {
  const elapsed = clock.now() - sinceAt;
  return elapsed < -CLOCK_TOLERANCE_MS ? Number.POSITIVE_INFINITY : elapsed;
}

/** Whether somebody has it until then. A longer lease than anybody takes was written by a clock that was wrong. */
export function isLeased(
  clock: Pick<Clock, 'now'>,
  { untilAt, longestMs }: { untilAt: number; longestMs: number },
): boolean {
  const left = untilAt - clock.now();
  return left > 0 && left <= longestMs + CLOCK_TOLERANCE_MS;
}
