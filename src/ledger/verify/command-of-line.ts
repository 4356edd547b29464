import type { CommandBody } from '../commands/commands.ts';
import type { Line } from '../lines.ts';

type Content = CommandBody & { by: string };

/** Kinds of lines that state a command word for word, and what that command is called. */
const WISH_OF = {
  policy_set: 'set_policy',
  member_added: 'add_member',
  role_set: 'set_role',
  manages_set: 'set_manages',
  teams_set: 'set_teams',
  member_suspended: 'suspend_member',
  member_resumed: 'resume_member',
  member_removed: 'remove_member',
  member_brought_back: 'bring_back_member',
  owner_appointed: 'appoint_owner',
  delegate_set: 'set_delegate',
  team_created: 'create_team',
  team_renamed: 'rename_team',
  client_created: 'create_client',
  client_renamed: 'rename_client',
  client_closed: 'close_client',
  client_reopened: 'reopen_client',
  approvals_channel_set: 'set_approvals_channel',
  channel_id_changed: 'change_channel_id',
  project_created: 'create_project',
  project_changed: 'change_project',
  project_closed: 'close_project',
  project_reopened: 'reopen_project',
  project_bound: 'bind_project',
  rule_set: 'set_rule',
  budget_moved: 'move_budget',
  granted: 'grant',
  spending_stopped: 'stop_spending',
  spending_resumed: 'resume_spending',
  clock_corrected: 'correct_clock',
  workspace_opened: 'open_workspace',
} as const satisfies Partial<Record<Line['kind'], CommandBody['kind']>>;

/**
 * What was asked for, as the line states it: the content that its command's hash was made of. Several where the line
 * leaves one of a few values open; none where it leaves more (a hold's digest, what an approver had seen, a refused wish).
 */
export function commandsOfLine(line: Line): Content[] {
  const { by } = line;
  if (isWordForWord(line)) return [{ ...withoutEnvelope(line), by, kind: WISH_OF[line.kind] } as Content];
  switch (line.kind) {
    case 'channel_bound': {
      const { channelId, clientId } = line;
      return [true, false].map((ifUnbound) => ({ by, kind: 'bind_channel', channelId, clientId, ifUnbound }));
    }
    case 'limit_set': {
      const { account, window, limitCredits, over, rollOverMaxCredits } = line;
      return [{ by, kind: 'set_limit', account, window, limitCredits, over, rollOverMaxCredits }];
    }
    case 'captured': {
      const { holdId, capturedCredits, costMicroUsd } = line;
      return [{ by, kind: 'capture', holdId, capturedCredits, costMicroUsd }];
    }
    case 'voided':
      return [{ by, kind: 'void', holdId: line.holdId, reason: line.reason }];
    case 'slipped':
      return [{ by, kind: 'slip', holdId: line.holdId }];
    case 'denied':
      return [{ by, kind: 'deny', requestId: line.requestId, reason: line.reason }];
    case 'withdrawn':
      return [{ by, kind: 'withdraw', requestId: line.requestId }];
    case 'escalated':
      return [{ by, kind: 'escalate', requestId: line.requestId }];
    case 'lapsed':
      return [{ by, kind: 'lapse', requestId: line.requestId }];
    case 'held':
    case 'asked':
    case 'approved':
    case 'refused':
      return [];
  }
}

type WordForWord = Line & { kind: keyof typeof WISH_OF };
const isWordForWord = (line: Line): line is WordForWord => Object.hasOwn(WISH_OF, line.kind);

function withoutEnvelope(
  line: Line,
): Omit<Line, 'workspace' | 'seq' | 'at' | 'commandId' | 'commandHash' | 'previousHash' | 'balances'> {
  const { workspace: _, seq: __, at: ___, commandId: ____, commandHash: _____, previousHash: ______, ...rest } = line;
  const { balances: _______, ...stated } = rest;
  return stated;
}
