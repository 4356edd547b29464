import { type AccountId, parseAccount } from '../../ledger/accounts.ts';
import type { State } from '../../ledger/state.ts';
import { teamNameOf } from '../../ledger/teams.ts';

/** The owner of an account, as people call it. */
export type AccountLabel = {
  account: AccountId;
  kind: 'agency' | 'team' | 'client' | 'project' | 'member' | 'member_in_client' | 'unknown';
  /** Of the team, project or client; for a member in a client the client's. Null where the ledger knows none. */
  name: string | null;
  memberId: string | null;
};

export function labelOf(state: State, account: AccountId): AccountLabel {
  const parsed = parseAccount(account);
  const label = { account, kind: parsed?.kind ?? ('unknown' as const), name: null, memberId: null };
  switch (parsed?.kind) {
    case 'team':
      return { ...label, name: teamNameOf(state, parsed.teamId) ?? null };
    case 'client':
      return { ...label, name: state.clients.get(parsed.clientId)?.name ?? null };
    case 'project':
      return { ...label, name: state.projects.get(parsed.projectId)?.name ?? null };
    case 'member':
      return { ...label, memberId: parsed.memberId };
    case 'member_in_client': {
      const { memberId, clientId } = parsed;
      return { ...label, memberId, name: state.clients.get(clientId)?.name ?? null };
    }
    case 'agency':
    case undefined:
      return label;
  }
}
