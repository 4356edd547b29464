import type { Wish } from './commands.ts';
import type { Line } from './lines.ts';

type Content = Wish & { by: string };

/**
 * What was asked for, as the line states it: the content that its command's hash was made of. Several where the line
 * leaves one of a few values open; none where it leaves more (a hold's digest, a refused wish).
 */
export function contentsStatedBy(line: Line): Content[] {
  const { by } = line;
  switch (line.kind) {
    case 'workspace_opened': {
      const { ownerId, timeZone, weekStartsOn, creditValueMicroUsd, markupBasisPoints, defaultRole } = line;
      const settings = { timeZone, weekStartsOn, creditValueMicroUsd, markupBasisPoints, defaultRole };
      return [{ by, kind: 'open_workspace', ownerId, ...settings }];
    }
    case 'member_added':
      return [{ by, kind: 'add_member', memberId: line.memberId, role: line.role }];
    case 'role_set':
      return [{ by, kind: 'set_role', memberId: line.memberId, role: line.role }];
    case 'client_created':
      return [{ by, kind: 'create_client', clientId: line.clientId, name: line.name }];
    case 'client_renamed':
      return [{ by, kind: 'rename_client', clientId: line.clientId, name: line.name }];
    case 'channel_bound': {
      const { channelId, clientId } = line;
      return [true, false].map((ifUnbound) => ({ by, kind: 'bind_channel', channelId, clientId, ifUnbound }));
    }
    case 'limit_set':
      return [{ by, kind: 'set_limit', account: line.account, window: line.window, limitCredits: line.limitCredits }];
    case 'granted': {
      const { grantId, account, amountCredits, expiresAt, reason } = line;
      return [{ by, kind: 'grant', grantId, account, amountCredits, expiresAt, reason }];
    }
    case 'captured': {
      const { holdId, capturedCredits, costMicroUsd } = line;
      return [{ by, kind: 'capture', holdId, capturedCredits, costMicroUsd }];
    }
    case 'voided':
      return [{ by, kind: 'void', holdId: line.holdId, reason: line.reason }];
    case 'slipped':
      return [{ by, kind: 'slip', holdId: line.holdId }];
    case 'held':
    case 'refused':
      return [];
  }
}
