import { describe, expect, test } from 'vitest';
import { BUGS } from '../planted/bugs.ts';
import { withBug } from './with-bug.ts';

/** The rarest one needs a death at one of some thousand moments. */
const SEEDS_MAX = 400;
const IN_WEEK = BUGS.filter(({ isOfWeek }) => isOfWeek);

describe('the weeks', () => {
  test.each(IN_WEEK.map((bug) => [bug.name, bug] as const))(
    'find the bug: %s',
    async (_, bug) => {
      const found = await withBug(bug, async (run) => {
        for (let seed = 1; seed <= SEEDS_MAX; seed += 1) {
          const { violations } = await run(seed);
          if (violations.length > 0) return `seed ${seed}: ${violations[0]}`;
        }
        return null;
      });
      if (process.env.INKWELL_TELL_FOUND) console.log(`${bug.name}: ${found}`);
      expect(found).not.toBeNull();
    },
    300_000,
  );
});
