import { type AccountId, parseAccount } from '../accounts.ts';
import type { Of } from '../commands/commands.ts';
import type { Moment } from '../kinds/kind.ts';
import type { Facts, FactsOf } from '../lines.ts';
import { accept, type Decision, invalid, type Refused, refuse } from '../refusals.ts';
import { checkLoosening, widerThan } from '../rights/ceilings.ts';
import { checkMove } from '../rights/check-move.ts';
import type { State } from '../state.ts';
import { figuresOf, leftInGrants, type Standing, sameFigures, standings } from '../usage/standings.ts';
import { ROLLS_OVER, type Window } from '../usage/windows.ts';
import { CREDITS_MAX, checkCount, checkId, checkName } from './checks.ts';

/** Below what is used or held is allowed: nothing new is held until there is room again, and open holds stand. */
export function setLimit(state: State, command: Of<'set_limit'>, { at }: Moment): Decision<Facts> {
  const { by, account, window, limitCredits, over, rollOverMaxCredits } = command;
  const most = { min: 0, max: CREDITS_MAX };
  const before = figuresOf(state, account, window);
  return (
    checkAccount(state, account) ??
    (limitCredits === null ? null : checkCount('limitCredits', limitCredits, most)) ??
    (rollOverMaxCredits === null ? null : checkCount('rollOverMaxCredits', rollOverMaxCredits, most)) ??
    (rollOverMaxCredits !== null && !ROLLS_OVER[window]
      ? invalid('rollOverMaxCredits', 'is only for a monthly limit')
      : null) ??
    checkWithin(state, { by, account, window, limitCredits, at }) ??
    checkLoosening(state, { by, account, window, limitCredits, over, rollOverMaxCredits }) ??
    accept({
      kind: 'limit_set',
      ...{ account, window, limitCredits, over, rollOverMaxCredits },
      ...(before ? { before } : {}),
    })
  );
}

export function grantCredits(state: State, command: Of<'grant'>, { at }: Moment): Decision<Facts> {
  const { grantId, account, amountCredits, expiresAt, reason } = command;
  if (state.grants.get(account)?.some((grant) => grant.grantId === grantId)) {
    return refuse({ reason: 'grant_exists', grantId });
  }
  if (expiresAt !== null && !(Number.isSafeInteger(expiresAt) && expiresAt > at)) {
    return invalid('expiresAt', 'must lie in the future');
  }
  return (
    checkId('grantId', grantId) ??
    checkAccount(state, account) ??
    checkCount('amountCredits', amountCredits, { min: 1, max: CREDITS_MAX }) ??
    checkName('reason', reason) ??
    accept({ kind: 'granted', grantId, account, amountCredits, expiresAt, reason })
  );
}

/**
 * Of what an account's own limit leaves, and to one that is limited too: elsewhere there would be nothing to add to. What
 * a grant adds stays where it was granted.
 */
export function moveBudget(state: State, command: Of<'move_budget'>, { at }: Moment): Decision<Facts> {
  const { by, from, to, window, amountCredits } = command;
  if (from === to) return invalid('to', 'must be another account');
  const wrong =
    checkAccount(state, from) ??
    checkAccount(state, to) ??
    checkCount('amountCredits', amountCredits, { min: 1, max: CREDITS_MAX });
  if (wrong) return wrong;
  const source = standingIn(state, { account: from, window, at });
  if (!source) return refuse({ reason: 'no_limit', account: from, window });
  if (!standingIn(state, { account: to, window, at })) return refuse({ reason: 'no_limit', account: to, window });
  const wayRound = checkMove(state, { by, from, to, window, amountCredits, at });
  if (wayRound) return wayRound;
  const { movableCredits: availableCredits, extraCredits } = movableOf(state, source, at);
  if (amountCredits > availableCredits) {
    const extra = extraCredits > 0 ? { extraCredits } : {};
    return refuse({ reason: 'not_enough_to_move', account: from, window, availableCredits, ...extra });
  }
  return accept({ kind: 'budget_moved', from, to, window, amountCredits });
}

/** Of what an account has left in a window, what can be moved, and what are extra credits, which cannot. */
export function movableOf(state: State, { account, limitCredits, availableCredits }: Standing, at: number) {
  const inGrants = leftInGrants(state, account, at);
  return {
    movableCredits: Math.max(0, Math.min(limitCredits, availableCredits - inGrants)),
    extraCredits: Math.max(0, Math.min(inGrants, availableCredits)),
  };
}

const standingIn = (state: State, of: { account: AccountId; window: Window; at: number }) =>
  standings(state, of.account, of.at).find(({ window }) => window === of.window);

type Setting = { by: string; account: AccountId; window: Window; limitCredits: number | null; at: number };

/** A manager gives people and projects no more than the client, or the team that they look after, has itself. */
function checkWithin(state: State, { by, account, window, limitCredits, at }: Setting): Refused | null {
  const manager = state.members.get(by);
  if (manager?.role !== 'manager') return null;
  for (const of of widerThan(state, account, manager.manages.teamIds)) {
    const wider = standingIn(state, { account: of, window, at });
    if (!wider || (limitCredits !== null && limitCredits <= wider.limitCredits)) continue;
    return refuse({ reason: 'above_limit_of', account, of, window, limitCredits: wider.limitCredits });
  }
  return null;
}

export function checkAccount(state: State, text: AccountId): Refused | null {
  const account = parseAccount(text);
  if (!account) return invalid('account', 'is not an account');
  if ('clientId' in account && !state.clients.has(account.clientId)) {
    return refuse({ reason: 'client_unknown', clientId: account.clientId });
  }
  if ('memberId' in account && !state.members.has(account.memberId)) {
    return refuse({ reason: 'not_a_member', memberId: account.memberId });
  }
  if ('teamId' in account && !state.teams.has(account.teamId)) {
    return refuse({ reason: 'team_unknown', teamId: account.teamId });
  }
  if ('projectId' in account && !state.projects.has(account.projectId)) {
    return refuse({ reason: 'project_unknown', projectId: account.projectId });
  }
  return null;
}

export function isSameLimit(state: State, facts: FactsOf<'limit_set'>): boolean {
  const { limitCredits, over, rollOverMaxCredits } = facts;
  const wanted = limitCredits === null ? null : { limitCredits, over, rollOverMaxCredits };
  return sameFigures(figuresOf(state, facts.account, facts.window), wanted);
}
