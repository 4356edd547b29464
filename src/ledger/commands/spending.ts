/** Commands about spending as a whole. */

/**
 * A check found a line that cannot be right: nothing new is held until an owner lets spending go on. The product alone
 * stops it. The command's id names the stop. `brokenHash`: of the wrong line as it was found, where it could be read. A line
 * that carries this hash was written before the wrong one was put right.
 */
export type StopSpending = { kind: 'stop_spending'; brokenSeq: number; problem: string; brokenHash?: string };

/** `stopId`: which stop it ends, so that a late click on one that is over does not end the next. */
export type ResumeSpending = { kind: 'resume_spending'; stopId: string };

export type SpendingKinds = {
  spending_stopped: { from: StopSpending };
  spending_resumed: { from: ResumeSpending };
};
