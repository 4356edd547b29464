import type { AccountId } from '../../src/ledger/accounts.ts';
import type { Line } from '../../src/ledger/lines.ts';
import type { Request } from '../../src/ledger/requests.ts';
import type { Member, State } from '../../src/ledger/state.ts';
import { standings } from '../../src/ledger/usage/standings.ts';
import { windowKeysAt } from '../../src/ledger/usage/windows.ts';
import type { Job } from '../../src/storage/records/job.ts';
import type { Organisation } from './organisation.ts';

/**
 * What somebody may know, said once more and in other words than the ledger's table of rights, from who they are and what
 * they look after:
 *
 * - Owners know everything. Everybody else knows their own figures, which clients and projects those were for, and the figures of their own teams while they
 *   are active.
 * - Managers know the clients they look after with all that belongs to them, the teams that they lead, and the creators and
 *   viewers in those. Of whoever else used one of their clients they know that alone.
 * - Whoever is in a channel knows what its client may use, and among people of the agency alone its projects as well.
 * - Whoever is in a client's channel for approvals knows what its requests are for, this client's figures, and those of
 *   whoever asks.
 * - Whoever has to decide about a request, and whoever asked for it, knows what it is for and which limits it is over.
 * - Whoever alone reads a private answer beside people from outside knows the channel’s client with its projects, and themselves.
 * - Guests, and whatever is said where people from outside read along: own figures, and the channel's client. The image form
 *   is seen by its reader alone: to whoever is no guest it names the client's projects there too, without their figures.
 */
export type Knowledge = {
  everything: boolean;
  accounts: Set<AccountId>;
  /** What may be named: `cl1`, `tm2`, `pj3`. */
  marks: Set<string>;
  /** Who may be listed as somebody that one looks after. */
  people: Set<string>;
  /** Sums that are said of what one knows. */
  sums: Set<number>;
};

/** Where something is shown and what it is about, besides who reads it. */
export type Occasion = {
  channelIds?: readonly string[];
  /** The channel that an image form is for. */
  formFor?: string | null;
  requests?: readonly Request[];
  /** The channel for approvals in which the card of the request stands. */
  askedIn?: string | null;
  /** The channel in which the week of its client stands: all who are in it read it, whatever they are in Inkwell. */
  weekIn?: string | null;
  /** Images that stand in a channel, or that somebody asked for themselves: with what the client had left by then. */
  jobs?: readonly Job[];
  /** Somebody's own request there: whichever limit stopped it, or warned, is told with its figures. */
  spentBy?: string;
  /** What they typed themselves. */
  typed?: string;
};

/** Who reads it: people of the agency alone; one of them, beside people from outside; or all of these. */
export type Face = 'internal' | 'alone' | 'shared';

export function knowledgeOf(
  org: Organisation,
  who: string,
  {
    audience,
    channelIds = [],
    requests = [],
    jobs = [],
    spentBy,
    typed,
    formFor = null,
    askedIn = null,
    weekIn = null,
  }: Occasion & { audience: Face },
): Knowledge {
  const state = org.world.book.now();
  const member = state.members.get(who);
  const known: Knowledge = {
    everything: false,
    accounts: new Set(),
    marks: new Set(),
    people: new Set([who]),
    sums: new Set(),
  };
  if (typed !== undefined) known.marks.add(markOf(typed.split(' ')[0] ?? ''));
  for (const account of own(state, who)) known.accounts.add(account);
  for (const job of jobs) if (isReadBy(org, job, who)) addJob(job, known, audience);
  const clientOfWeek = weekIn !== null && org.isIn(weekIn, who) ? state.channels.get(weekIn) : null;
  if (clientOfWeek) add(known, `client:${clientOfWeek}`);
  if (member?.status !== 'active') return known;
  if (audience === 'internal') {
    known.everything = member.role === 'owner';
    for (const teamId of member.teamIds) add(known, `team:${teamId}`);
    for (const id of spentOn(state, who)) known.marks.add(markOf(id));
    if (member.role === 'manager') addManaged(org, member, known);
  }
  for (const channelId of channelIds) {
    const clientId = state.channels.get(channelId);
    if (!clientId || !org.isIn(channelId, who)) continue;
    add(known, `client:${clientId}`);
    if (audience !== 'shared') for (const projectId of projectsOf(state, clientId)) add(known, `project:${projectId}`);
    if (audience === 'internal' && spentBy === who) {
      for (const account of touched(state, { memberId: who, clientId, projectId: null })) add(known, account);
    }
  }
  const ofForm = formFor !== null && org.isIn(formFor, who) && !org.isGuest(who) ? state.channels.get(formFor) : null;
  if (ofForm) for (const projectId of projectsOf(state, ofForm)) known.marks.add(markOf(projectId));
  for (const request of requests) {
    if (askedIn !== null && org.isIn(askedIn, who)) addOfClient(state, request, known, audience);
    if (request.memberId === who || hasASay(state, member, request)) addRequest(state, request, known, audience);
  }
  return known;
}

