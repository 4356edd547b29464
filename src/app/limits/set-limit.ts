import type { AccountId } from '../../ledger/accounts.ts';
import { parseAccount } from '../../ledger/accounts.ts';
import { may } from '../../ledger/rights/rights.ts';
import type { OnExceeded, Role } from '../../ledger/state.ts';
import type { Window } from '../../ledger/usage/windows.ts';
import { afterPeopleChanged } from '../approvals/reroute.ts';
import type { AppContext } from '../context.ts';
import type { ChangeInput, ChangeResult } from '../inputs.ts';
import { syncOtherOwners } from '../people/owners.ts';
import { syncMember } from '../people/sync-member.ts';
import { submitChange } from '../submit-change.ts';

export type LimitChange = {
  account: AccountId;
  window: Window;
  limitCredits: number | null;
  over?: OnExceeded;
  rollOverMaxCredits?: number | null;
};

/** `limitCredits` null takes the limit away; what is not said of it stays as it is. A limit for somebody Inkwell has not met yet makes them known first. */
export async function setLimit(
  context: AppContext,
  { deliveryId, by, account, window, limitCredits, over, rollOverMaxCredits }: ChangeInput<LimitChange>,
): Promise<ChangeResult> {
  const parsed = parseAccount(account);
  if (parsed?.kind === 'member') await syncMember(context, parsed.memberId);
  const present = context.book
    .now()
    .limits.get(account)
    ?.find((limit) => limit.window === window);
  return await submitChange(context, {
    deliveryId,
    by,
    wish: {
      kind: 'set_limit',
      account,
      window,
      limitCredits,
      over: over ?? present?.over ?? 'refuse',
      rollOverMaxCredits: rollOverMaxCredits === undefined ? (present?.rollOverMaxCredits ?? null) : rollOverMaxCredits,
    },
  });
}

export async function setRole(
  context: AppContext,
  { deliveryId, by, memberId, role }: ChangeInput<{ memberId: string; role: Role }>,
): Promise<ChangeResult> {
  await syncMember(context, by);
  const person = await syncMember(context, memberId);
  if (!person) return { ok: false, refusal: { reason: 'not_a_member', memberId } };
  const looksAfter = role === 'owner' || role === 'manager';
  // Who may not give roles at all is told that, by the ledger.
  if (
    looksAfter &&
    may(context.book.now(), by, 'set_role') &&
    (await context.people.look(memberId))?.kind !== 'member'
  ) {
    return { ok: false, refusal: { reason: 'not_one_of_us', memberId, role } };
  }
  if (role !== 'owner') await syncOtherOwners(context, memberId);
  const changed = await submitChange(context, { deliveryId, by, wish: { kind: 'set_role', memberId, role } });
  if (changed.ok) await afterPeopleChanged(context, memberId);
  return changed;
}
