import { type AccountId, AGENCY, clientAccount } from '../../ledger/accounts.ts';
import type { Line } from '../../ledger/lines.ts';
import type { State } from '../../ledger/state.ts';
import { windowKeysAt } from '../../ledger/usage/windows.ts';

/**
 * What a client has left after a line, for everyone in its channel. Null where nothing limits it, where it is closed, and where
 * the agency’s own limit leaves less: what would be said could not be used, and the agency’s figure is not said there.
 */
export function clientLeft(
  state: State,
  { line, clientId }: { line: Line | null; clientId: string | null },
): number | null {
  if (line === null || clientId === null || state.clients.get(clientId)?.closedAt !== null) return null;
  const left = leastIn(state, line, clientAccount(clientId));
  const ofAgency = leastIn(state, line, AGENCY);
  if (left === null || (ofAgency !== null && left > 0 && ofAgency < left)) return null;
  return left;
}

/** The least that any limit which stops leaves; one that only warns is no end. */
function leastIn({ limits, settings }: State, { balances, at }: Line, account: AccountId): number | null {
  if (!settings) return null;
  const keys = windowKeysAt(at, settings);
  const stopping = new Set(
    (limits.get(account) ?? []).flatMap(({ window, over }) => (over === 'warn' ? [] : [keys[window]])),
  );
  const left = balances.flatMap(({ account: of, window, availableCredits }) =>
    of === account && stopping.has(window) ? (availableCredits ?? []) : [],
  );
  return left.length > 0 ? Math.min(...left) : null;
}
