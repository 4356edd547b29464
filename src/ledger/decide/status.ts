import { memberAccount } from '../accounts.ts';
import type { Of } from '../commands/commands.ts';
import type { Facts } from '../lines.ts';
import { accept, type Decision, type Refused, refuse } from '../refusals.ts';
import { isBound, ownersOnly } from '../rights/ceilings.ts';
import type { MemberStatus } from '../roles.ts';
import type { Member, State } from '../state.ts';
import { holdsOf } from '../usage/usage.ts';
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

export function resumeMember(state: State, { by, memberId }: Of<'resume_member'>): Decision<Facts> {
  return (
    checkStatus(state, memberId, ['suspended']) ??
    checkResume(state, by, memberId) ??
    accept({ kind: 'member_resumed', memberId })
  );
}

/** The last owner stays: another one has to be appointed first. */
export function removeMember(state: State, { by, memberId, reason }: Of<'remove_member'>): Decision<Facts> {
  return (
    checkStatus(state, memberId, ['active', 'suspended']) ??
    (isLastOwner(state, memberId) ? refuse({ reason: 'last_owner', memberId }) : null) ??
    checkWords('reason', reason, REASON_CHARACTERS_MAX) ??
    checkRemoval(state, by, memberId) ??
    accept({ kind: 'member_removed', memberId, reason })
  );
}

export function bringBackMember(state: State, { memberId, role }: Of<'bring_back_member'>): Decision<Facts> {
  return checkStatus(state, memberId, ['removed']) ?? accept({ kind: 'member_brought_back', memberId, role });
}

/** An owner who suspends a person means that the person spends nothing. */
export function checkResume(state: State, by: string, memberId: string): Refused | null {
  const suspendedBy = state.members.get(state.members.get(memberId)?.statusBy ?? '');
  const isOwners = isBound(state, by) && suspendedBy?.role === 'owner';
  return isOwners ? ownersOnly('suspended_by_owner', memberAccount(memberId)) : null;
}

/** The agency pays for an image of a removed person: the client's limit would be free for more. */
export function checkRemoval(state: State, by: string, memberId: string): Refused | null {
  const isMaking = isBound(state, by) && holdsOf(state, memberId).length > 0;
  return isMaking ? ownersOnly('images_in_progress', memberAccount(memberId)) : null;
}

function checkStatus(state: State, memberId: string, wanted: readonly MemberStatus[]): Refused | null {
  const member: Member | undefined = state.members.get(memberId);
  if (!member) return refuse({ reason: 'not_a_member', memberId });
  return wanted.includes(member.status)
    ? null
    : refuse({ reason: 'member_not_active', memberId, status: member.status });
}
