import type { Of } from '../commands/commands.ts';
import type { Moment } from '../kinds/kind.ts';
import type { Facts } from '../lines.ts';
import { accept, type Decision, invalid, type Refused } from '../refusals.ts';
import type { State } from '../state.ts';
import { CREDITS_MAX, checkCount } from './checks.ts';
import { checkAccount } from './limits.ts';

const DAY_MS = 86_400_000;
/** A year’s window is the longest that a person may not want to hear of again. */
const MUTED_MAX_MS = 366 * DAY_MS;
/** Longer than this, what was usual says it. */
const EXPECTED_MAX_MS = 28 * DAY_MS;

export function muteAlerts(state: State, { account, untilAt }: Of<'mute_alerts'>, { at }: Moment): Decision<Facts> {
  return (
    checkAccount(state, account) ??
    (untilAt === null ? null : checkUntil(untilAt, at, MUTED_MAX_MS)) ??
    accept({ kind: 'alerts_muted', account, untilAt })
  );
}

export function expectUse(state: State, command: Of<'expect_use'>, { at }: Moment): Decision<Facts> {
  const { account, hourMaxCredits, untilAt } = command;
  return (
    checkAccount(state, account) ??
    checkCount('hourMaxCredits', hourMaxCredits, { min: 1, max: CREDITS_MAX }) ??
    checkUntil(untilAt, at, EXPECTED_MAX_MS) ??
    accept({ kind: 'use_expected', account, hourMaxCredits, untilAt })
  );
}

export function checkUntil(untilAt: number, at: number, longestMs: number): Refused | null {
  const isRight = Number.isSafeInteger(untilAt) && untilAt > at && untilAt <= at + longestMs;
  return isRight ? null : invalid('untilAt', `must lie in the next ${longestMs / DAY_MS} days`);
}
