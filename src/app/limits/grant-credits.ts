import type { AccountId } from '../../ledger/accounts.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import { endOfDay } from '../approvals/end-of-day.ts';
import type { AppContext } from '../context.ts';
import type { ChangeInput, ChangeResult } from '../inputs.ts';
import { submitChange } from '../submit-change.ts';
import { authorizeView } from './authorize-view.ts';
import type { LimitRow } from './limits-view.ts';
import { rowOf } from './show-limits.ts';

/** `untilDate`: `2026-12-24`, the last day by the agency's own calendar; null: it does not expire. */
export type GrantInput = { account: AccountId; amountCredits: number; untilDate: string | null; reason: string };

export async function showGrant(
  context: AppContext,
  { by, account }: { by: string; account: AccountId },
): Promise<{ ok: true; row: LimitRow } | { ok: false; refusal: Refusal }> {
  const seen = await authorizeView(context, { by, action: 'grant', account });
  return seen.ok ? { ok: true, row: rowOf(seen.state, { by, account, at: seen.at }) } : seen;
}

/** Credits on top of an account's limits. The delivery names the grant, so that one click is one grant. */
export async function grantCredits(
  context: AppContext,
  { deliveryId, by, account, amountCredits, untilDate, reason }: ChangeInput<GrantInput>,
): Promise<ChangeResult> {
  const { settings } = context.book.now();
  const expiresAt = untilDate === null || !settings ? null : endOfDay(untilDate, settings);
  if (untilDate !== null && expiresAt === null) {
    return { ok: false, refusal: { reason: 'invalid', field: 'expiresAt', problem: 'is not a day' } };
  }
  return await submitChange(context, {
    deliveryId,
    by,
    command: { kind: 'grant', grantId: `g-${deliveryId}`, account, amountCredits, expiresAt, reason },
  });
}
