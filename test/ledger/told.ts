import type { ApproveHow } from '../../src/ledger/commands/commands.ts';
import type { Line } from '../../src/ledger/lines.ts';

/** What some lines say, gathered from the first of them on: who is who, what belongs to whom, what was held and asked. */
export type Told = {
  timeZone: string;
  weekStartsOn: number;
  /** Each calendar that another one took the place of, and when. */
  calendarsBefore: { timeZone: string; weekStartsOn: number; untilAt: number }[];
  people: Map<string, Person>;
  /** Teams that are deleted, with what comes back with them. */
  deletedTeams: Map<string, { memberIds: string[]; managerIds: string[]; limits: Setting[] }>;
  /** Whether a client is open. */
  clients: Map<string, boolean>;
  projects: Map<string, { clientId: string; isOpen: boolean }>;
  channels: Map<string, string | null>;
  places: Map<string, string | null>;
  settings: Setting[];
  moves: OfKind<'budget_moved'>[];
  grants: Granted[];
  holds: One[];
  requests: Map<string, { line: OfKind<'asked'>; ends: string[] }>;
  rules: Map<string, NonNullable<OfKind<'rule_set'>['rule']>>;
  caps: Map<string, OfKind<'quality_capped'>>;
  burst: { requestsMax: number; withinMs: number; sinceSeq: number } | null;
  ownerAboveCredits: number | null;
  /** The stop that stands. */
  stopId: string | null;
};

export type OfKind<Kind extends Line['kind']> = Extract<Line, { kind: Kind }>;
export type Holds = OfKind<'held' | 'approved'>;
type Ends = OfKind<'captured' | 'voided' | 'slipped'>;

export type Person = {
  role: string;
  status: 'active' | 'suspended' | 'removed';
  teamIds: readonly string[];
  clientsManaged: readonly string[];
  teamsManaged: readonly string[];
  delegate: { toId: string; untilAt: number } | null;
};
/** One time that a limit was set; `limitCredits` null where it was taken away. */
export type Setting = {
  at: number;
  account: string;
  window: string;
  limitCredits: number | null;
  over: string;
  rollOverMaxCredits: number | null;
};
export type Granted = {
  by: string;
  grantId: string;
  account: string;
  amountCredits: number;
  expiresAt: number | null;
};
export type One = {
  line: Holds;
  holdId: string;
  amountCredits: number;
  draws: Holds['holds'][number]['draws'];
  end: Ends | null;
};

export function tell(lines: readonly Line[]): Told {
  const told = nothingTold();
  for (const line of lines) hear(told, line);
  return told;
}

export const nothingTold = (): Told => ({
  timeZone: 'UTC',
  weekStartsOn: 0,
  calendarsBefore: [],
  people: new Map(),
  deletedTeams: new Map(),
  clients: new Map(),
  projects: new Map(),
  channels: new Map(),
  places: new Map(),
  settings: [],
  moves: [],
  grants: [],
  holds: [],
  requests: new Map(),
  rules: new Map(),
  caps: new Map(),
  burst: null,
  ownerAboveCredits: null,
  stopId: null,
});

/** One more line. */
export function hear(told: Told, line: Line): void {
  // Each listener takes its own kind of line, which a table of them cannot say.
  const listener = HEARD[line.kind] as ((told: Told, line: Line) => void) | undefined;
  listener?.(told, line);
}

