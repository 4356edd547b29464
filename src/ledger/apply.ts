import type { Facts, Line } from './lines.ts';
import type { Hold, Limit, State } from './state.ts';
import { addHold, endHold, usedByAgency, usedByAll } from './use.ts';
import { WINDOWS, windowKeysAt } from './windows.ts';

/** The line without what it left behind: all that a state is made of. */
export type Entry = Omit<Line, 'balances'> & Facts;

/** The state after one more line. Trusts the line: whether it may stand was decided before it was written. */
export function apply(state: State, line: Entry): State {
  if (line.seq !== state.seq + 1) throw new Error(`line ${line.seq} does not follow ${state.seq}`);
  return { ...change(state, line), seq: line.seq, lastAt: line.at };
}

/** Many lines at once, on mutable copies of the maps: several times quicker, and nobody sees them half-done. */
export function fold(state: State, lines: Iterable<Line>): State {
  let folded = state;
  const maps = ['members', 'clients', 'channels', 'limits', 'grants', 'use', 'holds', 'slips'] as const;
  folded = { ...folded, ...Object.fromEntries(maps.map((name) => [name, folded[name].asMutable()])) };
  for (const line of lines) folded = apply(folded, line);
  return { ...folded, ...Object.fromEntries(maps.map((name) => [name, folded[name].asImmutable()])) };
}

function change(state: State, line: Entry): State {
  switch (line.kind) {
    case 'workspace_opened': {
      const { timeZone, weekStartsOn, creditValueMicroUsd, markupBasisPoints, defaultRole, ownerId } = line;
      return {
        ...state,
        settings: { timeZone, weekStartsOn, creditValueMicroUsd, markupBasisPoints, defaultRole },
        members: state.members.set(ownerId, { memberId: ownerId, role: 'owner', since: line.at }),
      };
    }
    case 'member_added':
      return state.members.has(line.memberId) ? state : withRole(state, line);
    case 'role_set':
      return withRole(state, line);
    case 'client_created': {
      const { clientId, name } = line;
      return { ...state, clients: state.clients.set(clientId, { clientId, name, createdAt: line.at }) };
    }
    case 'client_renamed': {
      const client = state.clients.get(line.clientId);
      return client ? { ...state, clients: state.clients.set(line.clientId, { ...client, name: line.name }) } : state;
    }
    case 'channel_bound':
      return { ...state, channels: state.channels.set(line.channelId, line.clientId) };
    case 'limit_set':
      return {
        ...state,
        limits: state.limits.set(line.account, withLimit(state.limits.get(line.account) ?? [], line)),
      };
    case 'granted': {
      const { grantId, account, amountCredits, expiresAt, reason, by, at: grantedAt } = line;
      const grant = { grantId, amountCredits, usedCredits: 0, heldCredits: 0, expiresAt, grantedAt, by, reason };
      return { ...state, grants: state.grants.set(account, [...(state.grants.get(account) ?? []), grant]) };
    }
    case 'held':
      return line.holds.reduce((next, hold) => addHold(next, holdOf(state, line, hold)), state);
    case 'captured':
      return endHold(state, openHold(state, line.holdId), usedByAll(line.capturedCredits));
    case 'voided':
      return endHold(state, openHold(state, line.holdId), usedByAll(0));
    case 'slipped': {
      const { holdId, memberId, clientId, amountCredits } = openHold(state, line.holdId);
      const slip = { holdId, memberId, clientId, amountCredits, slippedAt: line.at };
      const ended = endHold(state, openHold(state, holdId), usedByAgency(amountCredits));
      return { ...ended, slips: state.slips.set(holdId, slip) };
    }
    case 'refused':
      return state;
  }
}

const withRole = (state: State, line: Entry & { kind: 'member_added' | 'role_set' }): State => {
  const { memberId, role } = line;
  const since = state.members.get(memberId)?.since ?? line.at;
  return { ...state, members: state.members.set(memberId, { memberId, role, since }) };
};

/** In the order of the windows, so that two states of the same lines look the same. */
function withLimit(limits: readonly Limit[], line: Entry & { kind: 'limit_set' }): readonly Limit[] {
  const { window, limitCredits } = line;
  const others = limits.filter((limit) => limit.window !== window);
  const all = limitCredits === null ? others : [...others, { window, limitCredits }];
  return all.sort((a, b) => WINDOWS.indexOf(a.window) - WINDOWS.indexOf(b.window));
}

function holdOf(state: State, line: Entry & { kind: 'held' }, part: (typeof line.holds)[number]): Hold {
  if (!state.settings) throw new Error('a hold before the workspace was opened');
  const { memberId, clientId, channelId, deadlineAt } = line;
  return {
    ...part,
    memberId,
    clientId,
    channelId,
    heldAt: line.at,
    deadlineAt,
    keys: windowKeysAt(line.at, state.settings),
  };
}

function openHold(state: State, holdId: string): Hold {
  const hold = state.holds.get(holdId);
  if (!hold) throw new Error(`hold ${holdId} is not open`);
  return hold;
}
