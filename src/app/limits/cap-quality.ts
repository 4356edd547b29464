import { type AccountId, parseAccount } from '../../ledger/accounts.ts';
import { clientOfAccount } from '../../ledger/lists/client-lists.ts';
import type { State } from '../../ledger/state.ts';
import { type Window, windowEndsAt } from '../../ledger/usage/windows.ts';
import { drawSoon } from '../alerts/mute-alerts.ts';
import type { AppContext } from '../context.ts';
import { availableModels } from '../images/available-models.ts';
import type { ChangeInput, ChangeResult } from '../inputs.ts';
import { submitChange } from '../submit-change.ts';

/** `untilAt`: null where it was lifted. */
export type Capped = ChangeResult & { untilAt: number | null };

/** A budget without an end is spared for so long. */
const WITHOUT_END_MS = 30 * 86_400_000;

/**
 * Lets a client’s requests have only the lowest quality of each model, until the budget asked about resets or is due; or lifts
 * that. Null where the account is no client’s.
 */
export async function capQuality(
  context: AppContext,
  { deliveryId, by, account, window, isLifted }: ChangeInput<{ account: AccountId; window: Window; isLifted: boolean }>,
): Promise<Capped | null> {
  const state = await context.book.read();
  const clientId = clientOfAccount(state, account);
  if (clientId === null) return null;
  const untilAt = isLifted ? null : endOf(state, { account, window, at: context.clock.now() });
  const cap = untilAt === null ? null : { qualities: lowestQualities(context), untilAt };
  const changed = await submitChange(context, { deliveryId, by, command: { kind: 'cap_quality', clientId, cap } });
  if (changed.ok) await drawSoon(context);
  return { ...changed, untilAt };
}

function endOf(
  { projects, settings }: State,
  { account, window, at }: { account: AccountId; window: Window; at: number },
): number {
  const parsed = parseAccount(account);
  const dueAt = parsed?.kind === 'project' ? (projects.get(parsed.projectId)?.dueAt ?? null) : null;
  const endsAt = settings ? windowEndsAt(window, at, settings) : null;
  return (dueAt !== null && dueAt > at ? dueAt : endsAt) ?? at + WITHOUT_END_MS;
}

const lowestQualities = (context: AppContext): string[] => [
  ...new Set(availableModels(context).models.flatMap(({ qualities }) => qualities.slice(0, 1))),
];
