import { describe, expect, test } from 'vitest';
import { standings } from '../../src/ledger/usage/standings.ts';
import { type Asked, agency, bind, capture, client, grant, hold, limit, slip, voided } from '../support/fixtures.ts';
import { given } from '../support/given.ts';
import { move } from '../support/wishes.ts';

/** The tenth of a month of 2026, at noon; 13 is January of 2027. */
const atMonth = (month: number, day = 10) => Date.UTC(2026, month - 1, day, 12);
const rolling = (limitCredits: number | null, rollOverMaxCredits: number | null, at: number): Asked => ({
  ...limit('client:acme', 'month', limitCredits, { rollOverMaxCredits }),
  at,
});
const used = (credits: number, at: number, commandId: string): Asked[] => [
  { ...hold(credits), commandId, at },
  capture(`${commandId}/1`, credits),
];
const opened: Asked[] = agency().map((asked) => ({ ...asked, at: atMonth(9) }));

const rolledIn = (month: number, ...steps: Asked[]) => {
  const { state } = given(opened, steps);
  return standings(state, 'client:acme', atMonth(month))[0]?.rolledCredits;
};

describe('unused allowance of a month', () => {
  test('comes on top of the next month’s, up to the most, and binds with it', () => {
    const steps = [rolling(100, 30, atMonth(9)), ...used(80, atMonth(10), 'h')];
    expect(rolledIn(11, ...steps)).toBe(20);
    given(opened, steps)
      .when(hold(120, { at: atMonth(11) }))
      .then({ kind: 'held' });
    given(opened, steps)
      .when(hold(121, { at: atMonth(11) }))
      .thenRefused({
        reason: 'limit_exceeded',
        binding: { limitCredits: 100, rolledCredits: 20, availableCredits: 120 },
      });
    expect(rolledIn(11, rolling(100, 30, atMonth(9)), ...used(10, atMonth(10), 'h'))).toBe(30);
    expect(rolledIn(11, rolling(100, null, atMonth(9)), ...used(10, atMonth(10), 'h'))).toBe(0);
    expect(rolledIn(11, rolling(100, 0, atMonth(9)))).toBe(0);
  });

  test('is all of it where nothing was used, however long', () => {
    expect(rolledIn(10, rolling(100, 250, atMonth(9)))).toBe(100);
    expect(rolledIn(13, rolling(100, 250, atMonth(9)))).toBe(100);
    expect(rolledIn(12, rolling(100, 250, atMonth(9)), ...used(90, atMonth(10), 'h'))).toBe(100);
  });

  test('does not roll into the month in which the limit was first set', () => {
    expect(rolledIn(9, rolling(100, 50, atMonth(9)))).toBe(0);
    expect(rolledIn(10, rolling(100, 50, atMonth(10)))).toBe(0);
    expect(rolledIn(11, rolling(100, 50, atMonth(10)))).toBe(50);
  });

  test('is of the limit as it was when the month began, however it is changed in it', () => {
    const steps = [rolling(100, 500, atMonth(9)), ...used(60, atMonth(10), 'h')];
    expect(rolledIn(11, ...steps, rolling(300, 500, atMonth(11, 2)), rolling(50, 500, atMonth(11, 3)))).toBe(40);
    expect(rolledIn(11, ...steps, rolling(200, 500, atMonth(10, 20)))).toBe(140);
    expect(rolledIn(12, ...steps, rolling(300, 500, atMonth(11, 2)), rolling(50, 500, atMonth(11, 3)))).toBe(50);
  });

  test('rolls as far as may be now, also where that was decided later', () => {
    const steps = [rolling(100, null, atMonth(9)), ...used(60, atMonth(10), 'h')];
    expect(rolledIn(11, ...steps, rolling(100, 25, atMonth(11, 2)))).toBe(25);
    expect(rolledIn(11, ...steps, rolling(100, 25, atMonth(11, 2)), rolling(100, 10, atMonth(11, 3)))).toBe(10);
  });

  test('is forgotten with a limit that is taken away', () => {
    expect(
      rolledIn(11, rolling(100, 50, atMonth(9)), rolling(null, null, atMonth(11, 2)), rolling(100, 50, atMonth(11, 3))),
    ).toBe(0);
  });

  test('rolls once: what came from the month before is gone first at the end, and never comes back', () => {
    const steps = [rolling(100, 100, atMonth(9)), ...used(30, atMonth(10), 'a')];
    expect(rolledIn(11, ...steps)).toBe(70);
    // Of 170 in November 120 are used: the own 100 first.
    expect(rolledIn(12, ...steps, ...used(120, atMonth(11), 'b'))).toBe(0);
    expect(rolledIn(12, ...steps, ...used(90, atMonth(11), 'b'))).toBe(10);
  });

  test('crosses the end of a year, in the workspace’s own time', () => {
    expect(rolledIn(13, rolling(100, 100, atMonth(9)), ...used(80, atMonth(12, 31), 'h'))).toBe(20);
    // Half past midnight in Berlin: it is 2027 there already.
    const midnight = Date.UTC(2026, 11, 31, 23, 30);
    expect(rolledIn(13, rolling(100, 100, atMonth(9)), ...used(80, midnight, 'h'))).toBe(100);
  });

  test('leaves aside what grants paid for', () => {
    const granted = { ...grant('client:acme', 50), at: atMonth(9) };
    expect(rolledIn(11, rolling(100, 100, atMonth(10, 1)), granted, ...used(120, atMonth(10), 'h'))).toBe(0);
    expect(rolledIn(11, rolling(100, 100, atMonth(10, 1)), granted, ...used(70, atMonth(10), 'h'))).toBe(30);
    // 120 held, 20 of them of the grant; 60 captured are the limit's, and the grant gets its own back.
    const held: Asked[] = [{ ...hold(120), commandId: 'h', at: atMonth(10) }, capture('h/1', 60)];
    expect(rolledIn(11, rolling(100, 100, atMonth(10, 1)), granted, ...held)).toBe(40);
    // 30 used, 20 of them of the grant, because the 90 that were held beside them came to nothing.
    const beside: Asked[] = [
      { ...hold(90), commandId: 'a', at: atMonth(10) },
      ...used(30, atMonth(10), 'b'),
      voided('a/1'),
    ];
    expect(rolledIn(11, rolling(100, 100, atMonth(10, 1)), granted, ...beside)).toBe(90);
  });

  test('counts what is still held as used, and gives it back with the hold', () => {
    const held: Asked[] = [rolling(100, 100, atMonth(9)), { ...hold(90), commandId: 'h', at: atMonth(10, 31) }];
    expect(rolledIn(11, ...held)).toBe(10);
    expect(rolledIn(11, ...held, { ...voided('h/1'), at: atMonth(11, 2) })).toBe(100);
    expect(rolledIn(11, ...held, { ...slip('h/1'), at: atMonth(11, 2) })).toBe(100);
    expect(rolledIn(11, ...held, { ...capture('h/1', 60), at: atMonth(11, 2) })).toBe(40);
  });

  test('is more or less by what was moved', () => {
    const both: Asked[] = [
      { ...client('nova', 'Nova'), at: atMonth(9) },
      bind('C2', 'nova'),
      rolling(100, 200, atMonth(9)),
      limit('client:nova', 'month', 50, { rollOverMaxCredits: 200 }),
      { ...move('client:acme', 'client:nova', 30), at: atMonth(10) },
    ];
    expect(rolledIn(11, ...both)).toBe(70);
    const { state } = given(opened, both);
    expect(standings(state, 'client:nova', atMonth(11))[0]).toMatchObject({ limitCredits: 50, rolledCredits: 80 });
    expect(rolledIn(12, ...both)).toBe(100);
  });

  test('can be moved itself only as far as the month’s own limit goes', () => {
    const both: Asked[] = [
      { ...client('nova', 'Nova'), at: atMonth(9) },
      rolling(100, 200, atMonth(9)),
      limit('client:nova', 'month', 50),
    ];
    given(opened, both)
      .when({ ...move('client:acme', 'client:nova', 101), at: atMonth(10) })
      .thenRefused({ reason: 'not_enough_to_move', availableCredits: 100 });
  });

  test('is only for months', () => {
    for (const window of ['day', 'week', 'quarter', 'year', 'total'] as const) {
      given(opened)
        .when(limit('client:acme', window, 10, { rollOverMaxCredits: 5 }))
        .thenRefused({ reason: 'invalid', field: 'rollOverMaxCredits' });
    }
    given(opened)
      .when(limit('client:acme', 'month', 10, { rollOverMaxCredits: -1 }))
      .thenRefused({ reason: 'invalid', field: 'rollOverMaxCredits' });
  });
});
