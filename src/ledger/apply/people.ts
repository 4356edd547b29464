import type { Change, EntryOf } from '../apply.ts';
import { withdrawAllOf } from '../requests.ts';
import type { Member, State } from '../state.ts';

type PeopleEntry = EntryOf<
  | 'member_added'
  | 'role_set'
  | 'manages_set'
  | 'teams_set'
  | 'member_suspended'
  | 'member_resumed'
  | 'member_removed'
  | 'member_brought_back'
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
      return changed(state, line.memberId, { manages: { clientIds: line.clientIds, teamIds: line.teamIds } });
    case 'teams_set':
      return changed(state, line.memberId, { teamIds: line.teamIds });
    case 'member_suspended':
      return changed(state, line.memberId, { status: 'suspended', statusBy: by, statusAt: at });
    case 'member_resumed':
      return changed(state, line.memberId, { status: 'active', statusBy: by, statusAt: at });
    case 'member_removed':
      return {
        ...changed(state, line.memberId, {
          status: 'removed',
          statusBy: by,
          statusAt: at,
          manages: NOTHING,
          teamIds: [],
          delegate: null,
        }),
        requests: withdrawAllOf(state.requests, line.memberId, { by, at }),
      };
    case 'member_brought_back':
      return changed(state, line.memberId, { status: 'active', statusBy: by, statusAt: at, ...roleOf(line) });
    case 'delegate_set': {
      const { toId, untilAt } = line;
      return changed(state, by, { delegate: toId === null || untilAt === null ? null : { toId, untilAt } });
    }
    case 'team_created':
    case 'team_renamed':
      return { teams: state.teams.set(line.teamId, { teamId: line.teamId, name: line.name }) };
  }
}

const NOTHING: Member['manages'] = { clientIds: [], teamIds: [] };

const newMember = ({ memberId, role, by, at }: EntryOf<'member_added' | 'role_set'>): Member => ({
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
const roleOf = ({ role, by }: EntryOf<'role_set' | 'member_brought_back'>): Partial<Member> => ({
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
