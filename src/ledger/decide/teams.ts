import type { Of } from '../commands/commands.ts';
import type { Facts } from '../lines.ts';
import { accept, type Decision, refuse } from '../refusals.ts';
import type { State } from '../state.ts';
import { checkId, checkName, sameName } from './checks.ts';

export function createTeam(state: State, { teamId, name }: Of<'create_team'>): Decision<Facts> {
  if (state.teams.has(teamId) || state.deletedTeams.has(teamId)) return refuse({ reason: 'team_exists', teamId });
  return (
    checkId('teamId', teamId) ??
    checkName('name', name) ??
    checkFree(state, { teamId, name }) ??
    accept({ kind: 'team_created', teamId, name })
  );
}

export function renameTeam(state: State, { teamId, name }: Of<'rename_team'>): Decision<Facts> {
  const before = state.teams.get(teamId)?.name;
  if (before === undefined) return refuse({ reason: 'team_unknown', teamId });
  return (
    checkName('name', name) ??
    checkFree(state, { teamId, name }) ??
    accept({ kind: 'team_renamed', teamId, name, before })
  );
}

/** A team that is deleted already is so already. */
export function deleteTeam(state: State, { teamId }: Of<'delete_team'>): Decision<Facts> {
  const isKnown = state.teams.has(teamId) || state.deletedTeams.has(teamId);
  return isKnown ? accept({ kind: 'team_deleted', teamId }) : refuse({ reason: 'team_unknown', teamId });
}

/** Its name may have been given to another team meanwhile. */
export function restoreTeam(state: State, { teamId }: Of<'restore_team'>): Decision<Facts> {
  const team = state.teams.get(teamId) ?? state.deletedTeams.get(teamId);
  if (!team) return refuse({ reason: 'team_unknown', teamId });
  return checkFree(state, team) ?? accept({ kind: 'team_restored', teamId });
}

function checkFree(state: State, { teamId, name }: { teamId: string; name: string }) {
  const taken = state.teams.some((team) => team.teamId !== teamId && sameName(team.name, name));
  return taken ? refuse({ reason: 'name_in_use', name, of: 'team' }) : null;
}
