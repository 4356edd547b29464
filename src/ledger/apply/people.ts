import { withdrawAllOf } from '../requests.ts';
import type { Member, Role, State } from '../state.ts';
import type { Change, EntryOf } from './apply.ts';

type PeopleEntry = EntryOf<
  | 'member_added'
  | 'role_set'
  | 'manages_set'
  | 'teams_set'
  | 'member_suspended'
  | 'member_resumed'
  | 'member_removed'
  | 'member_brought_back'
  | 'owner_appointed'
  | 'delegate_set'
  | 'team_created'
  | 'team_renamed'
>;

/** What lines about people and teams change. */
export function applyPeople(state: State, line: PeopleEntry): Change {
  const { by, at } = line;
  switch (line.kind) {
    case 'member_added':
      return state.members.has(line.memberId) ? {} : setMember(state, newMember(line));
    case 'role_set':
      return setMember(state, { ...(state.members.get(line.memberId) ?? newMember(line)), ...roleOf(line) });
    case 'manages_set':
      return changed(state, line.memberId, {
        manages: { clientIds: once(line.clientIds), teamIds: once(line.teamIds) },
      });
    case 'teams_set':
      return changed(state, line.memberId, { teamIds: once(line.teamIds) });
    case 'member_suspended':
      return changed(state, line.memberId, { status: 'suspended', statusBy: by, statusAt: at });
    case 'member_resumed':
      return changed(state, line.memberId, { status: 'active', statusBy: by, statusAt: at });
    case 'member_removed':
      return {
        members: removed(state.members, line.memberId, { by, at }),
        requests: withdrawAllOf(state.requests, line.memberId, { by, at }),
      };
    case 'member_brought_back':
      return changed(state, line.memberId, { status: 'active', statusBy: by, statusAt: at, ...roleOf(line) });
    case 'owner_appointed':
      return setMember(state, appointed(state.members.get(line.memberId), line));
    case 'delegate_set': {
      const { toId, untilAt } = line;
      const isNamed = toId !== null && untilAt !== null;
      return changed(state, by, { delegate: isNamed ? { toId, namedAt: at, untilAt } : null });
    }
    case 'team_created':
    case 'team_renamed':
      return { teams: state.teams.set(line.teamId, { teamId: line.teamId, name: line.name }) };
  }
}

const NOTHING: Member['manages'] = { clientIds: [], teamIds: [] };

/** The line states a list as it was asked for; twice the same team would count twice. */
const once = (ids: readonly string[]) => [...new Set(ids)];

/** With all that they looked after, and all that others left to them: whoever comes back begins with nothing. */
function removed(members: State['members'], memberId: string, { by, at }: { by: string; at: number }) {
  if (!members.has(memberId)) throw new Error(`member ${memberId} is not known`);
  const without: Partial<Member> = { manages: NOTHING, teamIds: [], delegate: null };
  return members.map((member): Member => {
    if (member.memberId === memberId) {
      return { ...member, status: 'removed', statusBy: by, statusAt: at, ...without };
    }
    return member.delegate?.toId === memberId ? { ...member, delegate: null } : member;
  });
}

function appointed(member: Member | undefined, { memberId, by, at, how }: EntryOf<'owner_appointed'>): Member {
  const as = { memberId, role: 'owner', by, at } as const;
  const status: Partial<Member> = member?.status === 'active' ? {} : { status: 'active', statusBy: by, statusAt: at };
  return { ...(member ?? newMember(as)), ...roleOf(as), ...status, appointed: { at, how } };
}

type Given = { memberId: string; role: Role; by: string; at: number };

const newMember = ({ memberId, role, by, at }: Given): Member => ({
  memberId,
  role,
  roleBy: by,
  since: at,
  status: 'active',
  statusBy: by,
  statusAt: at,
  teamIds: [],
  manages: NOTHING,
  delegate: null,
});

/** Whoever is no manager any more looks after nothing any more. */
const roleOf = ({ role, by }: Pick<Given, 'role' | 'by'>): Partial<Member> => ({
  role,
  roleBy: by,
  ...(role === 'manager' ? {} : { manages: NOTHING }),
});

const setMember = (state: State, member: Member): Change => ({ members: state.members.set(member.memberId, member) });

function changed(state: State, memberId: string, to: Partial<Member>): Change {
  const member = state.members.get(memberId);
  if (!member) throw new Error(`member ${memberId} is not known`);
  return setMember(state, { ...member, ...to });
}
