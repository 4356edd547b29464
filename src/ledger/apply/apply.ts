import type { Facts, Line } from '../lines.ts';
import { carryLists } from '../lists/member-lists.ts';
import { DEFAULT_POLICY } from '../policy.ts';
import { requestLists } from '../requests.ts';
import type { Settings, State } from '../state.ts';
import { withCalendar } from '../usage/change-calendar.ts';
import { holdLists } from '../usage/usage.ts';
import { draftUsage, type UsageDraft } from '../usage/usage-draft.ts';
import { applyClients } from './clients.ts';
import { applyClock, noteJump } from './clock.ts';
import { applyHolds, countRefused } from './holds.ts';
import { applyLimits } from './limits.ts';
import { applyPeople } from './people.ts';
import { applyRequests } from './requests.ts';
import { applySpending } from './spending.ts';

/** The line without what it left behind: all that a state is made of. */
export type Entry = Omit<Line, 'balances'> & Facts;

/** What a line changes of a state, but for what accounts use: that goes into the draft, and the state shows it once that has ended. */
export type Change = Partial<Omit<State, 'use'>>;
export type EntryOf<Kind extends Facts['kind']> = Entry & { kind: Kind };

/** The state after one more line. Trusts the line: whether it may stand was decided before it was written. */
export function apply(state: State, line: Entry): State {
  const uses = draftUsage(state.use, state.jumps);
  const changed = change(state, line, uses);
  const concerned = changed.members ? membersOf(line) : null;
  if (changed.members && concerned) carryLists(state.members, changed.members, concerned);
  return { ...state, ...changed, use: uses.ended(), seq: line.seq, lastAt: line.at };
}

/** Many lines at once, on mutable copies of the maps: several times quicker, and nobody sees them half-done. */
export function fold(state: State, lines: Iterable<Line>): State {
  const copies = eachMap(state, (map) => map.asMutable());
  requestLists.carry(state.requests, copies.requests);
  holdLists.carry(state.holds, copies.holds);
  const draft = { ...state, ...copies };
  const uses = draftUsage(state.use, state.jumps);
  let concerned: Set<string> | null = new Set();
  for (const line of lines) {
    const changed = change(draft, line, uses);
    if (changed.members) concerned = withThose(concerned, membersOf(line));
    Object.assign(draft, changed, { seq: line.seq, lastAt: line.at });
  }
  // What no line changed stays the map that it was, with all that is remembered of it.
  const maps = eachMap(draft, (map, name) => (isUntouched(map, copies[name]) ? state[name] : map.asImmutable()));
  if (concerned) carryLists(state.members, maps.members, concerned);
  return { ...draft, ...maps, use: uses.ended() };
}

const isUntouched = (map: Maps[keyof Maps], copy: Maps[keyof Maps]) => map === copy && !map.wasAltered();

/** Whom a line about people changes, and with them at most those whose delegate they are; null where it may be others too. */
function membersOf(line: Entry): readonly string[] | null {
  if (line.kind === 'workspace_opened') return [line.ownerId];
  if (line.kind === 'delegate_set') return [line.by];
  return 'memberId' in line && ABOUT_ONE.has(line.kind) ? [line.memberId] : null;
}

const ABOUT_ONE: ReadonlySet<Facts['kind']> = new Set([
  'member_added',
  'role_set',
  'manages_set',
  'teams_set',
  'member_suspended',
  'member_resumed',
  'member_removed',
  'member_brought_back',
  'owner_appointed',
]);

function withThose(all: Set<string> | null, more: readonly string[] | null): Set<string> | null {
  for (const memberId of more ?? []) all?.add(memberId);
  return more && all;
}

function changedSettings(present: Settings, { policy, at }: EntryOf<'policy_set'>): Settings {
  const { name, value } = policy;
  return name === 'timeZone' || name === 'weekStartsOn'
    ? withCalendar(present, { [name]: value }, at)
    : { ...present, [name]: value };
}

const MAPS = [
  'members',
  'teams',
  'clients',
  'projects',
  'channels',
  'channelIds',
  'places',
  'limits',
  'rules',
  'grants',
  'holds',
  'slips',
  'requests',
  'bursts',
] as const;

type Maps = Pick<State, (typeof MAPS)[number]>;

function eachMap<Key extends keyof Maps>(state: State, of: (map: State[Key], name: Key) => unknown): Maps {
  const maps: Partial<Record<keyof Maps, unknown>> = {};
  for (const name of MAPS) maps[name] = of(state[name] as State[Key], name as Key);
  return maps as Maps;
}

function change(state: State, line: Entry, uses: UsageDraft): Change {
  if (line.seq !== state.seq + 1) throw new Error(`line ${line.seq} does not follow ${state.seq}`);
  const jumped = noteJump(state, line.at);
  if (!jumped) return changeBy(state, line, uses);
  uses.keep(jumped.jumps);
  return { ...jumped, ...changeBy(state, line, uses) };
}

function changeBy(state: State, line: Entry, uses: UsageDraft): Change {
  switch (line.kind) {
    case 'workspace_opened': {
      const { timeZone, weekStartsOn, creditValueMicroUsd, markupBasisPoints, defaultRole } = line;
      return {
        settings: { timeZone, weekStartsOn, creditValueMicroUsd, markupBasisPoints, defaultRole, ...DEFAULT_POLICY },
        ...applyPeople(state, { ...line, kind: 'member_added', memberId: line.ownerId, role: 'owner' }),
      };
    }
    case 'policy_set': {
      if (!state.settings) throw new Error('a policy before the workspace was opened');
      return { settings: changedSettings(state.settings, line) };
    }
    case 'member_added':
    case 'role_set':
    case 'manages_set':
    case 'teams_set':
    case 'member_suspended':
    case 'member_resumed':
    case 'member_removed':
    case 'member_brought_back':
    case 'owner_appointed':
    case 'delegate_set':
    case 'team_created':
    case 'team_renamed':
      return applyPeople(state, line);
    case 'client_created':
    case 'client_renamed':
    case 'client_closed':
    case 'client_reopened':
    case 'approvals_channel_set':
    case 'channel_bound':
    case 'channel_id_changed':
    case 'project_created':
    case 'project_changed':
    case 'project_closed':
    case 'project_reopened':
    case 'project_bound':
      return applyClients(state, line);
    case 'limit_set':
    case 'rule_set':
    case 'budget_moved':
    case 'granted':
      return applyLimits(state, line, uses);
    case 'held':
    case 'captured':
    case 'voided':
    case 'slipped':
      return applyHolds(state, line, uses);
    case 'asked':
    case 'approved':
    case 'denied':
    case 'withdrawn':
    case 'escalated':
    case 'lapsed':
      return applyRequests(state, line, uses);
    case 'spending_stopped':
    case 'spending_resumed':
      return applySpending(state, line);
    case 'clock_corrected':
      return applyClock(state, line, uses);
    case 'refused':
      return countRefused(state, line);
  }
}
