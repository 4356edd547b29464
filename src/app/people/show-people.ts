import { memberAccount, teamAccount } from '../../ledger/accounts.ts';
import { byStanding, listed, type MemberList } from '../../ledger/lists/member-lists.ts';
import { limitAction, may } from '../../ledger/rights/rights.ts';
import { ROLES } from '../../ledger/roles.ts';
import type { Member, State } from '../../ledger/state.ts';
import { usageOf } from '../../ledger/usage/standings.ts';
import { usableStandings } from '../../ledger/usage/usable.ts';
import { windowKeysAt } from '../../ledger/usage/windows.ts';
import { PeopleFault } from '../../ports/ports.ts';
import type { AppContext } from '../context.ts';
import { lessSaid } from '../limits/less-said.ts';
import type { Named, PeopleFilter, PeopleLook, PeopleView, PersonRow, TeamRow } from './people-view.ts';
import { peopleSeenBy, type Seen, seenBy } from './who-is-seen.ts';

export const PEOPLE_A_PAGE = 20;
/** In one look; the others are found by name. */
const TEAMS_SHOWN_MAX = 15;

/** One page of the matching people that a person may see. Null for a person who may see none. */
export async function showPeople(context: AppContext, look: PeopleLook & { by: string }): Promise<PeopleView | null> {
  const { by } = look;
  const state = await context.book.read();
  if (!may(state, by, 'see_people') || (await context.channels.audience(null, by)) !== 'internal') return null;
  const at = Math.max(context.clock.now(), state.lastAt);
  const names = look.find.trim() === '' ? NO_NAMES : await namesOf(context);
  const found =
    look.find.trim() === '' && may(state, by, 'see_agency')
      ? everybody(state, look.filter)
      : whoMatches(state, { ...look, at }, names ?? NO_NAMES);
  const pagesCount = Math.max(1, Math.ceil(found.count / PEOPLE_A_PAGE));
  const page = Math.min(Math.max(0, look.page), pagesCount - 1);
  const see = seenBy(state, by, at);
  const teams = teamsSeenBy(state, by);
  const asked = look.find.trim() === '' ? teams : teams.filter(({ name }) => contains(name, look.find));
  const shown = (asked.length > 0 ? asked : teams).slice(0, TEAMS_SHOWN_MAX);
  return {
    look: { find: look.find, filter: look.filter, page },
    rows: found
      .page(page * PEOPLE_A_PAGE, (page + 1) * PEOPLE_A_PAGE)
      .flatMap((member) => see(member) ?? [])
      .map((each) => personRow(state, each, { by, at })),
    foundCount: found.count,
    knownCount: found.knownCount,
    pagesCount,
    teams: shown.map((team) => teamRow(state, team, { by, at })),
    teamsCount: teams.length,
    mayInvite: may(state, by, 'add_member'),
    mayCreateTeams: may(state, by, 'create_team'),
    mayRenameTeams: may(state, by, 'rename_team'),
    maySetLimits: may(state, by, 'set_limit'),
    defaultRole: may(state, by, 'set_policy') ? (state.settings?.defaultRole ?? null) : null,
    withoutNames: names === null,
  };
}

type Found = {
  count: number;
  /** Of all people that the reader sees under this filter. */
  knownCount: number;
  page(from: number, to: number): Member[];
};

/** A reader who sees all members turns the pages without a look at the others. */
function everybody({ members }: State, filter: PeopleFilter): Found {
  const lists = listsOf(filter).map((list) => listed(members, list));
  const count = lists.reduce((sum, { size }) => sum + size, 0);
  const page = (from: number, to: number) => {
    const rows: Member[] = [];
    let before = 0;
    for (const list of lists) {
      for (let index = Math.max(0, from - before); index < Math.min(list.size, to - before); index += 1) {
        const member = members.get(list.get(index) ?? '');
        if (member) rows.push(member);
      }
      before += list.size;
    }
    return rows;
  };
  return { count, knownCount: count, page };
}

/** Those who look after things first. */
function listsOf(filter: PeopleFilter): MemberList[] {
  switch (filter) {
    case 'all':
      return ROLES.map((role) => `present/${role}` as const);
    case 'managers':
      return ['present/owner', 'present/manager'];
    case 'suspended':
    case 'removed':
      return ROLES.map((role) => `${filter}/${role}` as const);
  }
}