const HEARD: { [Kind in Line['kind']]?: (told: Told, line: OfKind<Kind>) => void } = {
  workspace_opened(told, { timeZone, weekStartsOn, ownerId }) {
    Object.assign(told, { timeZone, weekStartsOn });
    meet(told, ownerId, 'owner');
  },
  policy_set(told, { seq, at, policy }) {
    if (policy.name === 'timeZone' || policy.name === 'weekStartsOn') {
      const { timeZone, weekStartsOn } = told;
      told.calendarsBefore.push({ timeZone, weekStartsOn, untilAt: at });
      Object.assign(told, { [policy.name]: policy.value });
    }
    if (policy.name === 'burst') told.burst = policy.value && { ...policy.value, sinceSeq: seq };
    if (policy.name === 'ownerAboveCredits') told.ownerAboveCredits = policy.value;
  },
  member_added: (told, { memberId, role }) => meet(told, memberId, role),
  role_set(told, { memberId, role }) {
    meet(told, memberId, role);
    change(told, memberId, { role, ...(role === 'manager' ? {} : { clientsManaged: [], teamsManaged: [] }) });
  },
  manages_set: (told, { memberId, clientIds, teamIds }) =>
    change(told, memberId, { clientsManaged: clientIds, teamsManaged: teamIds }),
  teams_set: (told, { memberId, teamIds }) => change(told, memberId, { teamIds: [...new Set(teamIds)] }),
  member_suspended: (told, { memberId }) => change(told, memberId, { status: 'suspended' }),
  member_resumed: (told, { memberId }) => change(told, memberId, { status: 'active' }),
  member_removed(told, { memberId }) {
    change(told, memberId, {
      status: 'removed',
      teamIds: [],
      clientsManaged: [],
      teamsManaged: [],
      delegate: null,
    });
    for (const [id, { delegate }] of told.people) if (delegate?.toId === memberId) change(told, id, { delegate: null });
    for (const { line, ends } of told.requests.values()) {
      if (line.memberId === memberId && ends.length === 0) ends.push('removed');
    }
  },
  member_brought_back: (told, { memberId, role }) => change(told, memberId, { status: 'active', role }),
  owner_appointed(told, { memberId }) {
    meet(told, memberId, 'owner');
    change(told, memberId, { role: 'owner', status: 'active', clientsManaged: [], teamsManaged: [] });
  },
  delegate_set: (told, { by, toId, untilAt }) =>
    change(told, by, { delegate: toId === null || untilAt === null ? null : { toId, untilAt } }),
  team_deleted(told, { teamId, at }) {
    const account = `team:${teamId}`;
    const latest = new Map(told.settings.filter((each) => each.account === account).map((each) => [each.window, each]));
    const limits = [...latest.values()].filter(({ limitCredits }) => limitCredits !== null);
    told.settings.push(...limits.map((limit) => ({ ...limit, at, limitCredits: null })));
    const team: { memberIds: string[]; managerIds: string[]; limits: Setting[] } = {
      memberIds: [],
      managerIds: [],
      limits,
    };
    for (const [id, { teamIds, teamsManaged }] of told.people) {
      if (teamIds.includes(teamId)) team.memberIds.push(id);
      if (teamsManaged.includes(teamId)) team.managerIds.push(id);
      const others = (ids: readonly string[]) => ids.filter((each) => each !== teamId);
      change(told, id, { teamIds: others(teamIds), teamsManaged: others(teamsManaged) });
    }
    told.deletedTeams.set(teamId, team);
  },
  team_restored(told, { teamId, at }) {
    const team = told.deletedTeams.get(teamId) ?? { memberIds: [], managerIds: [], limits: [] };
    told.deletedTeams.delete(teamId);
    told.settings.push(...team.limits.map((limit) => ({ ...limit, at })));
    for (const [id, { role, status, teamIds, teamsManaged }] of told.people) {
      if (status === 'removed') continue;
      if (team.memberIds.includes(id) && teamIds.length < 5) change(told, id, { teamIds: [...teamIds, teamId] });
      if (team.managerIds.includes(id) && role === 'manager')
        change(told, id, { teamsManaged: [...teamsManaged, teamId] });
    }
  },
  client_created(told, { clientId, by }) {
    told.clients.set(clientId, true);
    const creator = told.people.get(by);
    if (creator?.role === 'manager') change(told, by, { clientsManaged: [...creator.clientsManaged, clientId] });
  },
  client_closed: (told, { clientId }) => void told.clients.set(clientId, false),
  client_reopened: (told, { clientId }) => void told.clients.set(clientId, true),
  channel_bound: (told, { channelId, clientId }) => void told.channels.set(channelId, clientId),
  channel_id_changed(told, { channelId, toChannelId }) {
    const clientId = told.channels.get(channelId);
    told.channels.delete(channelId);
    if (clientId !== undefined && !told.channels.has(toChannelId)) told.channels.set(toChannelId, clientId);
    for (const [key, projectId] of told.places) {
      const [channel, thread] = key.split(' ');
      if (channel !== channelId) continue;
      told.places.delete(key);
      const moved = `${toChannelId} ${thread}`;
      if (!told.places.has(moved)) told.places.set(moved, projectId);
    }
  },
  project_created: (told, { projectId, clientId }) => void told.projects.set(projectId, { clientId, isOpen: true }),
  project_closed: (told, { projectId }) => setOpen(told, projectId, false),
  project_reopened: (told, { projectId }) => setOpen(told, projectId, true),
  project_bound: (told, { channelId, threadTs, projectId }) =>
    void told.places.set(`${channelId} ${threadTs ?? ''}`, projectId),
  limit_set: (told, line) => void told.settings.push(line),
  rule_set(told, { scope, rule }) {
    if (rule) told.rules.set(scope, rule);
    else told.rules.delete(scope);
  },
  quality_capped: (told, line) => void told.caps.set(line.clientId, line),
  budget_moved: (told, line) => void told.moves.push(line),
  granted: (told, line) => void told.grants.push(line),
  spending_stopped(told, { commandId }) {
    told.stopId = commandId;
  },
  spending_resumed(told) {
    told.stopId = null;
  },
  // Whatever is dated later happened by then.
  clock_corrected(told, { at }) {
    const by = <Dated extends { at: number }>(dated: Dated): Dated => ({ ...dated, at: Math.min(dated.at, at) });
    told.settings = told.settings.map(by);
    told.moves = told.moves.map(by);
    told.holds = told.holds.map((one) => ({ ...one, line: by(one.line) }));
  },
  held: (told, line) => void told.holds.push(...heldBy(line)),
  captured: end,
  voided: end,
  slipped: end,
  asked: (told, line) => void told.requests.set(line.requestId, { line, ends: [] }),
  approved(told, line) {
    told.requests.get(line.requestId)?.ends.push('approved');
    told.grants.push(...line.grants.map((grant) => ({ ...grant, by: line.by })));
    told.settings.push(...raisedBy(told, line.how, line.at));
    told.holds.push(...heldBy(line));
  },
  denied: endRequest,
  withdrawn: endRequest,
  lapsed: endRequest,
};

