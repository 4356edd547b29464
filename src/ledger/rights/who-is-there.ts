import type { Member, State } from '../state.ts';

type Asking = { at: number; can(member: Member): boolean };

/** Lists those of a group who are there now, and the delegates of those who are away; each of them can do it themselves. */
export function thereOf(state: State, group: readonly Member[], { at, can }: Asking): Member[] {
  const standIns = group.flatMap((each) => activeDelegate(state, each, at) ?? []);
  return [...new Set([...group, ...standIns])].filter((each) => !isAway(each, at) && can(each));
}

/** Leaves out those who are away; nothing is left where all are. */
export const withoutAway = (state: State, memberIds: readonly string[], at: number): readonly string[] =>
  memberIds.filter((memberId) => {
    const member = state.members.get(memberId);
    return member === undefined || !isAway(member, at);
  });

/** Another person decides for a member who is away. */
const isAway = (member: Member, at: number): boolean => delegateOf(member, at) !== null;

function activeDelegate(state: State, away: Member, at: number): Member | null {
  const member = state.members.get(delegateOf(away, at) ?? '');
  return member?.status === 'active' && member.role !== 'viewer' ? member : null;
}

const delegateOf = ({ delegate }: Member, at: number): string | null =>
  delegate !== null && delegate.untilAt > at ? delegate.toId : null;
