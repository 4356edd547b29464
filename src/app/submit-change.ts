import type { CommandBody } from '../ledger/commands/commands.ts';
import type { AppContext } from './context.ts';
import type { ChangeResult } from './inputs.ts';
import { isNews } from './limits/budget-news.ts';
import { tellOwnersSoon } from './limits/tell-owners.ts';

type Asked = { deliveryId: string; by: string; command: CommandBody };

/** Submits a person's change. The ledger decides whether they may, at the moment it is answered. Owners may hear of it. */
export async function submitChange(context: AppContext, asked: Asked): Promise<ChangeResult> {
  const { tellOwners, ...changed } = await submitFirst(context, asked);
  await tellOwners();
  return changed;
}

/** As above, for a caller with something more urgent to do than to tell the owners. */
export async function submitFirst(
  context: AppContext,
  { deliveryId, by, command }: Asked,
): Promise<ChangeResult & { tellOwners: () => Promise<void> }> {
  const answer = await context.book.submit({ commandId: deliveryId, by, ...command });
  if (!answer.ok) return { ok: false, refusal: answer.refusal, tellOwners: async () => {} };
  // The person is told that nothing changes.
  const { line } = answer;
  if (line.kind === 'refused') return { ok: false, refusal: line.refusal, tellOwners: async () => {} };
  const isTold = isNews(context.book.now(), line);
  return { ok: true, tellOwners: async () => (isTold ? await tellOwnersSoon(context) : undefined) };
}
