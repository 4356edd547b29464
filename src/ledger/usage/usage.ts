import { type AccountId, AGENCY, accountsOf } from '../accounts.ts';
import { idLists } from '../lists/id-lists.ts';
import type { Draw, Grant, Hold, State } from '../state.ts';
import type { UsageDraft } from './usage-draft.ts';
import { isOneOf, type WindowUsage } from './window-usage.ts';
import type { WindowKeys } from './windows.ts';

/** How many credits of a hold turn out used on one account; the rest of the hold is given back to it. */
type UsedOn = (account: AccountId) => number;

type Change = Pick<State, 'grants' | 'holds'>;

/** Of one member. */
export const holdLists = idLists<Hold, 'of'>(({ memberId }) => [['of', memberId]]);

export const holdsOf = ({ holds }: Pick<State, 'holds'>, memberId: string): Hold[] =>
  holdLists
    .ids(holds, ['of', memberId])
    .toArray()
    .flatMap((holdId) => holds.get(holdId) ?? []);

/** Sets the holds' credits aside on every account they touch. */
export function addHolds(state: State, added: readonly Hold[], uses: UsageDraft): Change {
  let { grants, holds } = state;
  for (const hold of added) {
    const { keys, draws, amountCredits } = hold;
    for (const account of accountsOf(hold)) {
      addUse(uses.begun(account, keys), keys, {
        usedCredits: 0,
        heldCredits: amountCredits,
        usedOfGrantsCredits: 0,
        heldOfGrantsCredits: drawnFrom(draws, account),
      });
    }
    for (const draw of draws) grants = changeGrant(grants, draw, { held: draw.credits, used: 0 });
    holds = holdLists.set(holds, hold.holdId, hold);
  }
  return { grants, holds };
}

/** Ends a hold. What is used comes out of the limit first, so that credits of a grant come back where they can. */
export function endHold(state: State, hold: Hold, { usedOn, uses }: { usedOn: UsedOn; uses: UsageDraft }): Change {
  const { keys, draws, amountCredits } = hold;
  let { grants } = state;
  for (const account of accountsOf(hold)) {
    const used = usedOn(account);
    const ofGrants = drawnFrom(draws, account);
    const usedOfGrants = Math.max(0, used - (amountCredits - ofGrants));
    // A window that is no longer kept has no limit that could still be exceeded.
    addUse(uses.of(account), keys, {
      usedCredits: used,
      heldCredits: -amountCredits,
      usedOfGrantsCredits: usedOfGrants,
      heldOfGrantsCredits: -ofGrants,
    });
    if (ofGrants > 0) grants = endDraws(grants, { draws, account, usedOfGrants });
  }
  return { grants, holds: holdLists.remove(state.holds, hold.holdId) };
}

/** Allowance of one window that goes from one account to another; the other windows are begun, and left as they are. */
export function moveAllowance(
  uses: UsageDraft,
  { from, to, key, keys, credits }: { from: AccountId; to: AccountId; key: string; keys: WindowKeys; credits: number },
): void {
  for (const use of uses.begun(from, keys)) if (use.key === key) use.movedCredits -= credits;
  for (const use of uses.begun(to, keys)) if (use.key === key) use.movedCredits += credits;
}

/**
 * What was used in windows that have not begun counts in the present ones. What they hold is what open holds say: of a window
 * that was no longer kept it is not known otherwise.
 */
export function gatherUsage(uses: UsageDraft, { keys, holds }: { keys: WindowKeys; holds: Iterable<Hold> }): void {
  for (const list of uses.gatherInto(keys).values()) {
    for (const use of list) if (use.key !== keys.total && isOneOf(use.key, keys)) clearHeld(use);
  }
  for (const hold of holds) {
    for (const account of accountsOf(hold)) {
      for (const use of uses.begun(account, keys)) {
        if (use.key === keys.total || !isOneOf(use.key, hold.keys) || !isOneOf(use.key, keys)) continue;
        use.heldCredits += hold.amountCredits;
        use.heldOfGrantsCredits += drawnFrom(hold.draws, account);
      }
    }
  }
}

function clearHeld(use: WindowUsage): void {
  use.heldCredits = 0;
  use.heldOfGrantsCredits = 0;
}

/** The first drawn are the first used: they are the soonest to expire. */
function endDraws(
  grants: State['grants'],
  { draws, account, usedOfGrants }: { draws: readonly Draw[]; account: AccountId; usedOfGrants: number },
): State['grants'] {
  let next = grants;
  let left = usedOfGrants;
  for (const draw of draws) {
    if (draw.account !== account) continue;
    const used = Math.min(draw.credits, left);
    left -= used;
    next = changeGrant(next, draw, { held: -draw.credits, used });
  }
  return next;
}

/** Charged to every account it was held for, or only to the agency, or to none. */
export const usedByAll =
  (credits: number): UsedOn =>
  () =>
    credits;
export const usedByAgency =
  (credits: number): UsedOn =>
  (account) =>
    account === AGENCY ? credits : 0;

/** In place, and a counted loop: every start runs it millions of times. */
function addUse(
  uses: readonly WindowUsage[],
  keys: WindowKeys,
  change: Omit<WindowUsage, 'key' | 'movedCredits'>,
): void {
  for (let index = 0; index < uses.length; index += 1) {
    const use = uses[index] as WindowUsage;
    if (!isOneOf(use.key, keys)) continue;
    use.usedCredits += change.usedCredits;
    use.heldCredits += change.heldCredits;
    use.usedOfGrantsCredits += change.usedOfGrantsCredits;
    use.heldOfGrantsCredits += change.heldOfGrantsCredits;
  }
}

export function drawnFrom(draws: readonly Draw[], account: AccountId): number {
  let credits = 0;
  for (const draw of draws) if (draw.account === account) credits += draw.credits;
  return credits;
}

function changeGrant(grants: State['grants'], draw: Draw, change: { held: number; used: number }): State['grants'] {
  const changed = (grants.get(draw.account) ?? []).map(
    (grant): Grant =>
      grant.grantId === draw.grantId
        ? { ...grant, heldCredits: grant.heldCredits + change.held, usedCredits: grant.usedCredits + change.used }
        : grant,
  );
  return grants.set(draw.account, changed);
}
