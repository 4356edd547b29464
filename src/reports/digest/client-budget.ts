import { clientAccount } from '../../ledger/accounts.ts';
import type { State } from '../../ledger/state.ts';
import { lessThanOwn } from '../../ledger/usage/less.ts';
import { type Standing, standings } from '../../ledger/usage/standings.ts';
import { dateAt, type Window, windowEndsAt } from '../../ledger/usage/windows.ts';

/** How a client stands, as far as its own people may know: what was used and is left, not what its budget is made of. */
export type ClientBudget = {
  window: Window;
  usedCredits: number;
  heldCredits: number;
  /** Never below zero. Null where less can be used than the client’s own limits leave, for a reason that is the agency’s. */
  leftCredits: number | null;
  /** The date on which it begins again; null where it never does. */
  resetsOn: string | null;
  /** Another limit of the client that leaves less than this one. */
  less: { window: Window; leftCredits: number } | null;
};

/** People look at months first. */
const LOOKED_AT: readonly Window[] = ['month', 'quarter', 'year', 'total', 'week', 'day'];

/** Null where nothing limits the client. */
export function clientBudgetOf(state: State, clientId: string, at: number): ClientBudget | null {
  const { settings } = state;
  const all = standings(state, clientAccount(clientId), at);
  const shown = LOOKED_AT.flatMap((window) => all.find((each) => each.window === window) ?? [])[0];
  if (!settings || !shown) return null;
  const { window, usedCredits, heldCredits, availableCredits } = shown;
  const isLess = lessThanOwn(state, clientAccount(clientId), at) !== null;
  const endsAt = windowEndsAt(window, at, settings);
  return {
    window,
    usedCredits,
    heldCredits,
    leftCredits: isLess ? null : Math.max(0, availableCredits),
    resetsOn: endsAt === null ? null : dateAt(endsAt, settings),
    less: isLess ? null : lessThan(shown, all),
  };
}

/** A limit that only warns stops nothing. */
function lessThan(shown: Standing, all: readonly Standing[]): ClientBudget['less'] {
  const [least] = all
    .filter(({ over, availableCredits }) => over !== 'warn' && availableCredits < shown.availableCredits)
    .sort((a, b) => a.availableCredits - b.availableCredits);
  return least ? { window: least.window, leftCredits: Math.max(0, least.availableCredits) } : null;
}
