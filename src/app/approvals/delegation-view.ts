import { delegatorsOf } from '../../ledger/rights/manages.ts';
import { may } from '../../ledger/rights/rights.ts';
import type { State } from '../../ledger/state.ts';

/** A person's delegate for approvals, and the people whose delegate they are. */
export type DelegationView = {
  mayNameDelegate: boolean;
  /** Null while they decide themselves. */
  delegate: { toId: string; untilAt: number } | null;
  decidesForIds: readonly string[];
  /** In which days end. */
  timeZone: string;
};

export function delegationView(state: State, { by, at }: { by: string; at: number }): DelegationView | null {
  const mayNameDelegate = may(state, by, 'set_delegate');
  const decidesForIds = delegatorsOf(state, by, at).map(({ memberId }) => memberId);
  if (!mayNameDelegate && decidesForIds.length === 0) return null;
  const named = state.members.get(by)?.delegate ?? null;
  const delegate = named && named.untilAt > at ? named : null;
  return { mayNameDelegate, delegate, decidesForIds, timeZone: state.settings?.timeZone ?? 'UTC' };
}
