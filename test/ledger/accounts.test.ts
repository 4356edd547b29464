import { expect, test } from '@jest/globals';
import { accountsOf, isAccount, parseAccount } from '../../src/ledger/accounts.ts';

test.each([
  ['agency', { kind: 'agency' }],
  ['client:acme', { kind: 'client', clientId: 'acme' }],
  ['member:U1', { kind: 'member', memberId: 'U1' }],
  ['client:', null],
  ['client:a b', null],
  ['client:a:b', null],
  ['member:a@b', null],
  ['team:film', null],
  ['agency ', null],
  ['Agency', null],
  ['client:a\n', null],
  ['', null],
])('%j names %j', (text, account) => {
  expect(parseAccount(text)).toEqual(account);
  expect(isAccount(text)).toBe(account !== null);
});

test('what is spent counts for the agency, the client and the member, widest first', () => {
  expect(accountsOf({ clientId: 'acme', memberId: 'U1' })).toEqual(['agency', 'client:acme', 'member:U1']);
});
