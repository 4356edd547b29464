import type { State } from './state.ts';

/** A hold touches every team of its member: more than a handful would make one line a page long. */
export const TEAMS_OF_MEMBER_MAX = 5;

/** What a team is called, or was until it was deleted: history still names it. */
export const teamNameOf = ({ teams, deletedTeams }: State, teamId: string): string | undefined =>
  (teams.get(teamId) ?? deletedTeams.get(teamId))?.name;
