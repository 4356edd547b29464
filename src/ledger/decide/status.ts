import type { Of } from '../commands.ts';
import type { Facts } from '../lines.ts';
import { accept, type Decision, type Refused, refuse } from '../refusals.ts';
import type { Member, MemberStatus, State } from '../state.ts';
import { checkWords } from './checks.ts';
import { isLastOwner } from './members.ts';

const REASON_CHARACTERS_MAX = 300;

export function suspendMember(state: State, { memberId, reason }: Of<'suspend_member'>): Decision<Facts> {
  return (
    checkStatus(state, memberId, ['active']) ??
    (isLastOwner(state, memberId) ? refuse({ reason: 'last_owner', memberId }) : null) ??
    checkWords('reason', reason, REASON_CHARACTERS_MAX) ??
    accept({ kind: 'member_suspended', memberId, reason })
  );
}

export function resumeMember(state: State, { memberId }: Of<'resume_member'>): Decision<Facts> {
  return checkStatus(state, memberId, ['suspended']) ?? accept({ kind: 'member_resumed', memberId });
}

/** The last owner stays: somebody else has to be one first. */
export function removeMember(state: State, { memberId, reason }: Of<'remove_member'>): Decision<Facts> {
  return (
    checkStatus(state, memberId, ['active', 'suspended']) ??
    (isLastOwner(state, memberId) ? refuse({ reason: 'last_owner', memberId }) : null) ??
    checkWords('reason', reason, REASON_CHARACTERS_MAX) ??
    accept({ kind: 'member_removed', memberId, reason })
  );
}

export function bringBackMember(state: State, { memberId, role }: Of<'bring_back_member'>): Decision<Facts> {
  return checkStatus(state, memberId, ['removed']) ?? accept({ kind: 'member_brought_back', memberId, role });
}

function checkStatus(state: State, memberId: string, wanted: readonly MemberStatus[]): Refused | null {
  const member: Member | undefined = state.members.get(memberId);
  if (!member) return refuse({ reason: 'not_a_member', memberId });
  return wanted.includes(member.status)
    ? null
    : refuse({ reason: 'member_not_active', memberId, status: member.status });
}
