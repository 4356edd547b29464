import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold } from '../../../src/ledger/apply/apply.ts';
import type { Line } from '../../../src/ledger/lines.ts';
import { emptyState } from '../../../src/ledger/state.ts';
import { readText, writeText } from '../../../src/storage/snapshots/text.ts';
import { histories } from '../../ledger/histories.ts';
import { MONDAY } from '../../support/clock.ts';
import { agency, hold, limit, member, WORKSPACE } from '../../support/fixtures.ts';
import { given, plain } from '../../support/given.ts';

const OF = { workspace: WORKSPACE, foldId: 'fold 1' };

const { lines } = given(agency(), limit('client:acme', 'month', 35), hold(3), hold(4, { commandId: 'h2' }));

function textAfter(of: readonly Line[]): string {
  const state = fold(emptyState(WORKSPACE), of);
  return [...writeText(state, { foldId: OF.foldId, last: of.at(-1) as Line })].join('');
}

describe.each([21, 22])('random histories, seed %i', (seed) => {
  test('a state read from a text is the state, and the lines after it make the same of it', () => {
    const cut = fc.tuple(histories(90), fc.double({ min: 0, max: 1, noNaN: true }));
    const check = fc.property(cut, ([{ lines: all }, where]) => {
      const seq = 1 + Math.floor(where * (all.length - 1));
      const half = fold(emptyState(WORKSPACE), all.slice(0, seq));
      const read = readText(textAfter(all.slice(0, seq)), OF);
      if (!read.ok) throw new Error(read.problem);
      expect(plain(read.state)).toStrictEqual(plain(half));
      const whole = fold(half, all.slice(seq));
      expect(plain(fold(read.state, all.slice(seq)))).toStrictEqual(plain(whole));
    });
    fc.assert(check, { seed, numRuns: 40, endOnFailure: true });
  });
});

describe('a text', () => {
  const text = textAfter(lines);
  const problemOf = (changed: string, of = OF) => {
    const read = readText(changed, of);
    return read.ok ? null : read.problem;
  };

  test('is read', () => {
    expect(readText(text, OF)).toMatchObject({ ok: true, state: { seq: lines.length } });
  });

  test('of many entries comes in parts', () => {
    const many = given(agency(), ...Array.from({ length: 900 }, (_, n) => member(`UX${n}`, 'creator'))).lines;
    const state = fold(emptyState(WORKSPACE), many);
    const parts = [...writeText(state, { foldId: OF.foldId, last: many.at(-1) as Line })];
    expect(parts.filter((part) => part.startsWith('["members"')).length).toBe(5);
    const read = readText(parts.join(''), OF);
    expect(read.ok && plain(read.state)).toStrictEqual(plain(state));
    expect(problemOf(parts.toSpliced(3, 1).join(''))).toBe('is torn or damaged');
  });

  test('that was cut off anywhere is not read', () => {
    for (let length = 0; length < text.length; length += 7) {
      expect(problemOf(text.slice(0, length))).toBe('is torn or damaged');
    }
  });

  test('of which any letter is another one is not read', () => {
    for (let at = 0; at < text.length; at += 11) {
      const other = text[at] === '0' ? '1' : '0';
      expect(problemOf(text.slice(0, at) + other + text.slice(at + 1))).toBe('is torn or damaged');
    }
    expect(problemOf(`${text}\n`)).toBe('is torn or damaged');
    expect(problemOf(text + text)).toBe('is torn or damaged');
  });

  test('of another fold, or of another workspace, is not read', () => {
    expect(problemOf(text, { ...OF, foldId: 'fold 2' })).toBe('was folded by another version');
    expect(problemOf(text, { ...OF, workspace: 'T9' })).toBe(`is of workspace ${WORKSPACE}`);
  });

  test('of something else altogether is not read', () => {
    expect(problemOf('')).toBe('is torn or damaged');
    expect(problemOf(MONDAY.toString())).toBe('is torn or damaged');
    expect(problemOf('{}\n{}\n')).toBe('is torn or damaged');
  });
});
