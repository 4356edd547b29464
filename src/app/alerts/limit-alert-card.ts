import type { AccountId } from '../../ledger/accounts.ts';
import type { AlertChoice } from '../../ledger/alert-choices.ts';
import { clientOfAccount } from '../../ledger/lists/client-lists.ts';
import { limitAction, may } from '../../ledger/rights/rights.ts';
import type { QualityCap } from '../../ledger/rules.ts';
import type { State } from '../../ledger/state.ts';
import type { Window } from '../../ledger/usage/windows.ts';
import { type AccountLabel, labelOf } from '../limits/account-label.ts';
import { mayCapQuality } from '../limits/quality-cap-view.ts';
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
  /** The qualities that its client’s requests may have now, where they are capped. */
  cap: (QualityCap & { by: string; clientName: string }) | null;
  /** The buttons that its reader gets. One that no longer stands has only what lifts a cap. `ask`: to ask the owners for more. */
  may: { raise: boolean; move: boolean; mute: boolean; cap: boolean; ask: boolean };
};

const NOTHING = { raise: false, move: false, mute: false, cap: false, ask: false };

type Drawn = { account: AccountId; window: Window; states: readonly AlertState[]; memberId: string; at: number };

export function limitAlertCard(state: State, { account, window, states, memberId, at }: Drawn): LimitAlertCard {
  const now = states.at(-1);
  if (!now) throw new Error('an alert without a state');
  const muted = state.alerts.get(account)?.muted ?? null;
  const cap = capOf(state, account, at);
  const all = rightsOf(state, { account, memberId, at });
  // More of what will be left over is nothing to ask for.
  const rights = { ...all, ask: all.ask && now.left === null };
  return {
    kind: 'limit_alert',
    at,
    label: labelOf(state, account),
    window,
    now,
    reached: reachedIn(states),
    muted: muted && muted.untilAt > at ? muted : null,
    cap,
    may: isStanding(now) ? rights : { ...NOTHING, cap: cap !== null && rights.cap },
  };
}

function reachedIn(states: readonly AlertState[]): { percent: number; at: number }[] {
  const first = new Map<number, number>();
  for (const { percent, at } of states) if (percent !== null && !first.has(percent)) first.set(percent, at);
  return [...first].map(([percent, at]) => ({ percent, at }));
}

type Reader = { account: AccountId; memberId: string; at: number };

function rightsOf(state: State, { account, memberId, at }: Reader): LimitAlertCard['may'] {
  const mayRaise = may(state, memberId, limitAction(account), { account, at });
  const clientId = clientOfAccount(state, account);
  return {
    raise: mayRaise,
    move: may(state, memberId, 'move_budget', { account, at }),
    mute: may(state, memberId, 'mute_alerts', { account, at }),
    cap: clientId !== null && mayCapQuality(state, { by: memberId, clientId, at }),
    ask: !mayRaise,
  };
}

function capOf(state: State, account: AccountId, at: number): LimitAlertCard['cap'] {
  const clientId = clientOfAccount(state, account);
  const client = clientId === null ? null : state.clients.get(clientId);
  const cap = client?.qualityCap;
  if (!cap || cap.untilAt <= at) return null;
  return { qualities: cap.qualities, untilAt: cap.untilAt, by: cap.by, clientName: client.name };
}