type Search = PeopleLook & { by: string; at: number };

function whoMatches(state: State, { by, at, filter, find }: Search, names: ReadonlyMap<string, string>): Found {
  const seen = peopleSeenBy(state, by, at).filter((each) => isAsked(each, filter));
  const found = (find.trim() === '' ? seen : seen.filter((each) => matches(state, each, names, find))).sort(byRole);
  const page = (from: number, to: number) => found.slice(from, to).map(({ member }) => member);
  return { count: found.length, knownCount: seen.length, page };
}

const NO_NAMES: ReadonlyMap<string, string> = new Map();

/** Null where Slack could not be asked: then people are found by what the ledger knows of them. */
export async function namesOf({ people }: AppContext): Promise<ReadonlyMap<string, string> | null> {
  try {
    return await people.names();
  } catch (error) {
    if (error instanceof PeopleFault) return null;
    throw error;
  }
}

function isAsked({ member: { role, status } }: Seen, filter: PeopleFilter): boolean {
  switch (filter) {
    case 'all':
      return status !== 'removed';
    case 'managers':
      return status !== 'removed' && (role === 'manager' || role === 'owner');
    case 'suspended':
    case 'removed':
      return status === filter;
  }
}

/** Each word that was typed begins one of the name, the id, the role or a team. */
function matches(state: State, { member, figures }: Seen, names: ReadonlyMap<string, string>, find: string): boolean {
  const teamIds = figures === 'all' ? member.teamIds : [];
  const teams = teamIds.map((teamId) => state.teams.get(teamId)?.name ?? '');
  return contains([names.get(member.memberId) ?? '', member.memberId, member.role, ...teams].join(' '), find);
}

function contains(text: string, find: string): boolean {
  const words = plainly(text).split(/\s+/);
  return plainly(find)
    .split(/\s+/)
    .every((typed) => words.some((word) => word.startsWith(typed)));
}

/** Capitals, accents and the @ before a name make no difference. */
export const plainly = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/[\p{M}@]/gu, '')
    .toLowerCase()
    .trim();

/** Those who look after things first, then the longest-standing. */
const byRole = ({ member: a }: Seen, { member: b }: Seen) =>
  ROLES.indexOf(a.role) - ROLES.indexOf(b.role) || byStanding(a, b);

/** Another manager's clients are none of a manager's business. */
export function personRow(state: State, seen: Seen, { by, at }: { by: string; at: number }): PersonRow {
  const { member, figures, usedThisMonthCredits } = seen;
  const { memberId, role, status, teamIds, manages } = member;
  const isWhole = figures === 'all';
  const mayName = isWhole && (may(state, by, 'see_agency') || memberId === by);
  return {
    memberId,
    role,
    status,
    teams: isWhole ? named(state.teams, teamIds) : [],
    clients: mayName ? named(state.clients, manages.clientIds) : [],
    leads: mayName ? named(state.teams, manages.teamIds) : [],
    figures,
    standings: isWhole ? usableStandings(state, memberAccount(memberId), at) : [],
    less: isWhole ? lessSaid(state, { by, account: memberAccount(memberId), at }) : null,
    usedThisMonthCredits,
  };
}

const named = (all: { get(id: string): { name: string } | undefined }, ids: readonly string[]): Named[] =>
  ids.map((id) => ({ id, name: all.get(id)?.name ?? id }));

export const teamsSeenBy = (state: State, by: string): Named[] =>
  [...state.teams.values()]
    .filter(({ teamId }) => may(state, by, 'see_figures', { account: teamAccount(teamId) }))
    .map(({ teamId: id, name }) => ({ id, name }))
    .sort((a, b) => a.name.localeCompare(b.name));

export function teamRow(state: State, team: Named, { by, at }: { by: string; at: number }): TeamRow {
  const account = teamAccount(team.id);
  const month = state.settings && windowKeysAt(at, state.settings).month;
  return {
    ...team,
    membersCount: listed(state.members, `team/${team.id}`).size,
    standings: usableStandings(state, account, at),
    less: lessSaid(state, { by, account, at }),
    usedThisMonthCredits: month ? usageOf(state, account, month).usedCredits : 0,
    mayEditLimits: may(state, by, limitAction(account), { account, at }),
  };
}
