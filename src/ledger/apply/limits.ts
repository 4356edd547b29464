import type { AccountId } from '../accounts.ts';
import type { Change } from '../kinds/kind.ts';
import type { EntryOf } from '../lines.ts';
import type { Grant, Limit, State } from '../state.ts';
import { moveAllowance } from '../usage/usage.ts';
import type { UsageDraft } from '../usage/usage-draft.ts';
import { WINDOWS, type Window, type WindowKeys, windowKeysAt } from '../usage/windows.ts';
import { changeClient } from './clients.ts';

export const setLimitAt = (state: State, line: EntryOf<'limit_set'>): Change => ({
  limits: setLimit(state, line, keysAt(state, line.at)),
});

export const setRule = ({ rules }: State, { scope, rule }: EntryOf<'rule_set'>): Change => ({
  rules: rule === null ? rules.delete(scope) : rules.set(scope, rule),
});

export const capQuality = (state: State, { clientId, cap, by, at }: EntryOf<'quality_capped'>): Change =>
  changeClient(state, clientId, { qualityCap: cap && { ...cap, by, at } });

export function moveBudget(state: State, line: EntryOf<'budget_moved'>, uses: UsageDraft): Change {
  const { from, to, window, amountCredits: credits } = line;
  const keys = keysAt(state, line.at);
  moveAllowance(uses, { from, to, key: keys[window], keys, credits });
  return {};
}

export const grant = (state: State, line: EntryOf<'granted'>): Change => ({
  grants: addGrant(state.grants, line.account, { ...line, grantedAt: line.at }),
});

export function addGrant(
  grants: State['grants'],
  account: AccountId,
  { grantId, amountCredits, expiresAt, grantedAt, by, reason }: Omit<Grant, 'usedCredits' | 'heldCredits'>,
): State['grants'] {
  const grant: Grant = { grantId, amountCredits, usedCredits: 0, heldCredits: 0, expiresAt, grantedAt, by, reason };
  return grants.set(account, [...(grants.get(account) ?? []), grant]);
}

type Setting = Omit<Limit, 'limitCredits' | 'before'> & { account: AccountId; limitCredits: number | null };

/** In the order of the windows, so that two states of the same lines look the same. */
export function setLimit(
  state: Pick<State, 'limits'>,
  { account, window, limitCredits, over, rollOverMaxCredits }: Setting,
  keys: WindowKeys,
): State['limits'] {
  const limits = state.limits.get(account) ?? [];
  const others = limits.filter((limit) => limit.window !== window);
  if (limitCredits === null) return state.limits.set(account, others);
  const before = limitBefore(
    limits.find((limit) => limit.window === window),
    window,
    keys,
  );
  const all = [...others, { window, limitCredits, over, rollOverMaxCredits, before }];
  return state.limits.set(
    account,
    all.sort((a, b) => WINDOWS.indexOf(a.window) - WINDOWS.indexOf(b.window)),
  );
}

/** What the limit was when the present window began, however often it is set in it. */
function limitBefore(present: Limit | undefined, window: Window, keys: WindowKeys): Limit['before'] {
  const key = keys[window];
  if (present?.before.key === key) return present.before;
  return { key, limitCredits: present?.limitCredits ?? null };
}

export function keysAt(state: State, at: number): WindowKeys {
  if (!state.settings) throw new Error('a limit before the workspace was opened');
  return windowKeysAt(at, state.settings);
}
