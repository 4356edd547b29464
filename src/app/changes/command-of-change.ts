import type { CommandBody } from '../../ledger/commands/commands.ts';
import type { State } from '../../ledger/state.ts';
import { dueAtOf } from '../clients/projects.ts';
import { limitCommandOf } from '../limits/set-limit.ts';
import { readIds, type SetUpChange } from './reversible-change.ts';

/** The command that a change becomes. */
export function commandOf(state: State, change: SetUpChange, { ifUnbound }: { ifUnbound: boolean }): CommandBody {
  switch (change.kind) {
    case 'limit':
      return limitCommandOf(state, { ...change, limitCredits: change.after });
    case 'name':
      return { kind: 'rename_client', clientId: change.clientId, name: change.after };
    case 'client_digest':
      return { kind: 'set_client_digest', clientId: change.clientId, isOn: change.after };
    case 'role':
      return { kind: 'set_role', memberId: change.memberId, role: change.after };
    case 'teams':
      return { kind: 'set_teams', memberId: change.memberId, teamIds: readIds(change.after) };
    case 'suspended':
      return change.after
        ? { kind: 'suspend_member', memberId: change.memberId, reason: '' }
        : { kind: 'resume_member', memberId: change.memberId };
    case 'channel':
      return { kind: 'bind_channel', channelId: change.channelId, clientId: change.after, ifUnbound };
    case 'closed':
      return closingOf(change);
    case 'project': {
      const { name, stage } = change.after;
      return { kind: 'change_project', projectId: change.projectId, name, stage, dueAt: dueAtOf(state, change.after) };
    }
    case 'place':
      return {
        kind: 'bind_project',
        channelId: change.channelId,
        threadTs: change.threadTs,
        projectId: change.after,
      };
  }
}

function closingOf({ of, id, after }: SetUpChange & { kind: 'closed' }): CommandBody {
  switch (of) {
    case 'client':
      return { kind: after ? 'close_client' : 'reopen_client', clientId: id };
    case 'project':
      return { kind: after ? 'close_project' : 'reopen_project', projectId: id };
    case 'team':
      return { kind: after ? 'delete_team' : 'restore_team', teamId: id };
  }
}
