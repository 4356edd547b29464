import type { Of } from '../commands/commands.ts';
import { INKWELL } from '../commands/commands.ts';
import type { Moment } from '../kinds/kind.ts';
import type { Facts, FactsOf } from '../lines.ts';
import { activeWith } from '../lists/member-lists.ts';
import { accept, type Decision, invalid, type Refused, refuse } from '../refusals.ts';
import type { State } from '../state.ts';
import { TEAMS_OF_MEMBER_MAX } from '../teams.ts';
import { checkCount, checkId } from './checks.ts';
import { CREDIT_VALUE_MICRO_USD, checkTimeZone, MARKUP_BASIS_POINTS, WEEK_STARTS_ON } from './policy.ts';

const MANAGES_MAX = 500;
/** A person who is away for longer needs a successor, not a delegate. */
const DELEGATE_MAX_MS = 365 * 24 * 3_600_000;

export function openWorkspace(state: State, command: Of<'open_workspace'>): Decision<Facts> {
  if (state.settings) return refuse({ reason: 'already_open' });
  const { kind: _, commandId: __, by: ___, ...facts } = command;
  return (
    checkTimeZone(facts.timeZone) ??
    checkId('ownerId', facts.ownerId) ??
    checkCount('weekStartsOn', facts.weekStartsOn, WEEK_STARTS_ON) ??
    checkCount('creditValueMicroUsd', facts.creditValueMicroUsd, CREDIT_VALUE_MICRO_USD) ??
    checkCount('markupBasisPoints', facts.markupBasisPoints, MARKUP_BASIS_POINTS) ??
    accept({ kind: 'workspace_opened', ...facts })
  );
}

export function addMember(state: State, command: Of<'add_member'>): Decision<Facts> {
  const { memberId, role } = command;
  return (
    onlyHelpers(state, command) ??
    checkId('memberId', memberId) ??
    checkActive(state, memberId) ??
    accept({ kind: 'member_added', memberId, role })
  );
}

export function setRole(state: State, { memberId, role }: Of<'set_role'>): Decision<Facts> {
  const wrong = checkId('memberId', memberId) ?? checkActive(state, memberId);
  if (wrong) return wrong;
  if (role !== 'owner' && isLastOwner(state, memberId)) return refuse({ reason: 'last_owner', memberId });
  return accept({ kind: 'role_set', memberId, role });
}

export function setManages(state: State, { memberId, clientIds, teamIds }: Of<'set_manages'>): Decision<Facts> {
  const wrong = checkActive(state, memberId, 'known');
  if (wrong) return wrong;
  const role = state.members.get(memberId)?.role;
  if (role && role !== 'manager') return refuse({ reason: 'not_a_manager', memberId, role });
  const unknown = clientIds.find((clientId) => !state.clients.has(clientId));
  if (unknown !== undefined) return refuse({ reason: 'client_unknown', clientId: unknown });
  return (
    checkTeams(state, teamIds, MANAGES_MAX) ??
    (clientIds.length > MANAGES_MAX ? invalid('clientIds', `must be at most ${MANAGES_MAX}`) : null) ??
    accept({ kind: 'manages_set', memberId, clientIds, teamIds })
  );
}

export function setTeams(state: State, { memberId, teamIds }: Of<'set_teams'>): Decision<Facts> {
  return (
    checkActive(state, memberId, 'known') ??
    checkTeams(state, teamIds, TEAMS_OF_MEMBER_MAX) ??
    accept({ kind: 'teams_set', memberId, teamIds })
  );
}

/** A delegate decides in another's place, so they have to be active and able to make images. */
export function setDelegate(state: State, { by, toId, untilAt }: Of<'set_delegate'>, { at }: Moment): Decision<Facts> {
  if (!state.members.has(by)) return refuse({ reason: 'not_a_member', memberId: by });
  if (toId === null && untilAt === null) return accept({ kind: 'delegate_set', toId, untilAt });
  if (toId === null || untilAt === null) return invalid('untilAt', 'goes with somebody who decides until then');
  const delegate = state.members.get(toId);
  if (delegate?.status !== 'active' || delegate.role === 'viewer' || toId === by) {
    return refuse({ reason: 'cannot_delegate_to', memberId: toId });
  }
  if (!Number.isSafeInteger(untilAt) || untilAt <= at) return invalid('untilAt', 'must lie in the future');
  if (untilAt > at + DELEGATE_MAX_MS) return invalid('untilAt', 'must lie within a year');
  return accept({ kind: 'delegate_set', toId, untilAt });
}

export function appointOwner(state: State, { memberId, how }: Of<'appoint_owner'>): Decision<Facts> {
  const member = state.members.get(memberId);
  if (member?.role === 'owner' && member.status === 'active') return invalid('memberId', 'is an owner already');
  return checkId('memberId', memberId) ?? accept({ kind: 'owner_appointed', memberId, how });
}

export function isLastOwner(state: State, memberId: string): boolean {
  const [first, ...others] = activeWith(state, 'owner');
  return first?.memberId === memberId && others.length === 0;
}

/** Returns null where the person is known and, unless only that is asked, neither suspended nor removed. */
function checkActive(state: State, memberId: string, asked: 'known' | 'active_if_known' = 'active_if_known') {
  const member = state.members.get(memberId);
  if (!member) return asked === 'known' ? refuse({ reason: 'not_a_member', memberId }) : null;
  return member.status === 'removed' ? refuse({ reason: 'member_not_active', memberId, status: 'removed' }) : null;
}

function checkTeams(state: State, teamIds: readonly string[], most: number): Refused | null {
  const unknown = teamIds.find((teamId) => !state.teams.has(teamId));
  if (unknown !== undefined) return refuse({ reason: 'team_unknown', teamId: unknown });
  return teamIds.length > most ? invalid('teamIds', `must be at most ${most}`) : null;
}

/** A role that the product gave is confirmed by another person: Slack alone does not take it away again. */
export function isSameRole(
  { members }: State,
  { memberId, role }: FactsOf<'role_set'>,
  { by }: { by: string },
): boolean {
  const member = members.get(memberId);
  return member?.role === role && (by === INKWELL || by === memberId || member.roleBy !== INKWELL);
}

export function isSameDelegate(
  { members }: State,
  facts: FactsOf<'delegate_set'>,
  { by, at }: { by: string; at: number },
): boolean {
  const present = members.get(by)?.delegate;
  const now = present && present.untilAt > at ? present : null;
  return (now?.toId ?? null) === facts.toId && (now?.untilAt ?? null) === facts.untilAt;
}

/** A manager invites creators and viewers. Managers and owners are an owner's choice. */
function onlyHelpers(state: State, { by, role }: Of<'add_member'>): Refused | null {
  const mayInviteAny = by === INKWELL || state.members.get(by)?.role === 'owner';
  if (mayInviteAny || role === 'creator' || role === 'viewer') return null;
  return refuse({ reason: 'not_allowed', action: 'set_role', role: 'manager', roles: ['owner'], account: null });
}
