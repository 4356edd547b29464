import fc from 'fast-check';
import type { AccountId } from '../../src/ledger/accounts.ts';
import { limitName } from '../../src/ledger/accounts.ts';
import type { ApproveHow } from '../../src/ledger/commands/commands.ts';
import { approversOf, exceededNow } from '../../src/ledger/rights/approval-authority.ts';
import { ROLES } from '../../src/ledger/roles.ts';
import type { RuleScope } from '../../src/ledger/rules.ts';
import type { State } from '../../src/ledger/state.ts';
import { MARKS, STAGES, type Work } from '../../src/ledger/work.ts';
import {
  type Asked,
  bind,
  CREATOR,
  capture,
  grant,
  hold,
  limit,
  MANAGER,
  OWNER,
  role,
  slip,
  VIEWER,
  voided,
  WORK,
} from '../support/fixtures.ts';
import {
  appoint,
  approve,
  bindProject,
  bringBack,
  capQuality,
  closeClient,
  closeProject,
  delegate,
  deleteTeam,
  deny,
  escalate,
  goOn,
  lapse,
  manages,
  mark,
  move,
  policy,
  remove,
  resume,
  rule,
  stageOf,
  stop,
  suspend,
  restoreTeam,
  teamsOf,
  withdraw,
} from '../support/wishes.ts';
import { CLIENTS, PEOPLE, PROJECTS, TEAMS, THREAD } from './organisations.ts';

/** A step's wish, when it is clear what is open by then; ids of holds and requests are chosen among those that exist. */
export type MakeWish = (state: State, holdIds: readonly string[]) => Asked;
type Wishes = fc.Arbitrary<MakeWish>;

const HOUR = 3_600_000;
const WINDOWS = ['day', 'week', 'month', 'month', 'quarter', 'year', 'total'] as const;

const pick = fc.nat({ max: 1_000 });
const often = <Value>(value: Value, times: number, ...others: readonly Value[]) =>
  fc.constantFrom(...Array<Value>(times).fill(value), ...others);
const person = often<string>(CREATOR, 14, OWNER, MANAGER, MANAGER, 'UMATE', 'UMATE', 'UMATE', VIEWER, 'USTRANGER');
const anybody = fc.constantFrom<string>(...PEOPLE, CREATOR);
const clientId = often<string>('acme', 3, 'nova');
const projectId = fc.constantFrom<string>(...PROJECTS);
const account = often<AccountId>(
  'client:acme',
  6,
  'agency',
  'agency',
  'client:nova',
  ...TEAMS.map((id): AccountId => `team:${id}`),
  ...PROJECTS.map((id): AccountId => `project:${id}`),
  `member:${CREATOR}`,
  `member:${CREATOR}`,
  `member:${MANAGER}`,
  `member:${CREATOR}@client:acme`,
  `member:${CREATOR}@client:acme`,
  'member:UMATE@client:nova',
);
const always =
  (asked: Asked): MakeWish =>
  () =>
    asked;
/** What would be about nothing yet, is another image now and then: there is enough of nothing without it. */
const orElse = (index: number, isThere: boolean, make: () => Asked): Asked =>
  isThere || index % 6 === 0 ? make() : hold(1 + (index % 8), { imagesCount: 1 + (index % 2) });
const one = (ids: readonly string[], index: number) => ids[index % (ids.length || 1)] ?? 'none';

const holds: Wishes = fc
  .record({
    by: person,
    eachCredits: often(0, 1, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8),
    imagesCount: fc.integer({ min: 1, max: 3 }),
    channelId: often('C1', 14, 'C2', 'C2', 'C2', 'C2', 'C9'),
    threadTs: often<string | null>(null, 3, THREAD),
    projectId: often<string | null>(null, 14, ...PROJECTS, 'spring', 'none'),
    work: often<Work>(
      WORK,
      6,
      { ...WORK, quality: 'low', isStageGuessed: true },
      { ...WORK, model: 'other', stage: 'final' },
    ),
  })
  .map(({ eachCredits, ...change }) => always(hold(eachCredits, change)));

