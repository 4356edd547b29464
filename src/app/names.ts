import { type AccountId, clientAccount, parseAccount, projectAccount } from '../ledger/accounts.ts';
import type { Refusal } from '../ledger/refusals.ts';
import type { State } from '../ledger/state.ts';
import { teamNameOf } from '../ledger/teams.ts';

/** What clients, teams and projects are called, by their accounts; people are mentioned instead. */
export type Names = Readonly<Record<string, string>>;

export function namesOf(state: State, accounts: readonly AccountId[]): Names {
  return Object.fromEntries(
    accounts.flatMap((account) => {
      const called = nameOfAccount(state, account);
      return called === undefined ? [] : [[account, called]];
    }),
  );
}

/** The names that it takes to say a refusal. */
export const namesIn = (state: State, refusal: Refusal): Names => namesOf(state, accountsIn(refusal));

function nameOfAccount(state: State, text: AccountId): string | undefined {
  const account = parseAccount(text);
  switch (account?.kind) {
    case 'client':
      return state.clients.get(account.clientId)?.name;
    case 'team':
      return teamNameOf(state, account.teamId);
    case 'project':
      return state.projects.get(account.projectId)?.name;
    case 'agency':
    case 'member':
    case 'member_in_client':
    case undefined:
      return undefined;
  }
}

/** The accounts that a refusal is about. */
export function accountsIn(refusal: Refusal): AccountId[] {
  if ('exceeded' in refusal) return refusal.exceeded.map(({ account }) => account);
  if (refusal.reason === 'above_limit_of') return [refusal.account, refusal.of];
  if (refusal.reason === 'client_closed') return [clientAccount(refusal.clientId)];
  return refusal.reason === 'project_closed' ? [projectAccount(refusal.projectId)] : [];
}
