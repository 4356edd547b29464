import { apply } from '../../src/ledger/apply/apply.ts';
import { INKWELL } from '../../src/ledger/commands/commands.ts';
import type { Line } from '../../src/ledger/lines.ts';
import { emptyState, type Member, type State } from '../../src/ledger/state.ts';

/**
 * Whether whoever wrote a line had the authority for it, said once more in other words than the ledger's table: from the
 * roles and scopes as they were before the line. One sentence for each line that should not be there.
 */
export function wrongLines(lines: readonly Line[]): string[] {
  let state = emptyState(lines[0]?.workspace ?? '');
  const wrong: string[] = [];
  for (const line of lines) {
    const why = line.by === INKWELL || line.kind === 'refused' ? null : complaint(state, line);
    if (why !== null) wrong.push(`line ${line.seq}, ${line.kind} by ${line.by}: ${why}`);
    state = apply(state, line);
  }
  return wrong;
}

function complaint(state: State, line: Line): string | null {
  const who = state.members.get(line.by);
  if (who?.status !== 'active') return 'is not active';
  if (who.role === 'owner') return complaintAboutOwner(state, line);
  return who.role === 'manager' ? complaintAboutManager(state, who, line) : complaintAboutOther(state, who, line);
}

/** An owner may do anything but decide about their own request, or leave nobody to own it. */
function complaintAboutOwner(state: State, line: Line): string | null {
  if (line.kind === 'owner_appointed') return 'appoints from outside Slack';
  if (line.kind === 'approved' || line.kind === 'denied') return ownRequest(state, line);
  return line.kind === 'withdrawn' && line.memberId !== line.by ? 'withdraws what somebody else asked for' : null;
}

function complaintAboutManager(state: State, who: Member, line: Line): string | null {
  const looksAfter = scopeOf(state, who);
  const unless = (right: boolean) => (right ? null : 'does not look after it');
  switch (line.kind) {
    case 'member_added':
      return unless(line.role === 'creator' || line.role === 'viewer');
    case 'client_created':
    case 'delegate_set':
      return null;
    case 'client_renamed':
    case 'approvals_channel_set':
    case 'project_created':
      return unless(looksAfter.client(line.clientId));
    case 'channel_bound': {
      const present = state.channels.get(line.channelId) ?? null;
      return unless([line.clientId, present].every((each) => each === null || looksAfter.client(each)));
    }
    case 'project_changed':
    case 'project_closed':
    case 'project_reopened':
      return unless(looksAfter.project(line.projectId));
    case 'project_bound':
      return unless(line.projectId === null || looksAfter.project(line.projectId));
    case 'limit_set':
      return unless(/^(member|project):/.test(line.account) && looksAfter.account(line.account));
    case 'rule_set':
      return unless(looksAfter.account(line.scope));
    case 'budget_moved':
      return unless(looksAfter.account(line.from) && looksAfter.account(line.to));
    case 'member_suspended':
    case 'member_resumed':
    case 'member_removed':
      return unless(looksAfter.account(`member:${line.memberId}`));
    case 'approved':
    case 'asked':
    case 'captured':
    case 'channel_id_changed':
    case 'client_closed':
    case 'clock_corrected':
    case 'client_reopened':
    case 'denied':
    case 'escalated':
    case 'granted':
    case 'held':
    case 'lapsed':
    case 'manages_set':
    case 'member_brought_back':
    case 'owner_appointed':
    case 'policy_set':
    case 'refused':
    case 'role_set':
    case 'slipped':
    case 'spending_resumed':
    case 'spending_stopped':
    case 'team_created':
    case 'team_renamed':
    case 'teams_set':
    case 'voided':
    case 'withdrawn':
    case 'workspace_opened':
      return complaintAboutOther(state, who, line);
  }
}

function complaintAboutOther(state: State, who: Member, line: Line): string | null {
  switch (line.kind) {
    case 'held':
    case 'asked':
      return who.role === 'viewer' || line.memberId !== line.by ? 'may not spend' : null;
    case 'withdrawn':
      return line.memberId === line.by ? null : 'withdraws what somebody else asked for';
    case 'approved':
    case 'denied':
      return ownRequest(state, line) ?? mayDecideHere(state, who, line);
    case 'approvals_channel_set':
    case 'budget_moved':
    case 'captured':
    case 'channel_bound':
    case 'channel_id_changed':
    case 'client_closed':
    case 'clock_corrected':
    case 'client_created':
    case 'client_renamed':
    case 'client_reopened':
    case 'delegate_set':
    case 'escalated':
    case 'granted':
    case 'lapsed':
    case 'limit_set':
    case 'manages_set':
    case 'member_added':
    case 'member_brought_back':
    case 'member_removed':
    case 'member_resumed':
    case 'member_suspended':
    case 'owner_appointed':
    case 'policy_set':
    case 'project_bound':
    case 'project_changed':
    case 'project_closed':
    case 'project_created':
    case 'project_reopened':
    case 'refused':
    case 'role_set':
    case 'rule_set':
    case 'slipped':
    case 'spending_resumed':
    case 'spending_stopped':
    case 'team_created':
    case 'team_renamed':
    case 'teams_set':
    case 'voided':
    case 'workspace_opened':
      return `is only a ${who.role}`;
  }
}

const ownRequest = (state: State, { by, requestId }: Line & { kind: 'approved' | 'denied' }) =>
  state.requests.get(requestId)?.memberId === by ? 'decides about their own request' : null;

/** A manager of the client or of one of the asking member's teams, or the delegate of one or of an owner. */
function mayDecideHere(state: State, who: Member, line: Line & { kind: 'approved' | 'denied' }): string | null {
  const inPlaceOf = [...state.members.values()].filter(
    ({ delegate, status }) => status === 'active' && delegate?.toId === who.memberId && delegate.untilAt > line.at,
  );
  const may = [who, ...inPlaceOf].some(
    (each) =>
      each.role === 'owner' ||
      (each.role === 'manager' &&
        (scopeOf(state, each).client(line.clientId) || scopeOf(state, each).account(`member:${line.memberId}`))),
  );
  return may ? null : 'has no say about it';
}

function scopeOf(state: State, { role, manages }: Member) {
  const client = (clientId: string) => role === 'manager' && manages.clientIds.includes(clientId);
  const project = (projectId: string) => client(state.projects.get(projectId)?.clientId ?? '');
  const inTeam = (memberId: string) => {
    const about = state.members.get(memberId);
    const isLed = about?.role === 'creator' || about?.role === 'viewer';
    return isLed && about.teamIds.some((teamId) => manages.teamIds.includes(teamId));
  };
  const account = (text: string): boolean => {
    const [, kind, id = '', clientId] = /^(client|project|team|member):([^@]+)(?:@client:(.+))?$/.exec(text) ?? [];
    if (clientId !== undefined) return client(clientId);
    if (kind === 'client') return client(id);
    if (kind === 'project') return project(id);
    return kind === 'team' ? manages.teamIds.includes(id) : kind === 'member' && inTeam(id);
  };
  return { client, project, account };
}
