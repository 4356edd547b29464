import { touchedBy } from '../../ledger/balances.ts';
import { placeKey } from '../../ledger/channel-ids.ts';
import { contentsStatedBy } from '../../ledger/restate.ts';
import type { State } from '../../ledger/state.ts';
import type { ChangeLine } from './change-kinds.ts';

/**
 * Lines of earlier versions that state a deed and changed nothing. Seen from the newest line back, a line is one of them
 * where the line before it about the same subject states the same, or where it adds a member who was known.
 */
export function createRepeats(state: State) {
  const newer = new Map<string, ChangeLine>();
  const nothing = new Set<number>();
  return {
    saw(line: ChangeLine): void {
      const content = JSON.stringify(contentOf(line));
      for (const subject of subjectsOf(line)) {
        const next = newer.get(subject);
        if (next && content !== 'null' && JSON.stringify(contentOf(next)) === content) nothing.add(next.seq);
        newer.set(subject, line);
      }
      if (line.kind === 'member_added' && (state.members.get(line.memberId)?.since ?? line.at) !== line.at) {
        nothing.add(line.seq);
      }
    },
    changedNothing: ({ seq }: ChangeLine): boolean => nothing.has(seq),
  };
}

/** Null where the same once more is something new. */
function contentOf(line: ChangeLine): unknown {
  switch (line.kind) {
    case 'granted':
    case 'budget_moved':
    case 'approved':
    // A client that a manager created is added to what they look after.
    case 'manages_set':
      return null;
    default: {
      const [{ by: _, ...content } = { by: null }] = contentsStatedBy(line);
      return content;
    }
  }
}

function subjectsOf(line: ChangeLine): readonly string[] {
  switch (line.kind) {
    case 'channel_bound':
      return [`channel ${line.channelId}`];
    case 'project_bound':
      return [`place ${placeKey(line)}`];
    case 'delegate_set':
      return [`delegate ${line.by}`];
    case 'policy_set':
      return [`policy ${line.policy.name}`];
    case 'rule_set':
      return [`rule ${line.scope}`];
    case 'approved':
      return line.how.kind === 'raise'
        ? line.how.limits.map(({ account, window }) => `limit ${account} ${window}`)
        : [];
    case 'limit_set':
      return [`limit ${line.account} ${line.window}`];
    default:
      return touchedBy(line);
  }
}
