import { type AccountId, parseAccount } from '../accounts.ts';
import { membersIn } from '../lists/member-lists.ts';
import type { Member, State } from '../state.ts';

/** Whether a manager looks after an account: theirs are named clients and teams, and what belongs to them. */
export function managesAccount(state: State, member: Member, accountId: AccountId): boolean {
  if (member.role !== 'manager') return false;
  const { clientIds, teamIds } = member.manages;
  const account = parseAccount(accountId);
  switch (account?.kind) {
    case 'client':
      return clientIds.includes(account.clientId);
    case 'member_in_client':
      return clientIds.includes(account.clientId);
    case 'project':
      return clientIds.includes(state.projects.get(account.projectId)?.clientId ?? '');
    case 'team':
      return teamIds.includes(account.teamId);
    case 'member': {
      const about = state.members.get(account.memberId);
      const isLedByRole = about !== undefined && (about.role === 'creator' || about.role === 'viewer');
      return isLedByRole && about.teamIds.some((teamId) => teamIds.includes(teamId));
    }
    case 'agency':
    case undefined:
      return false;
  }
}

/** The active members whose delegate a person is now. */
export const delegatorsOf = ({ members }: State, toId: string, at: number): Member[] =>
  membersIn(members, `delegates/${toId}`).filter(({ delegate }) => delegate !== null && delegate.untilAt > at);