const captures: Wishes = fc
  .record({ pick, credits: fc.integer({ min: 0, max: 15 }), cost: fc.nat({ max: 9 }) })
  .map((each) => (_, holdIds) => {
    const { pick: index, credits, cost } = each;
    return orElse(index, holdIds.length > 0, () => capture(one(holdIds, index), credits, cost));
  });

const fullCaptures: Wishes = pick.map((index) => ({ holds: open, members }) => {
  const gone = [...open.values()].find(({ memberId }) => members.get(memberId)?.status === 'removed');
  const holdId = gone?.holdId ?? one([...open.keys()].sort(), index);
  return orElse(index, open.size > 0, () => capture(holdId, open.get(holdId)?.amountCredits ?? 0));
});

const voids: Wishes = pick.map((index) => ({ holds: open }, holdIds) => {
  return orElse(index, open.size > 0, () => voided(one(index % 4 > 0 ? [...open.keys()] : holdIds, index)));
});
const slips: Wishes = pick.map((index) => ({ holds: open }, holdIds) => {
  return orElse(index, open.size > 0, () => slip(one(index % 4 > 0 ? [...open.keys()] : holdIds, index)));
});

const limits: Wishes = fc
  .record({
    account,
    window: fc.constantFrom(...WINDOWS),
    to: fc.option(fc.integer({ min: 0, max: 24 }), { freq: 12 }),
    over: fc.constantFrom('refuse', 'refuse', 'ask', 'ask', 'ask', 'warn'),
    rolls: fc.option(fc.integer({ min: 0, max: 10 })),
    by: often('inkwell', 4, MANAGER),
  })
  .map(({ account: of, window, to, over, rolls, by }) => {
    return always(limit(of, window, to, { over, by, rollOverMaxCredits: window === 'month' ? rolls : null }));
  });

const grants: Wishes = fc
  .record({ account, credits: fc.nat({ max: 12 }), hours: fc.option(fc.integer({ min: -1, max: 200 })), id: pick })
  .map(({ account: to, credits, hours, id }) => ({ lastAt }) => {
    const expiresAt = hours === null ? null : lastAt + hours * HOUR;
    return grant(to, credits, { grantId: `G${id % 13}`, expiresAt });
  });

const moves: Wishes = fc
  .record({ from: account, to: account, window: fc.constantFrom(...WINDOWS), credits: fc.nat({ max: 8 }), pick })
  .map(({ from, to, window, credits, pick: index }) => ({ limits: all }) => {
    // Mostly between two accounts that are limited in the same window, else nothing would ever be moved.
    const limited = [...all].flatMap(([id, each]) => (each.some((limit) => limit.window === window) ? [id] : []));
    const from_ = limited[index % (limited.length || 1)] ?? from;
    const to_ = limited[(index + 1) % (limited.length || 1)] ?? to;
    return move(from_, to_, credits, { window, by: index % 4 === 0 ? MANAGER : OWNER });
  });

const howOf = (kind: ApproveHow['kind'], credits: number, exceeded: ReturnType<typeof exceededNow>, lastAt: number) => {
  const raise = exceeded.map(({ account: of, window, limitCredits }) => {
    return { account: of, window, limitCredits: Math.max(0, limitCredits) + credits };
  });
  const hows: Record<ApproveHow['kind'], ApproveHow> = {
    once: { kind: 'once' },
    until: { kind: 'until', amountCredits: credits, expiresAt: lastAt + 50 * HOUR },
    raise: { kind: 'raise', limits: raise },
  };
  return hows[kind];
};

const requestAt = ({ requests }: State, index: number) => {
  const open = [...requests.values()].filter(({ end }) => end === null);
  const all = index % 5 === 0 || open.length === 0 ? [...requests.values()] : open;
  return all[index % (all.length || 1)];
};

