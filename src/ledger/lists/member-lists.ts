import { Map as ImmutableMap, List } from 'immutable';
import type { MemberStatus, Role } from '../roles.ts';
import type { Member, State } from '../state.ts';

type Members = State['members'];

/** What members are looked for by. `present`: not removed; so are those of a team. `delegates`: active, and away. */
export type MemberList =
  | `${'present' | Exclude<MemberStatus, 'active'>}/${Role}`
  | `team/${string}`
  | `delegates/${string}`;

type Lists = ImmutableMap<MemberList, List<string>>;

/**
 * The ids of a list, longest-standing first, without a look at everybody else. The lists of a map are kept while it lives;
 * the lists of one that can still change are not, because it would stay the same map with other members.
 */
export const listed = (members: Members, list: MemberList): List<string> => listsOf(members).get(list) ?? List();

/** The active members with a role, longest-standing first. */
export const activeWith = ({ members }: Pick<State, 'members'>, role: Role): Member[] =>
  membersIn(members, `present/${role}`).filter(({ status }) => status === 'active');

export const membersIn = (members: Members, list: MemberList): Member[] =>
  listed(members, list)
    .toArray()
    .flatMap((memberId) => members.get(memberId) ?? []);

/**
 * After a change of some members and of no others: what was known of the lists goes on with them, so that a person who joins
 * costs the same among twenty thousand as among twenty.
 */
export function carryLists(before: Members, after: Members, changedIds: Iterable<string>): void {
  const known = lists.get(before);
  if (!known || before === after || isMutable(after)) return;
  let next = known;
  const move = (memberId: string) => {
    next = moved(next, { before, after }, [before.get(memberId), after.get(memberId)]);
  };
  for (const memberId of changedIds) {
    move(memberId);
    // A removed member has no delegators.
    known.get(`delegates/${memberId}`)?.forEach(move);
  }
  lists.set(after, next);
}

const lists = new WeakMap<Members, Lists>();

const isMutable = (members: Members) => members.asMutable() === members;

function listsOf(members: Members): Lists {
  const known = lists.get(members);
  if (known) return known;
  const all = new Map<MemberList, string[]>();
  for (const member of [...members.values()].sort(byStanding)) {
    for (const list of listsWith(member)) {
      const ids = all.get(list);
      if (ids) ids.push(member.memberId);
      else all.set(list, [member.memberId]);
    }
  }
  const made: Lists = ImmutableMap([...all].map(([list, ids]) => [list, List(ids)]));
  if (!isMutable(members)) lists.set(members, made);
  return made;
}

function listsWith({ role, status, teamIds, delegate }: Member): MemberList[] {
  if (status === 'removed') return [`removed/${role}`];
  return [
    `present/${role}`,
    ...(status === 'suspended' ? [`suspended/${role}` as const] : []),
    ...(status === 'active' && delegate ? [`delegates/${delegate.toId}` as const] : []),
    ...teamIds.map((teamId) => `team/${teamId}` as const),
  ];
}

type Around = { before: Members; after: Members };

function moved(all: Lists, { before, after }: Around, [was, is]: [Member | undefined, Member | undefined]): Lists {
  if (was === is) return all;
  const from = was ? listsWith(was) : [];
  const to = is ? listsWith(is) : [];
  const left = from.filter((list) => !to.includes(list));
  const joined = to.filter((list) => !from.includes(list));
  return all.withMutations((next) => {
    for (const list of left) {
      const ids = next.get(list) ?? List();
      next.set(list, was ? ids.delete(placeOf(ids, was, before)) : ids);
    }
    for (const list of joined) {
      const ids = next.get(list) ?? List();
      if (is) next.set(list, inserted(ids, is, after));
    }
  });
}

function inserted(ids: List<string>, member: Member, members: Members): List<string> {
  const place = placeOf(ids, member, members);
  return place === ids.size ? ids.push(member.memberId) : ids.insert(place, member.memberId);
}

/** Where a member is in a list, or would be. */
function placeOf(ids: List<string>, member: Member, members: Members): number {
  let [from, to] = [0, ids.size];
  while (from < to) {
    const middle = (from + to) >> 1;
    const other = members.get(ids.get(middle) ?? '');
    if (other && byStanding(other, member) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Longest-standing first. */
export const byStanding = (a: Member, b: Member) => a.since - b.since || (a.memberId < b.memberId ? -1 : 1);
