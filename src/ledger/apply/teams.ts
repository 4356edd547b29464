import { teamAccount } from '../accounts.ts';
import type { Change } from '../kinds/kind.ts';
import type { EntryOf } from '../lines.ts';
import { renamed } from '../lists/former-names.ts';
import type { Member, State } from '../state.ts';
import { TEAMS_OF_MEMBER_MAX } from '../teams.ts';
import { keysAt, setLimit } from './limits.ts';

export function setTeam(state: State, line: EntryOf<'team_created' | 'team_renamed'>): Change {
  const { teamId, name } = line;
  const team = state.teams.get(teamId) ?? { teamId, name };
  return { teams: state.teams.set(teamId, { ...team, ...renamed(team, line) }) };
}

/** What was used while people were in it stays counted there. What it had is kept, to be restored. */
export function deleteTeam(state: State, { teamId }: EntryOf<'team_deleted'>): Change {
  const team = state.teams.get(teamId);
  if (!team) return {};
  const account = teamAccount(teamId);
  const idsOf = (isIt: (member: Member) => boolean) => [...state.members.filter(isIt).keys()].sort();
  const memberIds = idsOf((member) => member.teamIds.includes(teamId));
  const managerIds = idsOf(({ manages }) => manages.teamIds.includes(teamId));
  const others = (ids: readonly string[]) => ids.filter((id) => id !== teamId);
  const limits = (state.limits.get(account) ?? []).map(({ before: _, ...limit }) => limit);
  return {
    teams: state.teams.delete(teamId),
    deletedTeams: state.deletedTeams.set(teamId, { ...team, memberIds, managerIds, limits }),
    limits: state.limits.delete(account),
    members: changed(state, [...memberIds, ...managerIds], ({ teamIds, manages }) => ({
      teamIds: others(teamIds),
      manages: { ...manages, teamIds: others(manages.teamIds) },
    })),
  };
}

/** Its limits are set again. Without those who were removed meanwhile, who are in as many teams as people may be, or who are no managers any more. */
export function restoreTeam(state: State, { teamId, at }: EntryOf<'team_restored'>): Change {
  const deleted = state.deletedTeams.get(teamId);
  if (!deleted) return {};
  const { memberIds, managerIds, limits, ...team } = deleted;
  return {
    teams: state.teams.set(teamId, team),
    deletedTeams: state.deletedTeams.delete(teamId),
    limits: limits.reduce(
      (all, limit) => setLimit({ limits: all }, { account: teamAccount(teamId), ...limit }, keysAt(state, at)),
      state.limits,
    ),
    members: changed(state, [...memberIds, ...managerIds], ({ memberId, status, role, teamIds, manages }) => {
      const isBack = memberIds.includes(memberId) && status !== 'removed' && teamIds.length < TEAMS_OF_MEMBER_MAX;
      const leads = managerIds.includes(memberId) && status !== 'removed' && role === 'manager';
      return {
        teamIds: isBack ? [...teamIds, teamId] : teamIds,
        manages: leads ? { ...manages, teamIds: [...manages.teamIds, teamId] } : manages,
      };
    }),
  };
}

/** Each of them once. */
function changed({ members }: State, memberIds: readonly string[], to: (member: Member) => Partial<Member>) {
  return [...new Set(memberIds)].reduce((all, memberId) => {
    const member = all.get(memberId);
    return member ? all.set(memberId, { ...member, ...to(member) }) : all;
  }, members);
}