const approvals: Wishes = fc
  .record({
    pick,
    by: often<string>(MANAGER, 3, ...PEOPLE),
    kind: fc.constantFrom('once', 'once', 'until', 'raise'),
    credits: fc.integer({ min: 1, max: 40 }),
    blind: often(false, 6, true),
  })
  .map(({ pick: index, by, kind, credits, blind }) => (state) => {
    const request = requestAt(state, index);
    const exceeded = request ? exceededNow(state, request, state.lastAt) : [];
    const approvers = request && index % 2 > 0 ? approversOf(state, request, state.lastAt) : [];
    return orElse(index, request !== undefined, () =>
      approve(request?.requestId ?? 'none', blind ? [] : exceeded.map(limitName), {
        by: approvers[index % (approvers.length || 1)] ?? by,
        how: howOf(kind, credits, exceeded, state.lastAt),
      }),
    );
  });

const otherEnds: Wishes = fc
  .record({ pick, by: anybody, as: fc.constantFrom('deny', 'withdraw', 'escalate', 'lapse') })
  .map(({ pick: index, by, as }) => (state) => {
    const request = requestAt(state, index);
    const { requestId = 'none', memberId = by } = request ?? {};
    const approvers = request && index % 3 > 0 ? approversOf(state, request, state.lastAt) : [];
    return orElse(index, request !== undefined, () => {
      if (as === 'deny') return deny(requestId, { by: approvers[index % (approvers.length || 1)] ?? by });
      if (as === 'withdraw') return withdraw(requestId, index % 2 === 0 ? memberId : by);
      const { at: _, ...wish } = as === 'escalate' ? escalate(requestId, 0) : lapse(requestId, 0);
      return wish;
    });
  });

const roles: Wishes = fc
  .record({ who: anybody, to: fc.constantFrom(...ROLES), by: anybody })
  .map(({ who, to, by }) => always(role(who, to, by)));

/** Half of them let somebody go on whom the others stopped, so that work goes on. */
const statuses: Wishes = fc
  .record({ who: anybody, pick, to: fc.constantFrom(...ROLES) })
  .map(({ who, pick: index, to }) => ({ members }) => {
    const stopped = [...members.values()].find(({ status }) => status !== 'active');
    if (stopped?.status === 'suspended' && index % 4 > 0) return resume(stopped.memberId);
    if (stopped?.status === 'removed' && index % 4 > 0) return bringBack(stopped.memberId, to);
    if (index % 11 === 0) return appoint(who, 'operator');
    return index % 3 === 0 ? remove(who) : suspend(who);
  });

const memberships: Wishes = fc
  .record({
    who: anybody,
    teams: fc.subarray([...TEAMS]),
    clients: fc.subarray([...CLIENTS]),
    leads: fc.boolean(),
    pick,
  })
  .map(({ who, teams, clients, leads, pick: index }) => (state) => {
    const [deleted] = state.deletedTeams.keys();
    if (deleted !== undefined && index % 3 > 0) return restoreTeam(deleted);
    if (index % 5 === 0) return deleteTeam(one([...state.teams.keys()], index));
    return leads ? manages(MANAGER, { clientIds: clients, teamIds: teams }) : teamsOf(who, ...teams, ...teams);
  });

const delegates: Wishes = fc
  .record({ to: fc.option(anybody), hours: fc.integer({ min: 1, max: 100 }), by: fc.constantFrom(MANAGER, OWNER) })
  .map(
    ({ to, hours, by }) =>
      ({ lastAt }) =>
        delegate(to, to === null ? null : lastAt + hours * HOUR, by),
  );

const bindings: Wishes = fc
  .record({ channel: fc.constantFrom('C1', 'C2'), to: fc.option(clientId), ifUnbound: fc.boolean() })
  .map(({ channel, to, ifUnbound }) => always(bind(channel, to, { ifUnbound })));

const places: Wishes = fc
  .record({
    channel: often('C1', 3, 'C2'),
    threadTs: often<string | null>(null, 1, THREAD),
    to: fc.option(projectId),
  })
  .map(({ channel, threadTs, to }) => always(bindProject(channel, to, { threadTs })));

/** More are opened than closed, so that there is somewhere to spend. */
const closings: Wishes = fc
  .record({ projectId, clientId, pick })
  .map(({ projectId: id, clientId: of, pick: index }) => ({ clients, projects }) => {
    const closedClient = clients.find(({ closedAt }) => closedAt !== null);
    if (closedClient) return { kind: 'reopen_client', clientId: closedClient.clientId };
    const closed = projects.find(({ closedAt }) => closedAt !== null);
    if (closed && index % 2 === 0) return { kind: 'reopen_project', projectId: closed.projectId };
    return index % 3 === 0 ? closeClient(of) : closeProject(id);
  });

