import type { Of } from '../commands/commands.ts';
import type { Facts } from '../lines.ts';
import { accept, type Decision, type Refused, refuse } from '../refusals.ts';
import type { State, Stop } from '../state.ts';
import { checkCount, checkWords } from './checks.ts';

const PROBLEM_CHARACTERS_MAX = 1_000;

/** Whether a stop stands. */
export const isStopped = (stop: Stop | null): stop is Stop & { resumed: null } =>
  stop !== null && stop.resumed === null;

/** Null while spending goes on. What is held already comes to its end either way. */
export function checkSpending({ stop }: State): Refused | null {
  if (!isStopped(stop)) return null;
  return refuse({ reason: 'spending_stopped', stopId: stop.stopId, at: stop.at });
}

export function stopSpending(state: State, { brokenSeq, problem, brokenHash }: Of<'stop_spending'>): Decision<Facts> {
  return (
    checkSpending(state) ??
    checkCount('brokenSeq', brokenSeq, { min: 1, max: Number.MAX_SAFE_INTEGER }) ??
    checkWords('problem', problem, PROBLEM_CHARACTERS_MAX) ??
    accept({ kind: 'spending_stopped', brokenSeq, problem, ...(brokenHash === undefined ? {} : { brokenHash }) })
  );
}

export function resumeSpending({ stop }: State, { stopId }: Of<'resume_spending'>): Decision<Facts> {
  return isStopped(stop) && stop.stopId === stopId
    ? accept({ kind: 'spending_resumed', stopId })
    : refuse({ reason: 'spending_not_stopped', stopId });
}
