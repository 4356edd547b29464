import { type AccountId, AGENCY, accountsOf, clientAccount, memberAccount, projectAccount } from '../accounts.ts';
import type { Balance, Facts } from '../lines.ts';
import type { State } from '../state.ts';
import { standings, usageOf } from './standings.ts';

/** Every account that a line's facts touch: those it is found by, and whose balances it carries. */
export function touchedBy(facts: Facts): readonly AccountId[] {
  switch (facts.kind) {
    case 'held':
    case 'captured':
    case 'voided':
    case 'slipped':
    case 'asked':
    case 'approved':
    case 'denied':
    case 'withdrawn':
    case 'escalated':
    case 'lapsed':
      return accountsOf(facts);
    case 'limit_set':
    case 'granted':
      return [facts.account];
    case 'budget_moved':
      return [facts.from, facts.to];
    case 'rule_set':
      return facts.scope.startsWith('role:') ? [] : [facts.scope as AccountId];
    case 'client_created':
    case 'client_renamed':
    case 'client_closed':
    case 'client_reopened':
    case 'approvals_channel_set':
      return [clientAccount(facts.clientId)];
    case 'project_created':
      return [clientAccount(facts.clientId), projectAccount(facts.projectId)];
    case 'project_changed':
    case 'project_closed':
    case 'project_reopened':
      return [projectAccount(facts.projectId)];
    case 'project_bound':
      return facts.projectId === null ? [] : [projectAccount(facts.projectId)];
    case 'channel_bound':
      return facts.clientId === null ? [] : [clientAccount(facts.clientId)];
    case 'team_created':
    case 'team_renamed':
      return [`team:${facts.teamId}`];
    case 'member_added':
    case 'role_set':
    case 'manages_set':
    case 'teams_set':
    case 'member_suspended':
    case 'member_resumed':
    case 'member_removed':
    case 'member_brought_back':
    case 'owner_appointed':
      return [memberAccount(facts.memberId)];
    case 'delegate_set':
      return facts.toId === null ? [] : [memberAccount(facts.toId)];
    case 'workspace_opened':
      return [AGENCY, memberAccount(facts.ownerId)];
    case 'channel_id_changed':
      return [];
    case 'policy_set':
    case 'spending_stopped':
    case 'spending_resumed':
    case 'clock_corrected':
      return [AGENCY];
    case 'refused':
      return facts.accounts;
  }
}

/** What the accounts have after a line, one entry a limit; `total` where an account has none. */
export function balancesAfter(state: State, accounts: readonly AccountId[], at: number): Balance[] {
  const balances: Balance[] = [];
  for (const account of accounts) {
    const limited = standings(state, account, at);
    for (const { key, usedCredits, heldCredits, availableCredits } of limited) {
      balances.push({ account, window: key, usedCredits, heldCredits, availableCredits });
    }
    if (limited.length === 0) balances.push(unlimited(state, account));
  }
  return balances;
}

function unlimited(state: State, account: AccountId): Balance {
  const { usedCredits, heldCredits } = usageOf(state, account, 'total');
  return { account, window: 'total', usedCredits, heldCredits, availableCredits: null };
}
