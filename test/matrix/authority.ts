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
  const { manager } = ruleOf(line);
  if (!manager) return complaintAboutOther(state, who, line);
  return manager(line, scopeOf(state, who), state) ? null : 'does not look after it';
}

function complaintAboutOther(state: State, who: Member, line: Line): string | null {
  const { member } = ruleOf(line);
  return member ? member(line, who, state) : `is only a ${who.role}`;
}

type Kind = Line['kind'];
type Scope = ReturnType<typeof scopeOf>;
type Of<K extends Kind> = Line & { kind: K };

/** Who else than an owner may write a line of a kind. With neither entry nobody else may. */
type Rule<K extends Kind> = {
  /** Whether this manager may, where managers may more than others. */
  manager?(line: Of<K>, looksAfter: Scope, state: State): boolean;
  /** What is wrong with it for any other member. */
  member?(line: Of<K>, who: Member, state: State): string | null;
};

const OWNERS_ONLY = {};
const ofClient = { manager: ({ clientId }: { clientId: string }, after: Scope) => after.client(clientId) };
const ofProject = { manager: ({ projectId }: { projectId: string }, after: Scope) => after.project(projectId) };
const ofMember = { manager: ({ memberId }: { memberId: string }, after: Scope) => after.account(`member:${memberId}`) };
const ofAccount = { manager: ({ account }: { account: string }, after: Scope) => after.account(account) };
const spends = {
  member: ({ by, memberId }, { role }) => (role === 'viewer' || memberId !== by ? 'may not spend' : null),
} satisfies Rule<'held' | 'asked'>;
/** Images are seen by the people of the channel, and the ledger knows no channel's members. */
const marks = {
  member: (_, { role }) => (role === 'viewer' ? 'may not mark' : null),
} satisfies Rule<'image_marked' | 'stage_set'>;
const decides = {
  member: (line, who, state) => ownRequest(state, line) ?? mayDecideHere(state, who, line),
} satisfies Rule<'approved' | 'denied'>;

/** An entry for each kind: a new one does not compile without it. */
const RULES: { readonly [K in Kind]: Rule<K> } = {
  alerts_muted: ofAccount,
  quality_capped: ofClient,
  approvals_channel_set: ofClient,
  approved: decides,
  asked: spends,
  budget_moved: { manager: ({ from, to }, after) => after.account(from) && after.account(to) },
  captured: OWNERS_ONLY,
  channel_bound: {
    manager({ channelId, clientId }, after, { channels }) {
      return [clientId, channels.get(channelId) ?? null].every((each) => each === null || after.client(each));
    },
  },
  channel_id_changed: OWNERS_ONLY,
  client_closed: OWNERS_ONLY,
  client_created: { manager: () => true },
  client_digest_set: ofClient,
  client_renamed: ofClient,
  client_reopened: OWNERS_ONLY,
  clock_corrected: OWNERS_ONLY,
  delegate_set: { manager: () => true },
  denied: decides,
  escalated: OWNERS_ONLY,
  granted: OWNERS_ONLY,
  held: spends,
  image_marked: marks,
  lapsed: OWNERS_ONLY,
  limit_set: { manager: ({ account }, after) => /^(member|project):/.test(account) && after.account(account) },
  manages_set: OWNERS_ONLY,
  member_added: { manager: ({ role }) => role === 'creator' || role === 'viewer' },
  member_brought_back: OWNERS_ONLY,
  member_removed: ofMember,
  member_resumed: ofMember,
  member_suspended: ofMember,
  owner_appointed: OWNERS_ONLY,
  policy_set: OWNERS_ONLY,
  project_bound: { manager: ({ projectId }, after) => projectId === null || after.project(projectId) },
  project_changed: ofProject,
  project_closed: ofProject,
  project_created: ofClient,
  project_reopened: ofProject,
  refused: OWNERS_ONLY,
  role_set: OWNERS_ONLY,
  rule_set: { manager: ({ scope }, after) => after.account(scope) },
  slipped: OWNERS_ONLY,
  stage_set: marks,
  spending_resumed: OWNERS_ONLY,
  spending_stopped: OWNERS_ONLY,
  team_created: OWNERS_ONLY,
  team_deleted: OWNERS_ONLY,
  team_renamed: OWNERS_ONLY,
  team_restored: OWNERS_ONLY,
  teams_set: OWNERS_ONLY,
  voided: OWNERS_ONLY,
  withdrawn: {
    member: ({ by, memberId }) => (memberId === by ? null : 'withdraws what somebody else asked for'),
  },
  use_expected: ofAccount,
  workspace_opened: OWNERS_ONLY,
};

/** The entry of the line's own kind, which the compiler cannot tell from the others. */
const ruleOf = ({ kind }: Line) => RULES[kind] as Rule<Kind>;

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
