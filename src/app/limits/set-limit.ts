import type { AccountId } from '../../ledger/accounts.ts';
import { parseAccount } from '../../ledger/accounts.ts';
import { may } from '../../ledger/rights/rights.ts';
import type { OverLimit, Role } from '../../ledger/state.ts';
import type { Window } from '../../ledger/usage/windows.ts';
import { afterPeopleChanged } from '../approvals/reroute.ts';
import type { World } from '../context.ts';
import type { Change, Changed } from '../inputs.ts';
import { meetOtherOwners } from '../people/owners.ts';
import { meet } from '../people/sync-member.ts';
import { change } from '../submit-change.ts';

export type LimitChange = {
  account: AccountId;
  window: Window;
  limitCredits: number | null;
  over?: OverLimit;
  rollOverMaxCredits?: number | null;
};

/** `limitCredits` null takes the limit away; what is not said of it stays as it is. A limit for somebody Inkwell has not met yet makes them known first. */
export async function setLimit(
  world: World,
  { deliveryId, by, account, window, limitCredits, over, rollOverMaxCredits }: Change<LimitChange>,
): Promise<Changed> {
  const parsed = parseAccount(account);
  if (parsed?.kind === 'member') await meet(world, parsed.memberId);
  const present = world.book
    .now()
    .limits.get(account)
    ?.find((limit) => limit.window === window);
  return await change(world, {
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
  world: World,
  { deliveryId, by, memberId, role }: Change<{ memberId: string; role: Role }>,
): Promise<Changed> {
  await meet(world, by);
  const person = await meet(world, memberId);
  if (!person) return { ok: false, refusal: { reason: 'not_a_member', memberId } };
  const looksAfter = role === 'owner' || role === 'manager';
  // Who may not give roles at all is told that, by the ledger.
  if (looksAfter && may(world.book.now(), by, 'set_role') && (await world.people.look(memberId))?.kind !== 'member') {
    return { ok: false, refusal: { reason: 'not_one_of_us', memberId, role } };
  }
  if (role !== 'owner') await meetOtherOwners(world, memberId);
  const changed = await change(world, { deliveryId, by, wish: { kind: 'set_role', memberId, role } });
  if (changed.ok) await afterPeopleChanged(world, memberId);
  return changed;
}
