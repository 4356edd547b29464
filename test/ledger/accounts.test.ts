import { expect, test } from 'vitest';
import { accountsOf, isAccount, parseAccount } from '../../src/ledger/accounts.ts';

test.each([
  ['agency', { kind: 'agency' }],
  ['client:acme', { kind: 'client', clientId: 'acme' }],
  ['member:U1', { kind: 'member', memberId: 'U1' }],
  ['client:', null],
  ['client:a b', null],
  ['client:a:b', null],
  ['member:a@b', null],
  ['team:film', { kind: 'team', teamId: 'film' }],
  ['project:p1', { kind: 'project', projectId: 'p1' }],
  ['member:U1@client:acme', { kind: 'member_in_client', memberId: 'U1', clientId: 'acme' }],
  ['member:U1@client:', null],
  ['member:U1@team:film', null],
  ['client:acme@client:acme', null],
  ['agency ', null],
  ['Agency', null],
  ['client:a\n', null],
  ['', null],
])('%j names %j', (text, account) => {
  expect(parseAccount(text)).toEqual(account);
  expect(isAccount(text)).toBe(account !== null);
});

test('what is spent counts for everybody it concerns, widest first', () => {
  expect(accountsOf({ clientId: 'acme', memberId: 'U1', teamIds: [], projectId: null })).toEqual([
    'agency',
    'client:acme',
    'member:U1',
    'member:U1@client:acme',
  ]);
  expect(accountsOf({ clientId: 'acme', memberId: 'U1', teamIds: ['a', 'b'], projectId: 'p' })).toEqual([
    'agency',
    'team:a',
    'team:b',
    'client:acme',
    'project:p',
    'member:U1',
    'member:U1@client:acme',
  ]);
});
