import { type Command, INKWELL } from '../commands.ts';
import type { Facts } from '../lines.ts';
import { type Decision, refuse } from '../refusals.ts';
import { checkRight } from '../rights.ts';
import type { State } from '../state.ts';
import { bindChannel, createClient, renameClient } from './clients.ts';
import { captureHold, slipHold, voidHold } from './end-hold.ts';
import { hold } from './hold.ts';
import { grantCredits, setLimit } from './limits.ts';
import { addMember, openWorkspace, setRole } from './members.ts';

/** What a command becomes at a moment: the facts of its line, or the refusal that its line will state. Pure. */
export function decide(state: State, command: Command, at: number): Decision<Facts> {
  if (command.kind === 'open_workspace') return openWorkspace(state, command);
  if (!state.settings) return refuse({ reason: 'not_open' });
  if (command.by !== INKWELL && !state.members.has(command.by)) {
    return refuse({ reason: 'not_a_member', memberId: command.by });
  }
  return checkRight(state, command.by, command.kind) ?? decideAllowed(state, command, { at, calendar: state.settings });
}

type Moment = Parameters<typeof hold>[2];

function decideAllowed(state: State, command: Command, moment: Moment): Decision<Facts> {
  switch (command.kind) {
    case 'open_workspace':
      return openWorkspace(state, command);
    case 'add_member':
      return addMember(state, command);
    case 'set_role':
      return setRole(state, command);
    case 'create_client':
      return createClient(state, command);
    case 'rename_client':
      return renameClient(state, command);
    case 'bind_channel':
      return bindChannel(state, command);
    case 'set_limit':
      return setLimit(state, command);
    case 'grant':
      return grantCredits(state, command, moment.at);
    case 'hold':
      return hold(state, command, moment);
    case 'capture':
      return captureHold(state, command);
    case 'void':
      return voidHold(state, command);
    case 'slip':
      return slipHold(state, command);
  }
}
