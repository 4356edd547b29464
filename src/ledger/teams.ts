import type { State, Team } from './state.ts';

/** A hold touches every team of its member: more than a handful would make one line a page long. */
export const TEAMS_OF_MEMBER_MAX = 5;

/** A team, also one that was deleted: history still names it. */
export const teamEver = ({ teams, deletedTeams }: State, teamId: string): Team | undefined =>
  teams.get(teamId) ?? deletedTeams.get(teamId);

export const teamNameOf = (state: State, teamId: string): string | undefined => teamEver(state, teamId)?.name;
