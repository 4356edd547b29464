import { type AccountId, accountsOf } from './accounts.ts';
import { apply, type Entry } from './apply.ts';
import { balancesAfter, touchedBy } from './balances.ts';
import type { Command } from './commands.ts';
import { decide } from './decide/decide.ts';
import type { Facts, Line } from './lines.ts';
import type { State } from './state.ts';

/**
 * The line that answers a command, and the state it leaves. Time never goes back in a journal: a clock that does is
 * read as the last line's time.
 */
export function answer(
  state: State,
  command: Command,
  { now, commandHash }: { now: number; commandHash: string },
): { line: Line; state: State } {
  const at = Math.max(now, state.lastAt);
  const decision = decide(state, command, at);
  const facts: Facts = decision.ok
    ? decision.facts
    : { kind: 'refused', wish: command.kind, refusal: decision.refusal, accounts: accountsOfWish(state, command) };
  const { commandId, by } = command;
  const entry: Entry = { workspace: state.workspace, seq: state.seq + 1, at, by, commandId, commandHash, ...facts };
  const next = apply(state, entry);
  return { line: Object.assign(entry, { balances: balancesAfter(next, touchedBy(facts), at) }), state: next };
}

/** What a refused wish was about, where the ledger knows it. */
function accountsOfWish(state: State, command: Command): readonly AccountId[] {
  switch (command.kind) {
    case 'hold': {
      const clientId = state.channels.get(command.channelId);
      const known = clientId && state.members.has(command.by);
      return known ? accountsOf({ clientId, memberId: command.by }) : [];
    }
    case 'capture':
    case 'void':
    case 'slip': {
      const open = state.holds.get(command.holdId);
      return open ? accountsOf(open) : [];
    }
    case 'open_workspace':
    case 'add_member':
    case 'set_role':
    case 'create_client':
    case 'rename_client':
    case 'bind_channel':
    case 'set_limit':
    case 'grant':
      return [];
  }
}
