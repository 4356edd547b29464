import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { apply, fold } from '../../src/ledger/apply.ts';
import { emptyState } from '../../src/ledger/state.ts';
import { WORKSPACE } from '../support/fixtures.ts';
import { checkAll, expectSame, plain } from '../support/given.ts';
import { audit } from './auditor.ts';
import { histories, type RandomHistory } from './histories.ts';

const SEEDS = [11, 12, 13, 14];
const STEPS_MAX = 45;
const RUNS = 30;

describe.each(SEEDS)('random histories, seed %i', (seed) => {
  const run = (check: (history: RandomHistory) => void) =>
    fc.assert(fc.property(histories(STEPS_MAX), check), { seed, numRuns: RUNS });

  test('an auditor with arithmetic of its own finds nothing', () => {
    run(({ lines }) => expect(audit(lines)).toEqual([]));
  });

  test('the lines verify, are written and read back the same, and add up to the state', () => {
    run(checkAll);
  });

  test('folding them in any pieces, or one by one, makes the same state, and leaves the one before as it was', () => {
    run(({ lines, state }) => {
      const half = fold(emptyState(WORKSPACE), lines.slice(0, lines.length >> 1));
      const before = JSON.stringify(plain(half));
      expectSame(plain(fold(half, lines.slice(lines.length >> 1))), plain(state));
      expect(JSON.stringify(plain(half))).toBe(before);
      expectSame(plain(lines.reduce(apply, emptyState(WORKSPACE))), plain(state));
    });
  });
});

test('the histories are worth looking at: everything happens in them', () => {
  const seen = new Map<string, number>();
  for (const { lines } of fc.sample(histories(STEPS_MAX), { seed: 1, numRuns: 100 })) {
    for (const line of lines) {
      const names: string[] = [line.kind === 'refused' ? line.refusal.reason : line.kind];
      if (line.kind === 'held' && line.holds.some(({ draws }) => draws.length > 0)) names.push('drawn');
      if (line.kind === 'held' && line.holds.some(({ draws }) => draws.length > 1)) names.push('drawn from several');
      for (const name of names) seen.set(name, (seen.get(name) ?? 0) + 1);
    }
  }
  const kinds = ['held', 'captured', 'voided', 'slipped', 'limit_set', 'granted', 'drawn', 'drawn from several'];
  const refusals = ['limit_exceeded', 'hold_not_open', 'capture_exceeds_hold', 'not_allowed', 'grant_exists'];
  expect([...kinds, ...refusals].filter((name) => (seen.get(name) ?? 0) < 20)).toEqual([]);
});
