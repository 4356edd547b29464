import { type AccountId, AGENCY, accountsOf } from './accounts.ts';
import type { Draw, Grant, Hold, State, WindowUse } from './state.ts';
import { WINDOWS, type WindowKeys } from './windows.ts';

/** How many credits of a hold turn out used on one account; the rest of the hold is given back to it. */
type UsedOn = (account: AccountId) => number;

/** Sets the hold's credits aside on every account it touches. */
export function addHold(state: State, hold: Hold): State {
  let { use, grants } = state;
  for (const account of accountsOf(hold)) {
    const ofGrants = drawnFrom(hold.draws, account);
    use = use.set(
      account,
      addUse(use.get(account) ?? [], hold.keys, {
        usedCredits: 0,
        heldCredits: hold.amountCredits,
        usedOfGrantsCredits: 0,
        heldOfGrantsCredits: ofGrants,
      }),
    );
  }
  for (const draw of hold.draws) grants = changeGrant(grants, draw, { held: draw.credits, used: 0 });
  return { ...state, use, grants, holds: state.holds.set(hold.holdId, hold) };
}

/** Ends a hold. What is used comes out of the limit first, so that credits of a grant come back where they can. */
export function endHold(state: State, hold: Hold, usedOn: UsedOn): State {
  let { use, grants } = state;
  for (const account of accountsOf(hold)) {
    const used = usedOn(account);
    const ofGrants = drawnFrom(hold.draws, account);
    let usedOfGrants = Math.max(0, used - (hold.amountCredits - ofGrants));
    use = use.set(
      account,
      changeUse(use.get(account) ?? [], hold.keys, {
        usedCredits: used,
        heldCredits: -hold.amountCredits,
        usedOfGrantsCredits: usedOfGrants,
        heldOfGrantsCredits: -ofGrants,
      }),
    );
    for (const draw of hold.draws) {
      if (draw.account !== account) continue;
      const spent = Math.min(draw.credits, usedOfGrants);
      usedOfGrants -= spent;
      grants = changeGrant(grants, draw, { held: -draw.credits, used: spent });
    }
  }
  return { ...state, use, grants, holds: state.holds.delete(hold.holdId) };
}

/** Charged to everybody it was held for, or only to the agency, or to nobody. */
export const usedByAll =
  (credits: number): UsedOn =>
  () =>
    credits;
export const usedByAgency =
  (credits: number): UsedOn =>
  (account) =>
    account === AGENCY ? credits : 0;

type UseChange = Omit<WindowUse, 'key'>;

function addUse(uses: readonly WindowUse[], keys: WindowKeys, change: UseChange): readonly WindowUse[] {
  let next = uses;
  for (const window of WINDOWS) {
    const key = keys[window];
    if (!next.some((use) => use.key === key)) next = [...forgetOldest(next, window), { key, ...change }];
    else next = next.map((use) => (use.key === key ? plus(use, change) : use));
  }
  return next;
}

/** A window that is no longer kept has no limit that could still be exceeded. */
function changeUse(uses: readonly WindowUse[], keys: WindowKeys, change: UseChange): readonly WindowUse[] {
  return uses.map((use) => (isOneOf(use.key, keys) ? plus(use, change) : use));
}

const isOneOf = (key: string, keys: WindowKeys) =>
  key === keys.total || key === keys.month || key === keys.week || key === keys.day;

/** Of each kind of window the newest stays, to be the previous one beside the one that begins. */
function forgetOldest(uses: readonly WindowUse[], window: string): readonly WindowUse[] {
  const ofKind = uses.filter((use) => use.key.startsWith(window));
  if (ofKind.length < 2) return uses;
  const newest = ofKind.at(-1);
  return uses.filter((use) => !use.key.startsWith(window) || use === newest);
}

const plus = (use: WindowUse, change: UseChange): WindowUse => ({
  key: use.key,
  usedCredits: use.usedCredits + change.usedCredits,
  heldCredits: use.heldCredits + change.heldCredits,
  usedOfGrantsCredits: use.usedOfGrantsCredits + change.usedOfGrantsCredits,
  heldOfGrantsCredits: use.heldOfGrantsCredits + change.heldOfGrantsCredits,
});

function drawnFrom(draws: readonly Draw[], account: AccountId): number {
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
