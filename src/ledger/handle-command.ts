import { type AccountId, accountsOf } from './accounts.ts';
import { apply } from './apply/apply.ts';
import type { Command } from './commands/commands.ts';
import { decide } from './decide/decide.ts';
import { accountsOfRequest } from './decide/end-request.ts';
import { spendOf } from './decide/hold.ts';
import { checkBurst } from './decide/rules.ts';
import { touchedBy } from './kinds/kinds.ts';
import type { Entry, Facts, Line } from './lines.ts';
import { countOf, type Refusal } from './refusals.ts';
import type { State } from './state.ts';
import { balancesAfter } from './usage/balances.ts';

/** A line to be written; or, for what the burst limit turns away, a refusal that is only counted. */
export type Answered =
  | { line: Line; turnedAway: null; state: State }
  | { line: null; turnedAway: Refusal; state: State };

/**
 * The line that answers a command, and the state it leaves. Time never goes back in a journal, a clock that does is read
 * as the last line's time: unless the line corrects that very time.
 */
export function handleCommand(
  state: State,
  command: Command,
  { now, commandHash }: { now: number; commandHash: string },
): Answered {
  const notBefore = Math.max(now, state.lastAt);
  const decision = decide(state, command, command.kind === 'correct_clock' ? now : notBefore);
  if (!decision.ok && isTooMany(state, command, decision.refusal, notBefore)) {
    return { line: null, turnedAway: decision.refusal, state };
  }
  const facts: Facts = decision.ok
    ? decision.facts
    : { kind: 'refused', wish: command.kind, refusal: decision.refusal, accounts: accountsOfCommand(state, command) };
  const at = facts.kind === 'clock_corrected' ? now : notBefore;
  const { commandId, by } = command;
  const entry: Entry = { workspace: state.workspace, seq: state.seq + 1, at, by, commandId, commandHash, ...facts };
  const next = apply(state, entry);
  const line = Object.assign(entry, { balances: balancesAfter(next, touchedBy(facts), at) });
  return { line, turnedAway: null, state: next };
}

/** The burst limit's own refusal, or any other one of a person who has reached it. They are told, and no line is written. */
const isTooMany = (state: State, { by }: Command, refusal: Refusal, at: number) =>
  refusal.reason === 'too_fast' || checkBurst(state, countOf(refusal, by), at) !== null;

/** What a refused command was about, where the ledger knows it. */
function accountsOfCommand(state: State, command: Command): readonly AccountId[] {
  if (command.kind === 'hold') {
    const spend = spendOf(state, command);
    return spend.ok && state.members.has(command.by) ? accountsOf(spend.facts) : [];
  }
  if ('holdId' in command) {
    const open = state.holds.get(command.holdId);
    return open ? accountsOf(open) : [];
  }
  const request = 'requestId' in command ? state.requests.get(command.requestId) : undefined;
  return request ? accountsOfRequest(state, request) : [];
}
