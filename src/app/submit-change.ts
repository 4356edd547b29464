import type { CommandBody } from '../ledger/commands/commands.ts';
import type { AppContext } from './context.ts';
import type { ChangeResult } from './inputs.ts';
import { isNews } from './limits/budget-news.ts';
import { tellAffectedSoon } from './limits/tell-affected.ts';
import { tellOwnersSoon } from './limits/tell-owners.ts';
import { isAffecting } from './limits/who-is-affected.ts';

type Asked = { deliveryId: string; by: string; command: CommandBody };

/** Submits a person's change. The ledger decides whether they may, at the moment it is answered. Owners, and the people it is about, hear of it. */
export async function submitChange(context: AppContext, asked: Asked): Promise<ChangeResult> {
  const { tellOthers, ...changed } = await submitFirst(context, asked);
  await tellOthers();
  return changed;
}

/** As above, for a caller with something more urgent to do than to tell others. */
export async function submitFirst(
  context: AppContext,
  { deliveryId, by, command }: Asked,
): Promise<ChangeResult & { tellOthers: () => Promise<void> }> {
  const answer = await context.book.submit({ commandId: deliveryId, by, ...command });
  if (!answer.ok) return { ok: false, refusal: answer.refusal, tellOthers: async () => {} };
  // The person is told that nothing changes.
  const { line } = answer;
  if (line.kind === 'refused') return { ok: false, refusal: line.refusal, tellOthers: async () => {} };
  const state = context.book.now();
  const [isForOwners, isForOthers] = [isNews(state, line), isAffecting(state, line)];
  const tellOthers = async () => {
    await Promise.all([isForOwners && tellOwnersSoon(context), isForOthers && tellAffectedSoon(context)]);
  };
  return { ok: true, tellOthers };
}
