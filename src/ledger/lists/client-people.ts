import { Map as ImmutableMap, List } from 'immutable';
import { type AccountId, parseAccount } from '../accounts.ts';
import type { State } from '../state.ts';

type Use = State['use'];
type People = ImmutableMap<string, List<string>>;

const remembered = new WeakMap<Use, People>();

/** The members who ever used a client's credits, without a look at all other accounts. */
export const whoUsed = ({ use }: Pick<State, 'use'>, clientId: string): List<string> =>
  peopleIn(use).get(clientId) ?? List();

/** After a change of these accounts and of no others: what was known goes on with them. */
export function carryPeople(before: Use, after: Use, accounts: Iterable<AccountId>): void {
  const known = remembered.get(before);
  if (!known || before === after) return;
  let next = known;
  for (const account of accounts) if (!before.has(account)) next = withAccount(next, account);
  remembered.set(after, next);
}

function peopleIn(use: Use): People {
  const known = remembered.get(use);
  if (known) return known;
  const made = People().withMutations((all) => {
    for (const account of use.keys()) withAccount(all, account);
  });
  remembered.set(use, made);
  return made;
}

const People = () => ImmutableMap<string, List<string>>();

function withAccount(people: People, accountId: AccountId): People {
  const account = parseAccount(accountId);
  if (account?.kind !== 'member_in_client') return people;
  return people.update(account.clientId, List<string>(), (members) => members.push(account.memberId));
}
