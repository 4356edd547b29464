import type { ClientsCommand, ClockCommand, Command, PeopleCommand, SpendingCommand } from '../commands/commands.ts';
import type { Facts } from '../lines.ts';
import { principalOf } from '../principal.ts';
import { type Decision, refuse } from '../refusals.ts';
import { checkRequiredRight } from '../rights/required-right.ts';
import type { State } from '../state.ts';
import type { Calendar } from '../usage/windows.ts';
import { isAlreadySo } from './already-so.ts';
import { approve } from './approve.ts';
import {
  bindChannel,
  changeChannelId,
  closeClient,
  createClient,
  renameClient,
  reopenClient,
  setApprovalsChannel,
} from './clients.ts';
import { correctClock } from './clock.ts';
import { captureHold, slipHold, voidHold } from './end-hold.ts';
import { deny, escalate, lapse, withdraw } from './end-request.ts';
import { hold } from './hold.ts';
import { grantCredits, moveBudget, setLimit } from './limits.ts';
import { addMember, appointOwner, openWorkspace, setDelegate, setManages, setRole, setTeams } from './members.ts';
import { setPolicy, setRule } from './policy.ts';
import { bindProject, changeProject, createProject, setProjectClosed } from './projects.ts';
import { resumeSpending, stopSpending } from './spending.ts';
import { bringBackMember, removeMember, resumeMember, suspendMember } from './status.ts';
import { createTeam, renameTeam } from './teams.ts';

/** When something is decided, and in which calendar. */
export type Moment = { at: number; calendar: Calendar };

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
    checkRequiredRight(state, command, at) ?? decideAllowed(state, command, { at, calendar: state.settings });
  if (!decision.ok || !isAlreadySo(state, decision.facts, { by: command.by, at })) return decision;
  return refuse({ reason: 'nothing_changed', stands: decision.facts });
}

function decideAllowed(state: State, command: Command, moment: Moment): Decision<Facts> {
  switch (command.kind) {
    case 'open_workspace':
      return openWorkspace(state, command);
    case 'set_policy':
      return setPolicy(state, command);
    case 'add_member':
    case 'set_role':
    case 'set_manages':
    case 'set_teams':
    case 'suspend_member':
    case 'resume_member':
    case 'remove_member':
    case 'bring_back_member':
    case 'appoint_owner':
    case 'set_delegate':
    case 'create_team':
    case 'rename_team':
      return decidePeople(state, command, moment.at);
    case 'create_client':
    case 'rename_client':
    case 'close_client':
    case 'reopen_client':
    case 'set_approvals_channel':
    case 'bind_channel':
    case 'change_channel_id':
    case 'create_project':
    case 'change_project':
    case 'close_project':
    case 'reopen_project':
    case 'bind_project':
      return decideClients(state, command);
    case 'set_limit':
      return setLimit(state, command, moment);
    case 'set_rule':
      return setRule(state, command);
    case 'move_budget':
      return moveBudget(state, command, moment);
    case 'grant':
      return grantCredits(state, command, moment.at);
    case 'stop_spending':
    case 'resume_spending':
    case 'correct_clock':
      return decideSpending(state, command, moment);
    case 'hold':
      return hold(state, command, moment);
    case 'capture':
      return captureHold(state, command);
    case 'void':
      return voidHold(state, command);
    case 'slip':
      return slipHold(state, command);
    case 'approve':
      return approve(state, command, moment);
    case 'deny':
      return deny(state, command, moment.at);
    case 'withdraw':
      return withdraw(state, command);
    case 'escalate':
      return escalate(state, command, moment.at);
    case 'lapse':
      return lapse(state, command, moment.at);
  }
}

function decidePeople(state: State, command: Command & PeopleCommand, at: number): Decision<Facts> {
  switch (command.kind) {
    case 'add_member':
      return addMember(state, command);
    case 'set_role':
      return setRole(state, command);
    case 'set_manages':
      return setManages(state, command);
    case 'set_teams':
      return setTeams(state, command);
    case 'suspend_member':
      return suspendMember(state, command);
    case 'resume_member':
      return resumeMember(state, command);
    case 'remove_member':
      return removeMember(state, command);
    case 'bring_back_member':
      return bringBackMember(state, command);
    case 'appoint_owner':
      return appointOwner(state, command);
    case 'set_delegate':
      return setDelegate(state, command, at);
    case 'create_team':
      return createTeam(state, command);
    case 'rename_team':
      return renameTeam(state, command);
  }
}

function decideSpending(
  state: State,
  command: Command & (SpendingCommand | ClockCommand),
  { at }: Moment,
): Decision<Facts> {
  switch (command.kind) {
    case 'stop_spending':
      return stopSpending(state, command);
    case 'resume_spending':
      return resumeSpending(state, command);
    case 'correct_clock':
      return correctClock(state, command, at);
  }
}

function decideClients(state: State, command: Command & ClientsCommand): Decision<Facts> {
  switch (command.kind) {
    case 'create_client':
      return createClient(state, command);
    case 'rename_client':
      return renameClient(state, command);
    case 'close_client':
      return closeClient(state, command);
    case 'reopen_client':
      return reopenClient(state, command);
    case 'set_approvals_channel':
      return setApprovalsChannel(state, command);
    case 'bind_channel':
      return bindChannel(state, command);
    case 'change_channel_id':
      return changeChannelId(state, command);
    case 'create_project':
      return createProject(state, command);
    case 'change_project':
      return changeProject(state, command);
    case 'close_project':
    case 'reopen_project':
      return setProjectClosed(state, command);
    case 'bind_project':
      return bindProject(state, command);
  }
}