function meet({ people }: Told, memberId: string, role: string) {
  const nobody = { teamIds: [], clientsManaged: [], teamsManaged: [], delegate: null };
  if (!people.has(memberId)) people.set(memberId, { role, status: 'active', ...nobody });
}

function change({ people }: Told, memberId: string, to: Partial<Person>) {
  const person = people.get(memberId);
  if (person) people.set(memberId, { ...person, ...to });
}

function setOpen({ projects }: Told, projectId: string, isOpen: boolean) {
  const project = projects.get(projectId);
  if (project) projects.set(projectId, { ...project, isOpen });
}

const heldBy = (line: Holds): One[] => line.holds.map((hold) => ({ line, ...hold, end: null }));

function end({ holds }: Told, line: Ends) {
  const hold = holds.find(({ holdId }) => holdId === line.holdId);
  if (hold) hold.end ??= line;
}

function endRequest({ requests }: Told, { kind, requestId }: OfKind<'denied' | 'withdrawn' | 'lapsed'>) {
  requests.get(requestId)?.ends.push(kind);
}

const raisedBy = ({ settings }: Told, how: ApproveHow, at: number): Setting[] =>
  (how.kind === 'raise' ? how.limits : []).flatMap((raised) => {
    const present = settings.findLast(({ account, window }) => account === raised.account && window === raised.window);
    return present ? [{ ...present, ...raised, at }] : [];
  });