function addManaged(org: Organisation, { manages }: Member, known: Knowledge): void {
  const state = org.world.book.now();
  for (const clientId of manages.clientIds) {
    add(known, `client:${clientId}`);
    for (const projectId of projectsOf(state, clientId)) add(known, `project:${projectId}`);
    for (const account of state.use.keys()) if (account.endsWith(`@client:${clientId}`)) addPerson(known, account);
    for (const account of state.limits.keys()) if (account.endsWith(`@client:${clientId}`)) addPerson(known, account);
  }
  if (state.settings) {
    const { month } = windowKeysAt(org.world.clock.now(), state.settings);
    for (const memberId of state.members.keys()) known.sums.add(usedOf(state, memberId, manages.clientIds, month));
    for (const sum of sumsOfClients(state, manages.clientIds)) known.sums.add(sum);
  }
  for (const teamId of manages.teamIds) {
    add(known, `team:${teamId}`);
    for (const { memberId, role, teamIds } of state.members.values()) {
      if ((role !== 'creator' && role !== 'viewer') || !teamIds.includes(teamId)) continue;
      known.accounts.add(`member:${memberId}`);
      known.people.add(memberId);
      for (const other of teamIds) known.marks.add(markOf(other));
    }
  }
}

/** What somebody used of several clients together: of each of them it is known. */
const usedOf = (state: State, memberId: string, clientIds: readonly string[], month: string): number =>
  clientIds
    .flatMap((clientId) => state.use.get(`member:${memberId}@client:${clientId}`) ?? [])
    .filter(({ key }) => key === month)
    .reduce((sum, { usedCredits }) => sum + usedCredits, 0);

/** What several clients used together on each of all days so far, by person and altogether: of each of them it is known. */
function sumsOfClients({ tally }: State, clientIds: readonly string[]): number[] {
  const sums = new Map<string, number>();
  const addTo = (name: string, credits: number) => sums.set(name, (sums.get(name) ?? 0) + credits);
  for (const [date, cell] of [...tally].flatMap(([each, cells]) => cells.map((of) => [each, of] as const))) {
    if (!clientIds.includes(cell.clientId)) continue;
    for (const credits of ['credits', 'agencyCredits'] as const) {
      addTo(credits, cell[credits]);
      addTo(`${date} ${credits}`, cell[credits]);
      addTo(`${cell.memberId} ${credits}`, cell[credits]);
      for (const teamId of cell.teamIds) addTo(`${teamId} ${credits}`, cell[credits]);
    }
  }
  return [...sums.values()];
}

/** The clients and projects of somebody's own images. */
const spentOn = ({ tally }: State, who: string): string[] =>
  [...tally.values()]
    .flat()
    .filter(({ memberId }) => memberId === who)
    .flatMap(({ clientId, projectId }) => [clientId, ...(projectId === null ? [] : [projectId])]);

function addPerson(known: Knowledge, account: AccountId): void {
  known.accounts.add(account);
  known.people.add(account.slice('member:'.length, account.indexOf('@')));
}

/** Owners, managers of the client or of a team that its member is in, and whoever stands in for one of them. */
function hasASay(state: State, member: Member, { memberId, clientId }: Request): boolean {
  const teamIds = state.members.get(memberId)?.teamIds ?? [];
  const hasItself = ({ role, manages }: Member) =>
    role === 'owner' ||
    (role === 'manager' &&
      (manages.clientIds.includes(clientId) || teamIds.some((teamId) => manages.teamIds.includes(teamId))));
  const inPlaceOf = [...state.members.values()].filter(
    ({ status, delegate }) => status === 'active' && delegate?.toId === member.memberId,
  );
  return hasItself(member) || (member.role !== 'viewer' && inPlaceOf.some(hasItself));
}

/** Whoever is in a channel of Slack reads what stands there, whatever they are in Inkwell. */
const isReadBy = (org: Organisation, job: Job, who: string) =>
  org.isIn(job.place.channelId, who) ||
  (job.memberId === who && org.world.book.now().members.get(who)?.status === 'active');

function addJob({ clientId, projectId, namedProjectId, images }: Job, known: Knowledge, audience: Face): void {
  if (clientId !== null) known.marks.add(markOf(clientId));
  for (const id of [projectId, namedProjectId]) if (id !== null && audience === 'internal') known.marks.add(markOf(id));
  for (const { settled } of images) known.sums.add(Math.abs(settled?.clientLeftCredits ?? 0));
}

