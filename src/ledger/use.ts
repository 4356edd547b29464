import { type AccountId, AGENCY, accountsOf } from './accounts.ts';
import type { Draw, Grant, Hold, State, WindowUse } from './state.ts';
import { WINDOWS, type Window, type WindowKeys } from './windows.ts';

/** How many credits of a hold turn out used on one account; the rest of the hold is given back to it. */
type UsedOn = (account: AccountId) => number;

type Change = Pick<State, 'use' | 'grants' | 'holds'>;

/** Sets the holds' credits aside on every account they touch. */
export function addHolds(state: State, added: readonly Hold[]): Change {
  let { use, grants, holds } = state;
  for (const hold of added) {
    const { keys, draws, amountCredits } = hold;
    use = use.withMutations((uses) => {
      for (const account of accountsOf(hold)) {
        const change = {
          usedCredits: 0,
          heldCredits: amountCredits,
          usedOfGrantsCredits: 0,
          heldOfGrantsCredits: drawnFrom(draws, account),
          movedCredits: 0,
        };
        uses.set(account, addUse(uses.get(account) ?? [], keys, change));
      }
    });
    for (const draw of draws) grants = changeGrant(grants, draw, { held: draw.credits, used: 0 });
    holds = holds.set(hold.holdId, hold);
  }
  return { use, grants, holds };
}

/** Ends a hold. What is used comes out of the limit first, so that credits of a grant come back where they can. */
export function endHold(state: State, hold: Hold, usedOn: UsedOn): Change {
  const { keys, draws, amountCredits } = hold;
  let { grants } = state;
  const use = state.use.withMutations((uses) => {
    for (const account of accountsOf(hold)) {
      const used = usedOn(account);
      const ofGrants = drawnFrom(draws, account);
      const usedOfGrants = Math.max(0, used - (amountCredits - ofGrants));
      const change = {
        usedCredits: used,
        heldCredits: -amountCredits,
        usedOfGrantsCredits: usedOfGrants,
        heldOfGrantsCredits: -ofGrants,
        movedCredits: 0,
      };
      uses.set(account, changeUse(uses.get(account) ?? [], keys, change));
      if (ofGrants > 0) grants = endDraws(grants, { draws, account, usedOfGrants });
    }
  });
  return { use, grants, holds: state.holds.delete(hold.holdId) };
}

/** Allowance of one window that goes from one account to another; the other windows are begun, and left as they are. */
export function moveAllowance(
  use: State['use'],
  { from, to, key, keys, credits }: { from: AccountId; to: AccountId; key: string; keys: WindowKeys; credits: number },
): State['use'] {
  const moved = (uses: State['use'], account: AccountId, movedCredits: number) =>
    uses.set(
      account,
      addUse(uses.get(account) ?? [], keys, NO_USE).map((each) =>
        each.key === key ? plus(each, { ...NO_USE, movedCredits }) : each,
      ),
    );
  return moved(moved(use, from, -credits), to, credits);
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

export const NO_USE: UseChange = {
  usedCredits: 0,
  heldCredits: 0,
  usedOfGrantsCredits: 0,
  heldOfGrantsCredits: 0,
  movedCredits: 0,
};

function addUse(uses: readonly WindowUse[], keys: WindowKeys, change: UseChange): readonly WindowUse[] {
  return changeUse(
    haveBegun(uses, keys) ? uses : WINDOWS.reduce((next, window) => begin(next, window, keys), uses),
    keys,
    change,
  );
}

function haveBegun(uses: readonly WindowUse[], keys: WindowKeys): boolean {
  let count = 0;
  for (let index = 0; index < uses.length; index += 1) if (isOneOf((uses[index] as WindowUse).key, keys)) count += 1;
  return count === WINDOWS.length;
}

/** Of each kind of window the newest stays, to be the previous one beside the one that begins. */
function begin(uses: readonly WindowUse[], window: Window, keys: WindowKeys): readonly WindowUse[] {
  const key = keys[window];
  if (uses.some((use) => use.key === key)) return uses;
  const newest = uses.findLast((use) => use.key.startsWith(window));
  const kept = uses.filter((use) => !use.key.startsWith(window) || use === newest);
  return [...kept, { key, ...NO_USE }];
}

/** A window that is no longer kept has no limit that could still be exceeded. Counted loops: every start runs these millions of times. */
function changeUse(uses: readonly WindowUse[], keys: WindowKeys, change: UseChange): readonly WindowUse[] {
  const changed = uses.slice();
  for (let index = 0; index < changed.length; index += 1) {
    const use = changed[index] as WindowUse;
    if (isOneOf(use.key, keys)) changed[index] = plus(use, change);
  }
  return changed;
}

const isOneOf = (key: string, keys: WindowKeys) =>
  key === keys.total || key === keys.month || key === keys.week || key === keys.day;

const plus = (use: WindowUse, change: UseChange): WindowUse => ({
  key: use.key,
  usedCredits: use.usedCredits + change.usedCredits,
  heldCredits: use.heldCredits + change.heldCredits,
  usedOfGrantsCredits: use.usedOfGrantsCredits + change.usedOfGrantsCredits,
  heldOfGrantsCredits: use.heldOfGrantsCredits + change.heldOfGrantsCredits,
  movedCredits: use.movedCredits + change.movedCredits,
});

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
