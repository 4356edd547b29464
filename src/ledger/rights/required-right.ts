import { type AccountId, clientAccount, memberAccount, projectAccount } from '../accounts.ts';
import { type Command, INKWELL, type Of } from '../commands/commands.ts';
import { channelNow, placeKey } from '../lists/channel-ids.ts';
import { type Refused, refuse } from '../refusals.ts';
import type { State } from '../state.ts';
import { type Action, checkRight, limitAction } from './rights.ts';

/** What a command is called in the table of rights, and the accounts it is about: each of them asks for the right. */
type RequiredRight = { action: Action; accounts: readonly AccountId[] };

/** Null where whoever sent the command may; else the refusal. */
export function checkRequiredRight(state: State, command: Command, at: number): Refused | null {
  const { by } = command;
  if (by === INKWELL) return null;
  const { action, accounts } = requiredRight(state, command);
  if (command.kind === 'add_member') return checkRight(state, by, action, { at }) ?? onlyHelpers(state, command);
  if (accounts.length === 0) return checkRight(state, by, action, { at });
  for (const account of accounts) {
    const refused = checkRight(state, by, action, { account, at });
    if (refused) return refused;
  }
  return null;
}

function requiredRight(state: State, command: Command): RequiredRight {
  switch (command.kind) {
    case 'set_limit':
      return { action: limitAction(command.account), accounts: [command.account] };
    case 'set_rule':
      return command.scope.startsWith('role:')
        ? { action: 'set_role_rule', accounts: [] }
        : { action: 'set_rule', accounts: [command.scope as AccountId] };
    case 'move_budget':
      return { action: command.kind, accounts: [command.from, command.to] };
    case 'rename_client':
    case 'set_approvals_channel':
    case 'create_project':
      return { action: command.kind, accounts: [clientAccount(command.clientId)] };
    case 'bind_channel': {
      const accounts = clientsOfBinding(state, command);
      return { action: accounts.length > 0 ? command.kind : 'set_up', accounts };
    }
    case 'change_project':
    case 'close_project':
    case 'reopen_project':
      return { action: command.kind, accounts: [projectAccount(command.projectId)] };
    case 'bind_project': {
      const accounts = projectsOfBinding(state, command);
      return { action: accounts.length > 0 ? command.kind : 'set_up', accounts };
    }
    case 'suspend_member':
    case 'resume_member':
    case 'remove_member':
      return { action: command.kind, accounts: [memberAccount(command.memberId)] };
    case 'withdraw': {
      // One that is not known is nobody's: whoever asks is told so.
      const { memberId = command.by } = state.requests.get(command.requestId) ?? {};
      return { action: command.kind, accounts: [memberAccount(memberId)] };
    }
    // Any member may try. Which accounts it is about depends on the limits that bind: see `approvalAuthority`.
    case 'approve':
    case 'deny':
      return { action: 'see_own', accounts: [] };
    case 'open_workspace':
    case 'set_policy':
    case 'add_member':
    case 'set_role':
    case 'set_manages':
    case 'set_teams':
    case 'bring_back_member':
    case 'appoint_owner':
    case 'set_delegate':
    case 'create_team':
    case 'rename_team':
    case 'create_client':
    case 'close_client':
    case 'reopen_client':
    case 'change_channel_id':
    case 'grant':
    case 'stop_spending':
    case 'resume_spending':
    case 'correct_clock':
    case 'hold':
    case 'capture':
    case 'void':
    case 'slip':
    case 'escalate':
    case 'lapse':
      return { action: command.kind, accounts: [] };
  }
}

/**
 * Whose the channel becomes, and whose it was, unless that is to stand anyway. Nobody's yet, and nobody's now: whoever sets
 * things up may say so.
 */
function clientsOfBinding(state: State, { channelId, clientId, ifUnbound }: Of<'bind_channel'>): readonly AccountId[] {
  const present = ifUnbound ? null : (state.channels.get(channelNow(state, channelId)) ?? null);
  return [...new Set([clientId, present])].flatMap((each) => (each === null ? [] : [clientAccount(each)]));
}

/** A binding that a channel's earlier client left behind means nothing any more, and is in nobody's way. */
function projectsOfBinding(state: State, command: Of<'bind_project'>): readonly AccountId[] {
  const channelId = channelNow(state, command.channelId);
  const left = state.places.get(placeKey({ ...command, channelId })) ?? null;
  const isOfClient = state.projects.get(left ?? '')?.clientId === state.channels.get(channelId);
  const present = isOfClient ? left : null;
  return [...new Set([command.projectId, present])].flatMap((each) => (each === null ? [] : [projectAccount(each)]));
}

/** A manager invites whoever makes or looks at images; who looks after the agency is an owner's choice. */
function onlyHelpers(state: State, { by, role }: Of<'add_member'>): Refused | null {
  const isOwner = state.members.get(by)?.role === 'owner';
  if (isOwner || role === 'creator' || role === 'viewer') return null;
  return refuse({ reason: 'not_allowed', action: 'set_role', role: 'manager', roles: ['owner'], account: null });
}
