import { type AccountId, AGENCY, parseAccount } from '../../ledger/accounts.ts';
import { may } from '../../ledger/rights/rights.ts';
import type { State } from '../../ledger/state.ts';
import { type Less, lessThanOwn } from '../../ledger/usage/less.ts';

/** The same, as far as one reader may know it: without the figure of an account that is none of their business. */
export type LessSaid =
  | (Less & { kind: 'closed' })
  | (Omit<Less & { kind: 'above' }, 'leftCredits'> & { leftCredits: number | null });

type Look = { by: string; account: AccountId; at: number };

/** Says why less can be used than an account's own limits leave; null where nothing else is in the way. */
export function lessSaid(state: State, { by, account, at }: Look): LessSaid | null {
  const less = lessThanOwn(state, account, at);
  if (less?.kind !== 'above') return less;
  return mayKnow(state, by, less.account) ? less : { ...less, leftCredits: null };
}

/**
 * Of the accounts that a refusal, a card or a form is about, those whose figures are none of their reader's business. The
 * client that they asked for, and its projects, are: `/credits` shows them in its channels.
 */
export const hiddenFrom = (
  state: State,
  { by, clientId, accounts }: { by: string; clientId: string | null | undefined; accounts: readonly AccountId[] },
): AccountId[] =>
  accounts.filter((account) => !mayKnow(state, by, account) && (!clientId || ofClient(state, account) !== clientId));

function ofClient({ projects }: State, accountId: AccountId): string | null {
  const account = parseAccount(accountId);
  if (account?.kind === 'client') return account.clientId;
  return account?.kind === 'project' ? (projects.get(account.projectId)?.clientId ?? null) : null;
}

/** Whether a person may see an account's figures as one who looks after it. */
export const seesFigures = (state: State, by: string, account: AccountId): boolean =>
  may(state, by, 'see_figures', { account }) || (account === AGENCY && may(state, by, 'see_agency'));

/** People know how they and their own teams stand. */
function mayKnow(state: State, by: string, accountId: AccountId): boolean {
  const account = parseAccount(accountId);
  if (account?.kind === 'team' && state.members.get(by)?.teamIds.includes(account.teamId)) return true;
  if (account && 'memberId' in account && account.memberId === by) return true;
  return seesFigures(state, by, accountId);
}
