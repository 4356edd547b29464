import { type AccountId, parseAccount } from '../../ledger/accounts.ts';
import { type Named, nameAt } from '../../ledger/lists/former-names.ts';
import type { State } from '../../ledger/state.ts';
import { teamEver } from '../../ledger/teams.ts';

/** The owner of an account, as people call it. */
export type AccountLabel = {
  account: AccountId;
  kind: 'agency' | 'team' | 'client' | 'project' | 'member' | 'member_in_client' | 'unknown';
  /** Of the team, project or client; for a member in a client the client's. Null where the ledger knows none. */
  name: string | null;
  memberId: string | null;
};

/** `seq`: of the line that it was called so by; left out, it is what it is called now. */
export function labelOf(state: State, account: AccountId, { seq = state.seq } = {}): AccountLabel {
  const parsed = parseAccount(account);
  const named = namedOf(state, account);
  return {
    account,
    kind: parsed?.kind ?? 'unknown',
    name: named ? nameAt(named, seq) : null,
    memberId: parsed && 'memberId' in parsed ? parsed.memberId : null,
  };
}

/** The team, project or client whose name an account has; for a member in a client the client. */
export function namedOf(state: State, account: AccountId): Named | null {
  const parsed = parseAccount(account);
  switch (parsed?.kind) {
    case 'team':
      return teamEver(state, parsed.teamId) ?? null;
    case 'client':
    case 'member_in_client':
      return state.clients.get(parsed.clientId) ?? null;
    case 'project':
      return state.projects.get(parsed.projectId) ?? null;
    case 'agency':
    case 'member':
    case undefined:
      return null;
  }
}
