import type { ChangeLine } from '../../ledger/kinds/change-kinds.ts';
import { touchedBy } from '../../ledger/kinds/kinds.ts';
import { placeKey } from '../../ledger/lists/channel-ids.ts';
import type { State } from '../../ledger/state.ts';
import { commandsOfLine } from '../../ledger/verify/command-of-line.ts';

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

/** A client that a manager created is added to what they look after: the same list again may be another one. */
const NEW_EACH_TIME: ReadonlySet<ChangeLine['kind']> = new Set(['granted', 'budget_moved', 'approved', 'manages_set']);

/** Null where the same once more is something new. */
function contentOf(line: ChangeLine): unknown {
  if (NEW_EACH_TIME.has(line.kind)) return null;
  const [{ by: _, ...content } = { by: null }] = commandsOfLine(line);
  return content;
}

function subjectsOf(line: ChangeLine): readonly string[] {
  if (line.kind === 'channel_bound') return [`channel ${line.channelId}`];
  if (line.kind === 'project_bound')
    return [`place ${placeKey({ channelId: line.channelId, threadId: line.threadTs })}`];
  if (line.kind === 'delegate_set') return [`delegate ${line.by}`];
  if (line.kind === 'policy_set') return [`policy ${line.policy.name}`];
  if (line.kind === 'rule_set') return [`rule ${line.scope}`];
  if (line.kind === 'limit_set') return [limitOf(line)];
  if (line.kind === 'approved') return line.how.kind === 'raise' ? line.how.limits.map(limitOf) : [];
  return touchedBy(line);
}

const limitOf = ({ account, window }: { account: string; window: string }) => `limit ${account} ${window}`;
