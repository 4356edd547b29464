import type { Change } from '../kinds/kind.ts';
import type { EntryOf } from '../lines.ts';
import { withdrawAllOf } from '../requests.ts';
import type { Role } from '../roles.ts';
import type { Member, State } from '../state.ts';

export const addMember = (state: State, line: Given): Change =>
  state.members.has(line.memberId) ? {} : setMember(state, newMember(line));

export const setRole = (state: State, line: EntryOf<'role_set'>): Change =>
  setMember(state, { ...(state.members.get(line.memberId) ?? newMember(line)), ...roleOf(line) });

export const removeMember = (state: State, { memberId, by, at }: EntryOf<'member_removed'>): Change => ({
  members: removed(state.members, memberId, { by, at }),
  requests: withdrawAllOf(state.requests, memberId, { by, at }),
});

export const bringBack = (state: State, line: EntryOf<'member_brought_back'>): Change =>
  changeMember(state, line.memberId, { status: 'active', statusBy: line.by, statusAt: line.at, ...roleOf(line) });

export const appointOwner = (state: State, line: EntryOf<'owner_appointed'>): Change =>
  setMember(state, appointed(state.members.get(line.memberId), line));

export function setDelegate(state: State, { by, at, toId, untilAt }: EntryOf<'delegate_set'>): Change {
  const isNamed = toId !== null && untilAt !== null;
  return changeMember(state, by, { delegate: isNamed ? { toId, namedAt: at, untilAt } : null });
}

const NOTHING: Member['manages'] = { clientIds: [], teamIds: [] };

/** The line states a list as it was asked for; twice the same team would count twice. */
export const once = (ids: readonly string[]) => [...new Set(ids)];

/** Also removes all that they looked after, and delegations to them: a person who comes back begins with nothing. */
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

/** A person who is no manager any more looks after nothing. */
const roleOf = ({ role, by }: Pick<Given, 'role' | 'by'>): Partial<Member> => ({
  role,
  roleBy: by,
  ...(role === 'manager' ? {} : { manages: NOTHING }),
});

const setMember = (state: State, member: Member): Change => ({ members: state.members.set(member.memberId, member) });

export function changeMember(state: State, memberId: string, to: Partial<Member>): Change {
  const member = state.members.get(memberId);
  if (!member) throw new Error(`member ${memberId} is not known`);
  return setMember(state, { ...member, ...to });
}