const SCOPES: readonly RuleScope[] = ['role:creator', 'client:acme', `member:${CREATOR}`];
const rules: Wishes = fc
  .record({ scope: fc.constantFrom(...SCOPES), imagesMax: pick, price: fc.integer({ min: 6, max: 20 }), pick })
  .map(({ scope, imagesMax, price, pick: index }) => {
    if (index % 2 === 0) return always(rule(scope, null));
    const models = index % 7 === 0 ? ['other'] : [WORK.model, 'other'];
    return always(rule(scope, { imagesMax: 1 + (imagesMax % 3), priceMaxCredits: price, models }));
  });

/** Of what is made here all is `high`. */
const caps: Wishes = fc.record({ hours: fc.integer({ min: 1, max: 30 }), pick }).map(
  ({ hours, pick: index }) =>
    ({ lastAt }) =>
      index % 3 === 0
        ? capQuality('acme', null)
        : capQuality('acme', { qualities: [index % 3 === 1 ? 'low' : WORK.quality], untilAt: lastAt + hours * HOUR }),
);

const ZONES = ['Europe/Berlin', 'Pacific/Auckland', 'America/Los_Angeles'];
const policies: Wishes = fc
  .record({ requestsMax: fc.integer({ min: 1, max: 3 }), above: fc.integer({ min: 2, max: 9 }), pick })
  .map(({ requestsMax, above, pick: index }) => {
    const all = [
      policy('burst', { requestsMax, withinMs: 120_000 }),
      policy('burst', null),
      policy('ownerAboveCredits', above),
      policy('ownerAboveCredits', above + 5),
      policy('ownerAboveCredits', null),
      policy('lapseAfterMs', HOUR),
      policy('timeZone', ZONES[index % ZONES.length] ?? 'UTC'),
      policy('weekStartsOn', index % 7),
    ];
    return always(all[index % all.length] as Asked);
  });

/** Stops are few, and soon over: what is refused meanwhile is all alike. */
const stops: Wishes = fc.record({ pick }).map(({ pick: index }) => ({ stop: last }) => {
  if (last?.resumed === null) return index % 5 === 0 ? goOn('another') : goOn(last.stopId);
  return index % 6 === 0 ? stop() : goOn('another');
});

const marks: Wishes = fc
  .record({ pick, as: fc.constantFrom(null, ...MARKS), to: fc.constantFrom(null, null, ...STAGES), by: anybody })
  .map(({ pick: index, as, to, by }) => ({ images }) => {
    const all = [...images.values()].flatMap((ofDate) => ofDate.toArray());
    const holdId = all[index % (all.length || 1)]?.holdId;
    return orElse(index, holdId !== undefined, () =>
      to === null ? mark(holdId ?? 'none', as, by) : stageOf(holdId ?? 'none', to, by),
    );
  });

const looks: Wishes = fc.constant(always(hold(1, { by: VIEWER })));

const weighted = (weight: number, arbitrary: Wishes) => ({ weight, arbitrary });

/** What bounds a history from its beginning. */
export const limitWishes: Wishes = fc.oneof(weighted(3, limits), weighted(1, grants));

export const wishes: Wishes = fc.oneof(
  weighted(40, holds),
  weighted(4, captures),
  weighted(7, fullCaptures),
  weighted(3, voids),
  weighted(3, slips),
  weighted(5, limits),
  weighted(8, grants),
  weighted(4, moves),
  weighted(20, approvals),
  weighted(9, otherEnds),
  weighted(7, marks),
  weighted(1, roles),
  weighted(3, statuses),
  weighted(2, memberships),
  weighted(2, delegates),
  weighted(1, bindings),
  weighted(2, places),
  weighted(2, closings),
  weighted(2, rules),
  weighted(1, caps),
  weighted(3, policies),
  weighted(5, stops),
  weighted(1, looks),
);
