import { describe, expect, test } from 'vitest';
import { isLong } from '../support/is-long.ts';
import { searchAll, searchByChance } from './search.ts';
import { ALL_WORLDS, TINY_WORLDS, WORLDS } from './worlds.ts';

/**
 * Nobody who may not raise a limit gets past it by any sequence of what they may do: small organisations as an owner set
 * them up, and everything that others may do in them. `npm run rights` goes deeper.
 */
const SEEDS = Array.from({ length: isLong ? 12 : 3 }, (_, index) => index + 1);
const STEPS = 12;

describe('what others than owners may do leads to no credits that an owner forbade', () => {
  test.each(WORLDS)('$name: one act, whichever it is', (world) => {
    const { findings, statesCount } = searchAll(world, { depth: 1 });
    expect(findings).toEqual([]);
    expect(statesCount).toBeGreaterThan(50);
  });

  test.each(TINY_WORLDS.filter(() => isLong))(
    '$name: two acts, whichever they are',
    (world) => {
      const { findings, statesCount } = searchAll(world, { depth: 2 });
      expect(findings).toEqual([]);
      expect(statesCount).toBeGreaterThan(500);
    },
    60_000,
  );

  test.each(SEEDS)('a long walk by chance, seed %i', (seed) => {
    const world = ALL_WORLDS[seed % ALL_WORLDS.length];
    if (!world) throw new Error('no world');
    expect(searchByChance(world, { seed, steps: STEPS }).findings).toEqual([]);
  });
});
