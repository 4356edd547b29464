import type { AccountId } from '../../ledger/accounts.ts';
import type { Facts } from '../../ledger/lines.ts';
import type { RaisedLimit } from '../../ledger/requests.ts';
import { extraCredits, number } from '../../words/figures.ts';
import { hasLimit } from '../kit/limit-words.ts';
import { bold, dateToken, type Inline, person } from '../kit/parts.ts';

/** What an approval changed: limits raised for good, or extra credits. `raised`: what is still known of the limits before. */
export function approvedWords(
  { how, grants, memberId }: Facts & { kind: 'approved' },
  nameOf: (account: AccountId) => Inline[],
  raised: readonly RaisedLimit[],
): Inline[] {
  const whose: Inline[] = [' to approve a request by ', person(memberId)];
  switch (how.kind) {
    case 'raise':
      return [
        ...listed(
          how.limits.map(({ account, window, limitCredits }): Inline[] => {
            const before = raised.find((each) => each.account === account && each.window === window);
            const from = before ? `raised from ${number(before.fromCredits)}` : null;
            return [...nameOf(account), ...hasLimit({ window, limitCredits, from })];
          }),
        ),
        ...whose,
      ];
    case 'until':
      return [...granted(grants, nameOf), ' until ', dateToken(how.expiresAt), ...whose];
    case 'once':
      return [...granted(grants, nameOf), ' for one request by ', person(memberId)];
  }
}

const granted = (
  grants: (Facts & { kind: 'approved' })['grants'],
  nameOf: (account: AccountId) => Inline[],
): Inline[] =>
  listed(
    grants.map(({ account, amountCredits }): Inline[] => [
      bold(extraCredits(amountCredits)),
      ' for ',
      ...nameOf(account),
    ]),
  );

const listed = (parts: readonly Inline[][]): Inline[] =>
  parts.flatMap((part, index) => (index === 0 ? part : [index === parts.length - 1 ? ' and ' : ', ', ...part]));
