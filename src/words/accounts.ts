import type { AccountLabel } from '../app/limits/account-label.ts';
import { type AccountId, parseAccount } from '../ledger/accounts.ts';
import { called, member, type Part, strong } from './parts.ts';

/** What clients, projects and teams are called, by account. */
export type Names = Readonly<Record<string, string>>;

/** Names an account; `at`: where in its sentence. */
export function accountParts({ kind, name, memberId }: AccountLabel, at: 'Start' | 'Inside' = 'Start'): Part[] {
  const the = at === 'Start' ? 'The' : 'the';
  const who = memberId === null ? [] : [member(memberId)];
  switch (kind) {
    case 'agency':
      return [strong(`${the} agency`)];
    case 'team':
    case 'project':
      return name === null ? [`${the} ${kind}`] : [`${the} ${kind} `, called(name)];
    case 'client':
      return [name === null ? `${the} client` : called(name)];
    case 'member':
      return who;
    case 'member_in_client':
      return [...who, ' for ', name === null ? 'the client' : called(name)];
    case 'unknown':
      return [at === 'Start' ? 'An account that Inkwell can’t find' : 'an account that Inkwell can’t find'];
  }
}

/** The same in plain text, which has no mentions. */
export function accountWords(label: AccountLabel): string {
  const { kind, name } = label;
  if (kind === 'member') return 'this person';
  if (kind === 'member_in_client') return `this person for ${name ?? 'the client'}`;
  if (kind === 'unknown') return 'this account';
  const parts = accountParts(label, 'Inside');
  return parts.map((part) => (typeof part === 'object' && 'text' in part ? part.text : part)).join('');
}

/** The label of an account, by the names that are known. */
export function labelFrom(account: AccountId, names: Names): AccountLabel {
  const parsed = parseAccount(account);
  const memberId = parsed && 'memberId' in parsed ? parsed.memberId : null;
  return { account, kind: parsed?.kind ?? 'unknown', name: names[account] ?? null, memberId };
}

/** Clients and projects have a budget, as in their contracts. The agency, teams and people have a limit. */
export function budgetOrLimit(account: AccountId): 'budget' | 'limit' {
  const kind = parseAccount(account)?.kind;
  return kind === 'client' || kind === 'project' ? 'budget' : 'limit';
}

/** Returns whose limit it is, without a name. */
export function kindOfOwner(account: AccountId): string {
  const kind = parseAccount(account)?.kind;
  switch (kind) {
    case 'team':
      return 'a team’s';
    case 'project':
      return 'this project’s';
    case 'client':
      return 'this client’s';
    case 'member':
    case 'member_in_client':
      return 'a member’s';
    case 'agency':
    case undefined:
      return 'the agency’s';
  }
}
