/**
 * The ledger's time is ahead of the right one, because a clock was wrong when a line was written. `wrongAt`: what it had
 * come to, so that a late click does not correct a later fault. The moment of the decision is the right time.
 */
export type CorrectClock = { kind: 'correct_clock'; wrongAt: number };

export type ClockKinds = { clock_corrected: { from: CorrectClock } };
