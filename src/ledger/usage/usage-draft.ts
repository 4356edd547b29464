import type { AccountId } from '../accounts.ts';
import { carryPeople } from '../lists/client-people.ts';
import type { State } from '../state.ts';
import { carryRanking } from './least-left.ts';
import { added, copyOf, isOneOf, NO_USAGE, type WindowUsage } from './window-usage.ts';
import { isLaterKey, WINDOWS, type Window, type WindowKeys } from './windows.ts';

/**
 * What lines change of the accounts' use: copies of the lists they touch, which are not seen elsewhere and are changed
 * in place. Many lines in a row are about the same few accounts: to copy every list for every line took a fold half
 * as long again.
 */
export type UsageDraft = {
  /** The account's own list, to be changed in place. */
  of(account: AccountId): readonly WindowUsage[];
  /** The same, once every window that the keys name has begun. */
  begun(account: AccountId, keys: WindowKeys): readonly WindowUsage[];
  /** What accounts used in these windows stays, though newer ones have begun. */
  keep(windows: readonly WindowKeys[]): void;
  /** What every account used in later windows counts in these. All lists of all accounts, to be changed in place. */
  gatherInto(keys: WindowKeys): ReadonlyMap<AccountId, readonly WindowUsage[]>;
  /** The map with all that was changed; the draft is of no use afterwards. */
  ended(): State['use'];
};

export function draftUsage(before: State['use'], keptAtFirst: readonly WindowKeys[]): UsageDraft {
  let kept = keptAtFirst;
  const lists = new Map<AccountId, readonly WindowUsage[]>();
  const of = (account: AccountId) => {
    const known = lists.get(account);
    if (known) return known;
    const own = (before.get(account) ?? []).map(copyOf);
    lists.set(account, own);
    return own;
  };
  return {
    of,
    begun(account, keys) {
      const own = of(account);
      if (haveBegun(own, keys)) return own;
      const longer = WINDOWS.reduce((next, window) => begin(next, { window, keys, kept }), own);
      lists.set(account, longer);
      return longer;
    },
    keep(windows) {
      kept = windows;
    },
    gatherInto(keys) {
      for (const account of new Set([...before.keys(), ...lists.keys()]))
        lists.set(account, gathered(of(account), keys));
      return lists;
    },
    ended() {
      const after = before.withMutations((uses) => {
        for (const [account, own] of lists) uses.set(account, own);
      });
      carryPeople(before, after, lists.keys());
      carryRanking(before, after, lists.keys());
      return after;
    },
  };
}

/** Counted, not compared one by one: every start asks this millions of times. */
function haveBegun(uses: readonly WindowUsage[], keys: WindowKeys): boolean {
  let count = 0;
  for (let index = 0; index < uses.length; index += 1) if (isOneOf((uses[index] as WindowUsage).key, keys)) count += 1;
  return count === WINDOWS.length;
}

/** Of each kind of window the newest stays, to be the previous one beside the one that begins. */
function begin(
  uses: readonly WindowUsage[],
  { window, keys, kept }: { window: Window; keys: WindowKeys; kept: readonly WindowKeys[] },
): readonly WindowUsage[] {
  const key = keys[window];
  if (uses.some((use) => use.key === key)) return uses;
  const newest = uses.findLast((use) => use.key.startsWith(window));
  const stays = (use: WindowUsage) =>
    !use.key.startsWith(window) || use === newest || kept.some((each) => each[window] === use.key);
  return [...uses.filter(stays), { key, ...NO_USAGE }];
}

/** The present window comes last, as if it had just begun. */
function gathered(uses: readonly WindowUsage[], keys: WindowKeys): readonly WindowUsage[] {
  return WINDOWS.reduce((all, window) => {
    const key = keys[window];
    const later = all.filter((use) => use.key.startsWith(window) && isLaterKey(use.key, key));
    if (later.length === 0) return all;
    const present = all.filter((use) => use.key === key || later.includes(use));
    return [...all.filter((use) => !present.includes(use)), present.reduce(added, { key, ...NO_USAGE })];
  }, uses);
}
