import { memberAccount, teamAccount } from '../../ledger/accounts.ts';
import { activeWith, membersIn } from '../../ledger/lists/member-lists.ts';
import { openRequestsOf, type Request } from '../../ledger/requests.ts';
import { exceededNow } from '../../ledger/rights/approval-authority.ts';
import { may } from '../../ledger/rights/rights.ts';
import type { DeletedTeam, State } from '../../ledger/state.ts';
import { type Standing, standings, usageOf } from '../../ledger/usage/standings.ts';
import { windowKeysAt } from '../../ledger/usage/windows.ts';
import type { AppContext } from '../context.ts';
import type { Named, TeamRow } from './people-view.ts';
import { teamRow, teamsSeenBy } from './show-people.ts';

export type TeamMember = { memberId: string; usedThisMonthCredits: number };
export type TeamsView = {
  teams: readonly (TeamRow & { members: readonly TeamMember[] })[];
  /** What was typed matched none. */
  isUnknown: boolean;
};

/** One team, for those who may change it. */
export type TeamView = Named & {
  memberIds: readonly string[];
  managerIds: readonly string[];
  standings: readonly Standing[];
  /** Open requests that lack credits of the team’s limit. */
  waitingCount: number;
};

/** Null where the team is gone, or is not the reader's to change. */
export async function showTeam(
  context: AppContext,
  { by, teamId }: { by: string; teamId: string },
): Promise<TeamView | null> {
  const state = await context.book.read();
  const team = state.teams.get(teamId);
  if (!team || !may(state, by, 'set_teams')) return null;
  if ((await context.channels.audience(null, by)) !== 'internal') return null;
  const at = Math.max(context.clock.now(), state.lastAt);
  const account = teamAccount(teamId);
  const people = peopleOfTeam(state, teamId);
  const lacksHere = (request: Request) => exceededNow(state, request, at).some((each) => each.account === account);
  const waiting = people.memberIds.flatMap((memberId) => openRequestsOf(state.requests, memberId).filter(lacksHere));
  return {
    id: teamId,
    name: team.name,
    ...people,
    standings: standings(state, account, at),
    waitingCount: waiting.length,
  };
}

/** Those who are in a team and those who manage it, also of one that was deleted. */
export function peopleOfTeam(state: State, teamId: string): Pick<DeletedTeam, 'memberIds' | 'managerIds'> {
  const deleted = state.deletedTeams.get(teamId);
  if (deleted) return deleted;
  return {
    memberIds: membersIn(state.members, `team/${teamId}`).map(({ memberId }) => memberId),
    managerIds: activeWith(state, 'manager').flatMap(({ memberId, manages }) =>
      manages.teamIds.includes(teamId) ? [memberId] : [],
    ),
  };
}

/** In one message. */
const MEMBERS_MAX = 20;

/** The teams whose figures a person may see; one alone, with its members, where its name was said. */
export async function showTeams(
  context: AppContext,
  { by, named }: { by: string; named: string },
): Promise<TeamsView | null> {
  const state = await context.book.read();
  if (!may(state, by, 'see_people') || !state.settings) return null;
  if ((await context.channels.audience(null, by)) !== 'internal') return null;
  const at = Math.max(context.clock.now(), state.lastAt);
  const { month } = windowKeysAt(at, state.settings);
  const all = teamsSeenBy(state, by);
  const asked = named.trim().toLowerCase();
  const exact = all.filter(({ name }) => name.toLowerCase() === asked);
  const found = exact.length > 0 ? exact : all.filter(({ name }) => name.toLowerCase().includes(asked));
  // Owners and managers may be in a team as well: what they used is not its manager's business.
  const mayListUse = (memberId: string) =>
    memberId === by || may(state, by, 'see_figures', { account: memberAccount(memberId) });
  const members = (teamId: string): TeamMember[] =>
    membersIn(state.members, `team/${teamId}`)
      .filter(({ memberId }) => mayListUse(memberId))
      .map(({ memberId }) => ({
        memberId,
        usedThisMonthCredits: usageOf(state, memberAccount(memberId), month).usedCredits,
      }))
      .sort((a, b) => b.usedThisMonthCredits - a.usedThisMonthCredits || a.memberId.localeCompare(b.memberId))
      .slice(0, MEMBERS_MAX);
  const isOne = asked !== '' && found.length === 1;
  return {
    teams: found.map((team) => ({ ...teamRow(state, team, { by, at }), members: isOne ? members(team.id) : [] })),
    isUnknown: asked !== '' && found.length === 0,
  };
}
