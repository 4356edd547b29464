import type { AccountId } from '../accounts.ts';
import { giverShunnedBy } from '../rights/ceilings.ts';
import type { Draw, Grant, Limit, LimitFigures, OnExceeded, State } from '../state.ts';
import { NO_USAGE, type WindowUsage } from './window-usage.ts';
import { previousMonth, type Window, windowKeysAt } from './windows.ts';

/** How an account stands against one of its limits. balance − held = available; all that adds to the limit is part of both. */
export type Standing = {
  account: AccountId;
  window: Window;
  key: string;
  over: OnExceeded;
  /** The limit itself, with what was moved here or away in this window. */
  limitCredits: number;
  /** How much of that was moved here, below zero where it was moved away. */
  movedCredits: number;
  rolledCredits: number;
  grantsCredits: number;
  usedCredits: number;
  heldCredits: number;
  balanceCredits: number;
  availableCredits: number;
};

/** The limit of an account in a window; null where there is none. */
export function figuresOf(state: State, account: AccountId, window: Window): LimitFigures | null {
  const limit = state.limits.get(account)?.find((each) => each.window === window);
  if (!limit) return null;
  const { limitCredits, over, rollOverMaxCredits } = limit;
  return { limitCredits, over, rollOverMaxCredits };
}

export const sameFigures = (one: LimitFigures | null, other: LimitFigures | null): boolean =>
  one?.limitCredits === other?.limitCredits &&
  one?.over === other?.over &&
  one?.rollOverMaxCredits === other?.rollOverMaxCredits;

/**
 * One standing for each limit of the account, at a moment; none where nothing limits it. `shunned`: what this person gave
 * is left out.
 */
export function standings(state: State, account: AccountId, at: number, shunned: string | null = null): Standing[] {
  const { settings } = state;
  if (!settings) return [];
  const keys = windowKeysAt(at, settings);
  const toBeHad = leftInGrants(state, account, at, shunned);
  return (state.limits.get(account) ?? []).map((limit) => {
    const { window, over } = limit;
    const key = keys[window];
    const use = usageOf(state, account, key);
    const limitCredits = limit.limitCredits + use.movedCredits;
    const rolledCredits = rolledInto(state, account, limit, key);
    const grantsCredits = toBeHad + use.usedOfGrantsCredits + use.heldOfGrantsCredits;
    const balanceCredits = limitCredits + rolledCredits + grantsCredits - use.usedCredits;
    return {
      account,
      window,
      key,
      over,
      limitCredits,
      movedCredits: use.movedCredits,
      rolledCredits,
      grantsCredits,
      usedCredits: use.usedCredits,
      heldCredits: use.heldCredits,
      balanceCredits,
      availableCredits: balanceCredits - use.heldCredits,
    };
  });
}

/**
 * What last month left of its own allowance, as far as it may roll over. It rolls once: a month uses its own allowance
 * first, and what rolled into it is gone at its end.
 */
function rolledInto(state: State, account: AccountId, limit: Limit, key: string): number {
  const { rollOverMaxCredits, before } = limit;
  const last = rollOverMaxCredits === null ? null : previousMonth(key);
  if (rollOverMaxCredits === null || last === null) return 0;
  const lastLimitCredits = before.key === key ? before.limitCredits : limit.limitCredits;
  if (lastLimitCredits === null) return 0;
  const use = usageOf(state, account, last);
  const ofLimit = use.usedCredits + use.heldCredits - use.usedOfGrantsCredits - use.heldOfGrantsCredits;
  return Math.min(rollOverMaxCredits, Math.max(0, lastLimitCredits + use.movedCredits - ofLimit));
}

/** What an account used and holds in a window, limited or not. */
export function usageOf(state: State, account: AccountId, key: string): Omit<WindowUsage, 'key'> {
  return state.use.get(account)?.find((use) => use.key === key) ?? NO_USAGE;
}

/**
 * What each of several equal holds takes out of an account's grants: only what its limits do not cover, soonest to
 * expire first, so that usable credits are not lost. The caller has checked that it fits.
 */
export function drawsFor(
  state: State,
  request: { account: AccountId; eachCredits: number; count: number; at: number; memberId: string },
): Draw[][] {
  const { account, eachCredits, count, at, memberId } = request;
  const grants = state.grants.get(account);
  if (!grants) return [];
  const shunned = giverShunnedBy(state, memberId);
  const purse = grants
    .filter((grant) => grant.by !== shunned && toBeHad(grant, at) > 0)
    .sort((a, b) => (a.expiresAt ?? Number.POSITIVE_INFINITY) - (b.expiresAt ?? Number.POSITIVE_INFINITY))
    .map((grant) => ({ grantId: grant.grantId, left: toBeHad(grant, at) }));
  if (purse.length === 0) return [];
  let room = Math.max(0, roomOfLimits(state, account, at));
  return Array.from({ length: count }, () => {
    const covered = Math.min(room, eachCredits);
    room -= covered;
    return take(purse, eachCredits - covered).map((part) => ({ account, ...part }));
  });
}

/**
 * What an account's limits leave without any grant, below zero where one was lowered; infinite where it has none that
 * stops anything.
 */
export function roomOfLimits(state: State, account: AccountId, at: number): number {
  const inGrants = leftInGrants(state, account, at);
  let room = Number.POSITIVE_INFINITY;
  for (const { over, availableCredits } of standings(state, account, at)) {
    if (over !== 'warn') room = Math.min(room, availableCredits - inGrants);
  }
  return room;
}

function take(purse: { grantId: string; left: number }[], credits: number): { grantId: string; credits: number }[] {
  const parts: { grantId: string; credits: number }[] = [];
  let missing = credits;
  for (const grant of purse) {
    const part = Math.min(grant.left, missing);
    if (part <= 0) continue;
    grant.left -= part;
    missing -= part;
    parts.push({ grantId: grant.grantId, credits: part });
  }
  return parts;
}

/** What an account's grants have left at a moment, but for those that one person gave. */
export const leftInGrants = (
  { grants }: State,
  account: AccountId,
  at: number,
  shunned: string | null = null,
): number =>
  (grants.get(account) ?? []).reduce((sum, grant) => sum + (grant.by === shunned ? 0 : toBeHad(grant, at)), 0);

const toBeHad = (grant: Grant, at: number) =>
  grant.expiresAt !== null && grant.expiresAt <= at ? 0 : grant.amountCredits - grant.usedCredits - grant.heldCredits;
