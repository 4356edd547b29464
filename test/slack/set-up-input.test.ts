import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCredits, readName } from '../../src/slack/kit/form/typed.ts';

describe('an amount of credits', () => {
  test.each([
    ['500', 500],
    [' 500 ', 500],
    ['0', 0],
    ['007', 7],
    ['1,200', 1_200],
    ['1.200', 1_200],
    ['1 200', 1_200],
    ['1\u202f200', 1_200],
    ['1’200', 1_200],
    ['1_200', 1_200],
    ['1,200,000', 1_200_000],
    ['１２００', 1_200],
    ['500 credits', 500],
    ['1 credit', 1],
    ['1,000,000,000', 1_000_000_000],
  ])('is read: %j', (typed, value) => {
    expect(readCredits(typed)).toEqual({ ok: true, value });
  });

  test.each([null, undefined, '', '   '])('left empty is no limit: %j', (typed) => {
    expect(readCredits(typed)).toEqual({ ok: true, value: null });
  });

  test.each([
    ['12.5', /whole/],
    ['12,5', /whole/],
    ['1.20', /whole/],
    ['1,2000', /whole/],
    ['-5', /below 0/],
    ['− 5', /below 0/],
    ['1000000001', /The maximum is/],
    ['9'.repeat(60), /The maximum is/],
    ['1,200.000', /whole number/],
    ['1 2 3', /whole number/],
    ['1e9', /whole number/],
    ['0x10', /whole number/],
    ['lots', /whole number/],
    ['credits', /whole number/],
    ['500 €', /whole number/],
    ['10²', /whole number/],
    ['①②', /whole number/],
    ['Ⅻ', /whole number/],
    ['½', /whole number/],
  ])('is refused with a reason: %j', (typed, reason) => {
    const read = readCredits(typed);
    expect(read.ok ? read.value : read.error).toEqual(expect.stringMatching(reason));
  });

  test.each([
    ['１２３', 123],
    ['１，２００', 1_200],
    ['١٢٣', 123],
    ['१२३', 123],
  ])('is understood in digits of other shapes and scripts: %j', (typed, value) => {
    expect(readCredits(typed)).toEqual({ ok: true, value });
  });

  test('is understood however it is grouped', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000_000), fc.constantFrom(',', '.', ' ', '\u00a0', '’', "'", ''), (count, mark) => {
        const typed = String(count).replace(/\B(?=(\d{3})+$)/g, mark);
        expect(readCredits(typed)).toEqual({ ok: true, value: count });
      }),
    );
  });

  test('never throws, and is a whole number within bounds or none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (typed) => {
        const read = readCredits(typed);
        if (read.ok && read.value !== null)
          expect(Number.isSafeInteger(read.value) && read.value >= 0 && read.value <= 1_000_000_000).toBe(true);
        if (!read.ok) expect(read.error.length).toBeLessThan(200);
      }),
    );
  });
});

describe('a client’s name', () => {
  test('loses the space around it', () => {
    expect(readName('  Northwind \n Coffee ')).toEqual({ ok: true, value: 'Northwind Coffee' });
  });

  test.each([
    [null, /Write a name/],
    ['   ', /Write a name/],
    ['x'.repeat(81), /81 characters/],
    ['\u202e\u200b', /Write a name/],
    ['\u200d \ufe0f', /Write a name/],
    ['North\u200dwind', /invisible character/],
  ])('is refused with a reason: %j', (typed, reason) => {
    const read = readName(typed);
    expect(read.ok ? read.value : read.error).toEqual(expect.stringMatching(reason));
  });

  test.each(['North\u202ewind', 'North\u200bwind', 'North\u{e0041}wind', 'Northwind\u3164'])(
    'loses what cannot be seen: %j',
    (typed) => expect(readName(typed)).toEqual({ ok: true, value: 'Northwind' }),
  );

  test('may have eighty characters of any kind', () => {
    expect(readName('🦊'.repeat(80)).ok).toBe(true);
  });
});
