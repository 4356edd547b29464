import { type AccountId, clientAccount, parseAccount, teamAccount } from '../accounts.ts';
import type { Refused } from '../refusals.ts';
import type { State } from '../state.ts';
import { type Window, windowKeysAt } from '../usage/windows.ts';
import { isBound, isCovered, ownersOnly, softness } from './ceilings.ts';

type Move = { by: string; from: AccountId; to: AccountId; window: Window; amountCredits: number; at: number };

/**
 * A manager moves credits to what they could raise themselves, or between two clients, or two teams, that they manage:
 * there the sum of what owners allowed stays the same. What was moved away before may come back.
 */
export function checkMove(state: State, move: Move): Refused | null {
  const { by, from, to, window } = move;
  if (!isBound(state, by)) return null;
  const target = parseAccount(to)?.kind;
  if (target !== 'client' && target !== 'team') {
    return isCovered(state, { by, account: to, window }) ? null : ownersOnly('limit_uncovered', to);
  }
  const source = parseAccount(from);
  if (source?.kind !== target) return isReturn(state, move, target) ? null : ownersOnly('move_to_owners_limit', to);
  if (source.kind === 'client' && state.clients.get(source.clientId)?.closedAt !== null) {
    return ownersOnly('move_from_closed', from);
  }
  return softnessOf(state, from, window) > softnessOf(state, to, window)
    ? ownersOnly('move_from_softer_limit', to)
    : null;
}

/** Neither this client, nor all clients together, have more than owners gave them in this window; or so for teams. */
function isReturn(state: State, { to, window, amountCredits, at }: Move, kind: 'client' | 'team'): boolean {
  if (!state.settings) return false;
  const key = windowKeysAt(at, state.settings)[window];
  const moved = (account: AccountId) => state.use.get(account)?.find((use) => use.key === key)?.movedCredits ?? 0;
  // Asked by a manager who moves credits back to a client or a team, once a move. A deleted team keeps what was moved to it.
  const all: AccountId[] =
    kind === 'client'
      ? [...state.clients.keys()].map(clientAccount)
      : [...state.teams.keys(), ...state.deletedTeams.keys()].map(teamAccount);
  const sum = all.reduce((total, account) => total + moved(account), 0);
  return Math.max(moved(to), sum) + amountCredits <= 0;
}

const softnessOf = (state: State, account: AccountId, window: Window): number =>
  softness(state.limits.get(account)?.find((limit) => limit.window === window)?.over ?? 'warn');
