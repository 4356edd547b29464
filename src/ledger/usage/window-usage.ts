import type { WindowKeys } from './windows.ts';

/**
 * What an account used and holds in one window. The part that came out of grants is counted apart, because it does not
 * eat into the limit. At most the current and the previous window of each kind are kept: time only goes forward.
 */
export type WindowUsage = {
  key: string;
  usedCredits: number;
  heldCredits: number;
  usedOfGrantsCredits: number;
  heldOfGrantsCredits: number;
  /** Allowance that was moved here from other accounts, below zero where it was moved away. */
  movedCredits: number;
};

export const NO_USAGE: Omit<WindowUsage, 'key'> = {
  usedCredits: 0,
  heldCredits: 0,
  usedOfGrantsCredits: 0,
  heldOfGrantsCredits: 0,
  movedCredits: 0,
};

/** Field by field: a spread takes so much longer that a start would gain nothing. */
export const copyOf = (use: WindowUsage): WindowUsage => ({
  key: use.key,
  usedCredits: use.usedCredits,
  heldCredits: use.heldCredits,
  usedOfGrantsCredits: use.usedOfGrantsCredits,
  heldOfGrantsCredits: use.heldOfGrantsCredits,
  movedCredits: use.movedCredits,
});

export const added = (sum: WindowUsage, use: WindowUsage): WindowUsage => ({
  key: sum.key,
  usedCredits: sum.usedCredits + use.usedCredits,
  heldCredits: sum.heldCredits + use.heldCredits,
  usedOfGrantsCredits: sum.usedOfGrantsCredits + use.usedOfGrantsCredits,
  heldOfGrantsCredits: sum.heldOfGrantsCredits + use.heldOfGrantsCredits,
  movedCredits: sum.movedCredits + use.movedCredits,
});

/** Written out: every start asks this millions of times. */
export const isOneOf = (key: string, keys: WindowKeys) =>
  key === keys.total ||
  key === keys.year ||
  key === keys.quarter ||
  key === keys.month ||
  key === keys.week ||
  key === keys.day;