/** What it is for, what its member used of that client, and whichever of its accounts has no room for it. */
function addRequest(state: State, request: Request, known: Knowledge, audience: Face): void {
  const { memberId, clientId, projectId, imagesCount, eachCredits } = request;
  known.marks.add(markOf(clientId));
  if (audience === 'shared') return void known.accounts.add(`client:${clientId}`);
  if (projectId !== null) known.marks.add(markOf(projectId));
  known.accounts.add(`member:${memberId}@client:${clientId}`);
  for (const account of touched(state, request)) {
    if (audience === 'alone' && /^(?:agency|team:)/.test(account)) continue;
    const stands = standings(state, account, Math.max(state.lastAt, 0));
    if (stands.some(({ availableCredits }) => availableCredits < imagesCount * eachCredits)) add(known, account);
  }
}

/** What is shown in its channel for approvals. */
function addOfClient(state: State, request: Request, known: Knowledge, audience: Face): void {
  const { memberId, clientId } = request;
  add(known, `client:${clientId}`);
  if (audience === 'shared') return;
  for (const projectId of projectsOf(state, clientId)) add(known, `project:${projectId}`);
  for (const account of ofPerson(memberId, clientId)) known.accounts.add(account);
}

export function touched(
  state: State,
  { memberId, clientId, projectId }: Pick<Request, 'memberId' | 'clientId' | 'projectId'>,
): AccountId[] {
  const teams = (state.members.get(memberId)?.teamIds ?? []).map((teamId): AccountId => `team:${teamId}`);
  const project: AccountId[] = projectId === null ? [] : [`project:${projectId}`];
  return ['agency', ...teams, `client:${clientId}`, ...project, ...ofPerson(memberId, clientId)];
}

const ofPerson = (memberId: string, clientId: string): AccountId[] => [
  `member:${memberId}`,
  `member:${memberId}@client:${clientId}`,
];

const own = (state: State, who: string): AccountId[] => [
  `member:${who}`,
  ...[...state.clients.keys()].map((clientId): AccountId => `member:${who}@client:${clientId}`),
];

const projectsOf = ({ projects }: State, clientId: string) =>
  [...projects.values()].filter((project) => project.clientId === clientId).map(({ projectId }) => projectId);

function add(known: Knowledge, account: AccountId): void {
  known.accounts.add(account);
  const id = /^(?:client|team|project):(.+)$/.exec(account)?.[1];
  if (id !== undefined) known.marks.add(markOf(id));
}

/** `clid3` and `Clname3` are both `cl3`. */
export const markOf = (id: string) => id.replace(/(?:id|name)/i, '').toLowerCase();

/** Every figure that an account has, had, or was given: by account. */
export function figuresOf(org: Organisation, lines: readonly Line[]): Map<AccountId, Set<number>> {
  const state = org.world.book.now();
  const figures = new Map<AccountId, Set<number>>();
  const note = (account: AccountId, ...all: (number | null)[]) => {
    const known = figures.get(account) ?? new Set();
    for (const each of all) if (each !== null) known.add(Math.abs(each));
    figures.set(account, known);
  };
  for (const [account, uses] of state.use) {
    for (const use of uses) note(account, use.usedCredits, use.heldCredits, use.movedCredits);
    note(
      account,
      ...uses.flatMap(({ usedOfGrantsCredits, heldOfGrantsCredits }) => [usedOfGrantsCredits, heldOfGrantsCredits]),
    );
  }
  for (const [account, limits] of state.limits) {
    note(account, ...limits.flatMap(({ limitCredits, rollOverMaxCredits }) => [limitCredits, rollOverMaxCredits]));
    for (const at of [state.lastAt, org.world.clock.now()]) {
      for (const stands of standings(state, account, at)) {
        const { limitCredits, rolledCredits, grantsCredits, usedCredits, heldCredits } = stands;
        note(account, limitCredits, rolledCredits, grantsCredits, usedCredits, heldCredits);
        note(account, stands.balanceCredits, stands.availableCredits);
      }
    }
  }
  const lately = org.world.clock.now() - 30 * 86_400_000;
  const recent = new Map<AccountId, number>();
  for (const line of lines) {
    if (line.kind === 'limit_set') note(line.account, line.limitCredits, line.rollOverMaxCredits);
    if (line.kind === 'granted') note(line.account, line.amountCredits);
    if (line.kind === 'use_expected') note(line.account, line.hourMaxCredits);
    if (line.kind === 'budget_moved') for (const account of [line.from, line.to]) note(account, line.amountCredits);
    for (const { account, usedCredits, heldCredits, availableCredits } of line.balances) {
      note(account, usedCredits, heldCredits, availableCredits);
    }
    if (line.kind === 'captured' && line.at >= lately && line.chargedTo !== 'agency') {
      for (const account of touched(state, line)) {
        recent.set(account, (recent.get(account) ?? 0) + line.capturedCredits);
      }
    }
  }
  for (const [account, credits] of recent) note(account, credits);
  return figures;
}
