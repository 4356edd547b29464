import type { AccountId } from '../../ledger/accounts.ts';
import type { AlertChoice } from '../../ledger/alert-choices.ts';
import { limitAction, may } from '../../ledger/rights/rights.ts';
import type { State } from '../../ledger/state.ts';
import type { Window } from '../../ledger/usage/windows.ts';
import { type AccountLabel, labelOf } from '../limits/account-label.ts';
import { type AlertState, isStanding } from './alert-state.ts';

/** What those who are responsible for an account read of one of its limits. */
export type LimitAlertCard = {
  kind: 'limit_alert';
  /** When it was drawn. */
  at: number;
  label: AccountLabel;
  window: Window;
  now: AlertState;
  /** The shares that were reached, and when first; also those that it is below again. */
  reached: readonly { percent: number; at: number }[];
  muted: AlertChoice | null;
  /** What its reader may do, and is offered. None where there is nothing to be done any more. */
  may: { raise: boolean; move: boolean; mute: boolean };
};

const NOTHING = { raise: false, move: false, mute: false };

type Drawn = { account: AccountId; window: Window; states: readonly AlertState[]; memberId: string; at: number };

export function limitAlertCard(state: State, { account, window, states, memberId, at }: Drawn): LimitAlertCard {
  const now = states.at(-1);
  if (!now) throw new Error('an alert without a state');
  const muted = state.alerts.get(account)?.muted ?? null;
  return {
    kind: 'limit_alert',
    at,
    label: labelOf(state, account),
    window,
    now,
    reached: reachedIn(states),
    muted: muted && muted.untilAt > at ? muted : null,
    may: isStanding(now) ? rightsOf(state, { account, memberId, at }) : NOTHING,
  };
}

function reachedIn(states: readonly AlertState[]): { percent: number; at: number }[] {
  const first = new Map<number, number>();
  for (const { percent, at } of states) if (percent !== null && !first.has(percent)) first.set(percent, at);
  return [...first].map(([percent, at]) => ({ percent, at }));
}

type Reader = { account: AccountId; memberId: string; at: number };

const rightsOf = (state: State, { account, memberId, at }: Reader): LimitAlertCard['may'] => ({
  raise: may(state, memberId, limitAction(account), { account, at }),
  move: may(state, memberId, 'move_budget', { account, at }),
  mute: may(state, memberId, 'mute_alerts', { account, at }),
});
