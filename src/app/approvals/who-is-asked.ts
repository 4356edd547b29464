import type { Request } from '../../ledger/requests.ts';
import { approversAmong } from '../../ledger/rights/approval-authority.ts';
import type { AppContext } from '../context.ts';

/** With more people asked, each relies on the others. */
const APPROVERS_MAX = 10;

/**
 * Who is asked about an open request now, longest-standing first. A person who has left Slack, or has become a guest, is passed
 * over at once, also where the ledger has not heard of it: others are asked in their place.
 */
export async function approversNow(context: AppContext, request: Request): Promise<string[]> {
  const { book, clock } = context;
  const state = book.now();
  const at = Math.max(clock.now(), state.lastAt);
  const since = (memberId: string) => state.members.get(memberId)?.since ?? 0;
  const gone = new Set<string>();
  for (;;) {
    const found = approversAmong(state, request, { at, canBeAsked: (memberId) => !gone.has(memberId) })
      .sort((a, b) => since(a) - since(b) || a.localeCompare(b))
      .slice(0, APPROVERS_MAX);
    const left = await notOurs(context, found);
    if (left.length === 0) return found;
    for (const memberId of left) gone.add(memberId);
  }
}

/** Finds the people who have left the agency in Slack, or are guests now. If Slack does not answer, the ledger’s word counts. */
async function notOurs({ channels }: AppContext, memberIds: readonly string[]): Promise<string[]> {
  const audiences = await Promise.all(memberIds.map((memberId) => channels.audience(null, memberId)));
  return memberIds.filter((_, index) => audiences[index] === 'shared');
}
