import { INKWELL } from '../../ledger/commands/commands.ts';
import type { OwnerAppointedHow } from '../../ledger/roles.ts';
import type { AppContext } from '../context.ts';

/** Makes somebody an owner from outside Slack, by a line. `already`: they are one, and nothing is written. */
export async function appointOwner(
  { book }: Pick<AppContext, 'book'>,
  { memberId, how }: { memberId: string; how: OwnerAppointedHow },
): Promise<'appointed' | 'already'> {
  const { members, seq } = await book.read();
  const member = members.get(memberId);
  if (member?.role === 'owner' && member.status === 'active') return 'already';
  const commandId = `owner-appointed/${memberId}/${seq}`;
  const answer = await book.submit({ commandId, by: INKWELL, kind: 'appoint_owner', memberId, how });
  if (answer.ok) return 'appointed';
  // Another process did it a moment ago.
  if (book.now().members.get(memberId)?.role === 'owner') return 'already';
  throw new Error(`${memberId} could not be made an owner: ${JSON.stringify(answer.refusal)}`);
}
