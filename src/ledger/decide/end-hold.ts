import type { Of } from '../commands/commands.ts';
import type { Facts } from '../lines.ts';
import { accept, type Decision, refuse } from '../refusals.ts';
import type { Hold, State } from '../state.ts';
import { checkCount } from './checks.ts';

const COST_MAX_MICRO_USD = 1_000_000_000_000;

/**
 * Also after the deadline, as long as the hold is open: the image is there. What was being made for a person who
 * was removed meanwhile is the agency's to pay, and no client's.
 */
export function captureHold(state: State, command: Of<'capture'>): Decision<Facts> {
  const { holdId, capturedCredits, costMicroUsd } = command;
  const open = state.holds.get(holdId);
  if (!open) return refuse({ reason: 'hold_not_open', holdId });
  const wrong =
    checkCount('capturedCredits', capturedCredits, { min: 0, max: Number.MAX_SAFE_INTEGER }) ??
    checkCount('costMicroUsd', costMicroUsd, { min: 0, max: COST_MAX_MICRO_USD });
  if (wrong) return wrong;
  if (capturedCredits > open.amountCredits) {
    return refuse({ reason: 'capture_exceeds_hold', holdId, heldCredits: open.amountCredits, capturedCredits });
  }
  const chargedTo = state.members.get(open.memberId)?.status === 'removed' ? 'agency' : 'all';
  return accept({ kind: 'captured', holdId, capturedCredits, costMicroUsd, chargedTo, ...whose(open) });
}

export function voidHold(state: State, { holdId, reason }: Of<'void'>): Decision<Facts> {
  const open = state.holds.get(holdId);
  if (!open) return refuse({ reason: 'hold_not_open', holdId });
  return accept({ kind: 'voided', holdId, reason, ...whose(open) });
}

/** The outcome stayed unknown: the client gets the credits back, the agency bears the loss. */
export function slipHold(state: State, { holdId }: Of<'slip'>): Decision<Facts> {
  const open = state.holds.get(holdId);
  if (!open) return refuse({ reason: 'hold_not_open', holdId });
  return accept({ kind: 'slipped', holdId, ...whose(open) });
}

const whose = ({ memberId, teamIds, clientId, projectId, amountCredits: heldCredits }: Hold) => ({
  memberId,
  teamIds,
  clientId,
  projectId,
  heldCredits,
});
