import type { Facts, Line } from './lines.ts';
import type { Hold, Limit, State } from './state.ts';
import { addHolds, endHold, usedByAgency, usedByAll } from './use.ts';
import { WINDOWS, windowKeysAt } from './windows.ts';

/** The line without what it left behind: all that a state is made of. */
export type Entry = Omit<Line, 'balances'> & Facts;

/** The state after one more line. Trusts the line: whether it may stand was decided before it was written. */
export const apply = (state: State, line: Entry): State => ({
  ...state,
  ...change(state, line),
  seq: line.seq,
  lastAt: line.at,
});

/** Many lines at once, on mutable copies of the maps: several times quicker, and nobody sees them half-done. */
export function fold(state: State, lines: Iterable<Line>): State {
  const draft = { ...state, ...eachMap(state, (map) => map.asMutable()) };
  for (const line of lines) Object.assign(draft, change(draft, line), { seq: line.seq, lastAt: line.at });
  return { ...draft, ...eachMap(draft, (map) => map.asImmutable()) };
}

const MAPS = ['members', 'clients', 'channels', 'limits', 'grants', 'use', 'holds', 'slips'] as const;

const eachMap = <Key extends (typeof MAPS)[number]>(state: State, of: (map: State[Key]) => unknown) =>
  Object.fromEntries(MAPS.map((name) => [name, of(state[name] as State[Key])]));

type Change = Partial<State>;

function change(state: State, line: Entry): Change {
  if (line.seq !== state.seq + 1) throw new Error(`line ${line.seq} does not follow ${state.seq}`);
  switch (line.kind) {
    case 'workspace_opened': {
      const { timeZone, weekStartsOn, creditValueMicroUsd, markupBasisPoints, defaultRole, ownerId } = line;
      return {
        settings: { timeZone, weekStartsOn, creditValueMicroUsd, markupBasisPoints, defaultRole },
        members: state.members.set(ownerId, { memberId: ownerId, role: 'owner', roleBy: line.by, since: line.at }),
      };
    }
    case 'member_added':
      return state.members.has(line.memberId) ? {} : withRole(state, line);
    case 'role_set':
      return withRole(state, line);
    case 'client_created': {
      const { clientId, name } = line;
      return { clients: state.clients.set(clientId, { clientId, name, createdAt: line.at }) };
    }
    case 'client_renamed': {
      const client = state.clients.get(line.clientId);
      return client ? { clients: state.clients.set(line.clientId, { ...client, name: line.name }) } : {};
    }
    case 'channel_bound':
      return { channels: state.channels.set(line.channelId, line.clientId) };
    case 'limit_set':
      return { limits: state.limits.set(line.account, withLimit(state.limits.get(line.account) ?? [], line)) };
    case 'granted': {
      const { grantId, account, amountCredits, expiresAt, reason, by, at: grantedAt } = line;
      const grant = { grantId, amountCredits, usedCredits: 0, heldCredits: 0, expiresAt, grantedAt, by, reason };
      return { grants: state.grants.set(account, [...(state.grants.get(account) ?? []), grant]) };
    }
    case 'held':
      return addHolds(
        state,
        line.holds.map((hold) => holdOf(state, line, hold)),
      );
    case 'captured':
      return endHold(state, openHold(state, line.holdId), usedByAll(line.capturedCredits));
    case 'voided':
      return endHold(state, openHold(state, line.holdId), usedByAll(0));
    case 'slipped': {
      const hold = openHold(state, line.holdId);
      const { holdId, memberId, clientId, amountCredits } = hold;
      const slip = { holdId, memberId, clientId, amountCredits, slippedAt: line.at };
      return { ...endHold(state, hold, usedByAgency(amountCredits)), slips: state.slips.set(holdId, slip) };
    }
    case 'refused':
      return {};
  }
}

function withRole(
  state: State,
  { memberId, role, at, by: roleBy }: Entry & { kind: 'member_added' | 'role_set' },
): Change {
  const since = state.members.get(memberId)?.since ?? at;
  return { members: state.members.set(memberId, { memberId, role, roleBy, since }) };
}

/** In the order of the windows, so that two states of the same lines look the same. */
function withLimit(limits: readonly Limit[], line: Entry & { kind: 'limit_set' }): readonly Limit[] {
  const { window, limitCredits } = line;
  const others = limits.filter((limit) => limit.window !== window);
  const all = limitCredits === null ? others : [...others, { window, limitCredits }];
  return all.sort((a, b) => WINDOWS.indexOf(a.window) - WINDOWS.indexOf(b.window));
}

function holdOf(state: State, line: Entry & { kind: 'held' }, part: (typeof line.holds)[number]): Hold {
  if (!state.settings) throw new Error('a hold before the workspace was opened');
  const { memberId, clientId, channelId, deadlineAt, at: heldAt } = line;
  const { holdId, amountCredits, draws } = part;
  const keys = windowKeysAt(heldAt, state.settings);
  return { holdId, memberId, clientId, channelId, amountCredits, heldAt, deadlineAt, keys, draws };
}

function openHold(state: State, holdId: string): Hold {
  const hold = state.holds.get(holdId);
  if (!hold) throw new Error(`hold ${holdId} is not open`);
  return hold;
}
