import { type AccountId, parseAccount } from '../accounts.ts';
import type { Of } from '../commands.ts';
import type { Facts } from '../lines.ts';
import { accept, type Decision, invalid, refuse } from '../refusals.ts';
import type { State } from '../state.ts';
import { CREDITS_MAX, checkCount, checkId, checkName } from './checks.ts';

/** Below what is used or held is allowed: nothing new is held until there is room again, and open holds stand. */
export function setLimit(state: State, { account, window, limitCredits }: Of<'set_limit'>): Decision<Facts> {
  return (
    checkAccount(state, account) ??
    (limitCredits === null ? null : checkCount('limitCredits', limitCredits, { min: 0, max: CREDITS_MAX })) ??
    accept({ kind: 'limit_set', account, window, limitCredits })
  );
}

export function grantCredits(state: State, command: Of<'grant'>, at: number): Decision<Facts> {
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

function checkAccount(state: State, text: AccountId) {
  const account = parseAccount(text);
  if (!account) return invalid('account', 'is not an account');
  if (account.kind === 'client' && !state.clients.has(account.clientId)) {
    return refuse({ reason: 'client_unknown', clientId: account.clientId });
  }
  if (account.kind === 'member' && !state.members.has(account.memberId)) {
    return refuse({ reason: 'not_a_member', memberId: account.memberId });
  }
  return null;
}
