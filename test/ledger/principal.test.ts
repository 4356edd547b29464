import { describe, expect, test } from 'vitest';
import { byOf, principalOf } from '../../src/ledger/principal.ts';

describe('a principal', () => {
  test.each([
    ['U0ANA', { kind: 'member', memberId: 'U0ANA' }],
    ['W012AB3CD', { kind: 'member', memberId: 'W012AB3CD' }],
    ['key:k1', { kind: 'api_key', keyId: 'k1' }],
    ['key:U0ANA', { kind: 'api_key', keyId: 'U0ANA' }],
    ['key:inkwell', { kind: 'api_key', keyId: 'inkwell' }],
    ['key:', { kind: 'api_key', keyId: '' }],
    ['inkwell', { kind: 'system' }],
  ] as const)('%s is read, and written as it was', (by, principal) => {
    expect(principalOf(by)).toEqual(principal);
    expect(byOf(principal)).toBe(by);
  });
});
