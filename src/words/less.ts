import type { LessSaid } from '../app/limits/less-said.ts';
import type { TeamRow } from '../app/people/people-view.ts';
import { type AccountId, parseAccount } from '../ledger/accounts.ts';
import { budgetOrLimit } from './accounts.ts';
import { capitalized, credits, number } from './figures.ts';
import { limitsInShort } from './limits.ts';
import { WINDOW_WORDS } from './windows.ts';

/** Says why less of an account can be used than its own limits leave. */

/** `The agency’s monthly limit has only 3 credits left, so no more than that can be used.` */
export function lessSentence(less: LessSaid): string {
  if (less.kind === 'closed') return `Closed, so no credits can be used until the ${less.what} is reopened.`;
  const { leftCredits, account, window } = less;
  if (leftCredits === null) return `${capitalized(limitOf(account))} leaves less than that now.`;
  const which = capitalized(limitOf(account, WINDOW_WORDS[window].adjective));
  if (leftCredits === 0) return `${which} has no credits left, so none can be used now.`;
  return `${which} has only ${credits(leftCredits)} left, so no more than that can be used now.`;
}

/** `only 3 left of the agency’s monthly limit`, behind a balance in a list. */
export function lessInShort(less: LessSaid): string {
  if (less.kind === 'closed') return 'closed';
  const { leftCredits, account, window } = less;
  if (leftCredits === null) return `less is left of ${limitOf(account)}`;
  const left = leftCredits === 0 ? 'none' : `only ${number(leftCredits)}`;
  return `${left} left of ${limitOf(account, WINDOW_WORDS[window].adjective)}`;
}

/** `200 a month, 12 a day · only 3 left of the team’s weekly limit`, of a person or a team. */
export function limitsAndLess({ standings, less = null }: Pick<TeamRow, 'standings' | 'less'>): string {
  const limits = limitsInShort(standings);
  return less === null ? limits : `${limits} · ${lessInShort(less)}`;
}

/** The account above is the only one of its kind there, so it needs no name. */
function limitOf(account: AccountId, adjective: string | null = null): string {
  const what = `${adjective === null ? '' : `${adjective} `}${budgetOrLimit(account)}`;
  const kind = parseAccount(account)?.kind;
  switch (kind) {
    case 'team':
      return `the team’s ${what}`;
    case 'client':
    case 'project':
      return `the ${kind}’s ${what}`;
    case 'member':
    case 'member_in_client':
      return `the ${what} for all clients`;
    case 'agency':
    case undefined:
      return `the agency’s ${what}`;
  }
}
