import type { Of } from '../commands.ts';
import type { Facts } from '../lines.ts';
import { accept, type Decision, invalid, refuse } from '../refusals.ts';
import type { State } from '../state.ts';
import { isTimeZone } from '../windows.ts';
import { checkCount, checkId } from './checks.ts';

export function openWorkspace(state: State, command: Of<'open_workspace'>): Decision<Facts> {
  if (state.settings) return refuse({ reason: 'already_open' });
  const { kind: _, commandId: __, by: ___, ...facts } = command;
  if (!isTimeZone(facts.timeZone)) return invalid('timeZone', 'is not a time zone this machine knows');
  return (
    checkId('ownerId', facts.ownerId) ??
    checkCount('weekStartsOn', facts.weekStartsOn, { min: 0, max: 6 }) ??
    checkCount('creditValueMicroUsd', facts.creditValueMicroUsd, { min: 1, max: 1_000_000_000 }) ??
    checkCount('markupBasisPoints', facts.markupBasisPoints, { min: 1, max: 10_000_000 }) ??
    accept({ kind: 'workspace_opened', ...facts })
  );
}

export function addMember(_: State, { memberId, role }: Of<'add_member'>): Decision<Facts> {
  return checkId('memberId', memberId) ?? accept({ kind: 'member_added', memberId, role });
}

export function setRole(state: State, { memberId, role }: Of<'set_role'>): Decision<Facts> {
  const wrong = checkId('memberId', memberId);
  if (wrong) return wrong;
  const owners = state.members.filter((member) => member.role === 'owner');
  if (role !== 'owner' && owners.size === 1 && owners.has(memberId)) return refuse({ reason: 'last_owner', memberId });
  return accept({ kind: 'role_set', memberId, role });
}
