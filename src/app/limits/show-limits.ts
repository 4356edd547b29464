import { type AccountId, parseAccount } from '../../ledger/accounts.ts';
import { movableOf } from '../../ledger/decide/limits.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import { limitAction, may } from '../../ledger/rights/rights.ts';
import type { OnExceeded, State } from '../../ledger/state.ts';
import { usableStandings } from '../../ledger/usage/usable.ts';
import { WINDOWS, type Window, windowEndsAt } from '../../ledger/usage/windows.ts';
import type { AppContext } from '../context.ts';
import { syncMember } from '../people/sync-member.ts';
import { labelOf } from './account-label.ts';
import { authorizeView } from './authorize-view.ts';
import { lessSaid } from './less-said.ts';
import type { LimitRow, Stands } from './limits-view.ts';
import { type BudgetChange, recentChanges } from './recent-changes.ts';

/** The limit that was set; null: none. */
export type Figures = { limitCredits: number; over: OnExceeded; rollOverMaxCredits: number | null } | null;

/** One account with what is set in every window, and how it stands there. */
export type LimitForm = LimitRow & {
  figures: Readonly<Record<Window, Figures>>;
  changes: readonly BudgetChange[];
};

export type LimitFormShown = { ok: true; form: LimitForm } | { ok: false; refusal: Refusal };

/** The values in the form of an account's limits. A person that Inkwell does not know yet becomes known by it. */
export async function showLimits(
  context: AppContext,
  { by, account }: { by: string; account: AccountId },
): Promise<LimitFormShown> {
  const memberId = memberOf(account);
  const isNew = memberId !== null && !context.book.now().members.has(memberId);
  if (isNew && may(context.book.now(), by, limitAction(account), { account })) await syncMember(context, memberId);
  const seen = await authorizeView(context, { by, action: limitAction(account), account });
  if (!seen.ok) return seen;
  const { state, at } = seen;
  const refusal = unknownAccount(state, account);
  if (refusal) return { ok: false, refusal };
  const changes = await recentChanges(context, state, { by, account, at });
  return { ok: true, form: { ...rowOf(state, { by, account, at }), figures: figuresOf(state, account), changes } };
}

export const memberOf = (account: AccountId): string | null => {
  const parsed = parseAccount(account);
  return parsed && 'memberId' in parsed ? parsed.memberId : null;
};

export function rowOf(state: State, { by, account, at }: { by: string; account: AccountId; at: number }): LimitRow {
  return {
    ...labelOf(state, account),
    standings: standsOf(state, account, at),
    less: lessSaid(state, { by, account, at }),
    mayEdit: may(state, by, limitAction(account), { account, at }),
    mayGrant: may(state, by, 'grant', { account, at }),
    mayMove: may(state, by, 'move_budget', { account, at }),
  };
}

export function standsOf(state: State, account: AccountId, at: number): Stands[] {
  const { settings } = state;
  if (!settings) return [];
  return usableStandings(state, account, at).map((standing) => ({
    ...standing,
    resetsAt: windowEndsAt(standing.window, at, settings),
    movable: movableOf(state, standing, at),
  }));
}

export function figuresOf(state: State, account: AccountId): Readonly<Record<Window, Figures>> {
  const limits = state.limits.get(account) ?? [];
  const figures = WINDOWS.map((window): [Window, Figures] => {
    const limit = limits.find((each) => each.window === window);
    if (!limit) return [window, null];
    const { limitCredits, over, rollOverMaxCredits } = limit;
    return [window, { limitCredits, over, rollOverMaxCredits }];
  });
  return Object.fromEntries(figures) as Record<Window, Figures>;
}

function unknownAccount(state: State, text: AccountId): Refusal | null {
  const account = parseAccount(text);
  if (!account) return { reason: 'invalid', field: 'account', problem: 'is not an account' };
  if ('clientId' in account && !state.clients.has(account.clientId)) {
    return { reason: 'client_unknown', clientId: account.clientId };
  }
  if ('memberId' in account && !state.members.has(account.memberId)) {
    return { reason: 'not_a_member', memberId: account.memberId };
  }
  if ('teamId' in account && !state.teams.has(account.teamId)) {
    return { reason: 'team_unknown', teamId: account.teamId };
  }
  if ('projectId' in account && !state.projects.has(account.projectId)) {
    return { reason: 'project_unknown', projectId: account.projectId };
  }
  return null;
}
