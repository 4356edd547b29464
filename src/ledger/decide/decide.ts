import { type AlreadySo, type Command, INKWELL } from '../commands/commands.ts';
import { kindFrom, kindOf } from '../kinds/kinds.ts';
import type { Facts } from '../lines.ts';
import { principalOf } from '../principal.ts';
import { type Decision, type Refused, refuse } from '../refusals.ts';
import { checkRight } from '../rights/rights.ts';
import type { State } from '../state.ts';
import { openWorkspace } from './members.ts';

/** What a command becomes at a moment: the facts of its line, or the refusal that its line will state. Pure. */
export function decide(state: State, command: Command, at: number): Decision<Facts> {
  const who = principalOf(command.by);
  if (who.kind === 'api_key') return refuse({ reason: 'key_without_rights', keyId: who.keyId });
  if (command.kind === 'open_workspace') return openWorkspace(state, command);
  if (!state.settings) return refuse({ reason: 'not_open' });
  if (who.kind === 'member' && !state.members.has(who.memberId)) {
    return refuse({ reason: 'not_a_member', memberId: who.memberId });
  }
  const decision =
    checkRequiredRight(state, command, at) ??
    kindFrom(command).decide(state, command, { at, calendar: state.settings });
  if (!decision.ok) return decision;
  const { facts } = decision;
  return isAlreadySo(state, facts, { by: command.by, at })
    ? refuse({ reason: 'nothing_changed', stands: facts })
    : decision;
}

/** Null where the sender has the right, on every account that the command is about; else the refusal. */
function checkRequiredRight(state: State, command: Command, at: number): Refused | null {
  const { by, kind } = command;
  if (by === INKWELL) return null;
  const entry = kindFrom(command);
  const accounts = entry.about(command, state);
  const action = entry.action?.(command, accounts) ?? kind;
  if (accounts.length === 0) return checkRight(state, by, action, { at });
  for (const account of accounts) {
    const refused = checkRight(state, by, action, { account, at });
    if (refused) return refused;
  }
  return null;
}

function isAlreadySo(state: State, facts: Facts, asked: { by: string; at: number }): facts is AlreadySo {
  return kindOf(facts).isAlreadySo?.(state, facts, asked) ?? false;
}
