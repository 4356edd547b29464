import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contentHash } from '../../src/ports/content-hash.ts';

/** The same hash, said another way: what is stored in a journal has to come out the same for ever. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  const sorted = members.sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${sorted.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`;
}
const expected = (value: unknown) => createHash('sha256').update(canonical(value)).digest('base64url');

const names = fc.string({ minLength: 1, maxLength: 8, unit: 'binary' }).filter((name) => !/^\d|^__proto__$/.test(name));
const contents = fc.object({
  key: names,
  values: [fc.string({ unit: 'binary' }), fc.integer(), fc.boolean(), fc.constant(null), fc.constant(undefined)],
});

test('is the hash of the value with its keys in order, seed 51', () => {
  fc.assert(
    fc.property(contents, (value) => {
      expect(contentHash(value)).toBe(expected(value));
    }),
    { seed: 51, numRuns: 300 },
  );
});

test('does not depend on the order of keys, but on everything else', () => {
  expect(contentHash({ a: 1, b: { c: [1, 2], d: 'x' } })).toBe(contentHash({ b: { d: 'x', c: [1, 2] }, a: 1 }));
  const values = [
    { a: 1 },
    { a: '1' },
    { a: null },
    { a: [1] },
    { a: { 0: 1 } },
    { b: 1 },
    {},
    [],
    { a: 1, b: 1 },
    { a: [2, 1] },
    { a: [1, 2] },
  ];
  expect(new Set(values.map(contentHash)).size).toBe(values.length);
});

test('is what it always was', () => {
  expect(contentHash({ by: 'U1', kind: 'slip', holdId: 'h/1' })).toBe(
    expected({ holdId: 'h/1', kind: 'slip', by: 'U1' }),
  );
  expect(contentHash({ by: 'U1', kind: 'slip', holdId: 'h/1' })).toMatchInlineSnapshot(
    `"-TA-MZHgvjWAf7kIBmTv44_oBUtFAvB9W8ZmvtiiP1k"`,
  );
});
