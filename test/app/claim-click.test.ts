import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { claimClick, releaseClick } from '../../src/app/once/claim-click.ts';
import { ANA, BEN, createWorld, type TestWorld } from '../support/world.ts';

/** Two processes on the same records. */
async function two() {
  const one = await createWorld();
  return [one, await createWorld({ records: one.records, clock: one.clock, processId: 'p2' })] as const;
}

const click = (world: TestWorld, at: number, deliveryId: string, by = ANA, button = 'again/job-1') =>
  claimClick(world, { by, button, at, deliveryId });

describe('two clicks on one button', () => {
  // Each beginning lies somewhere else in the windows that clicks are claimed in, edges included.
  const begins = [0, 1, 100, 1_500, 2_800, 2_900, 2_999].map((ms) => 1_800_000_000_000 + ms);
  test.each([0, 50, 200, 500, 2_900, 2_999])('%i ms apart are one, in two processes, in any order', async (gap) => {
    for (const at of begins) {
      for (const isTurned of [false, true]) {
        const [one, other] = await two();
        const clicks = [
          [at, 'd1'],
          [at + gap, 'd2'],
        ] as [number, string][];
        if (isTurned) clicks.reverse();
        const counted = await Promise.all([click(one, ...clicks[0]!), click(other, ...clicks[1]!)]);
        expect(new Set(counted).size).toBe(1);
      }
    }
  });

  test.each([3_000, 3_100, 60_000])('%i ms apart are two', async (gap) => {
    for (const at of begins) {
      const [one, other] = await two();
      expect([await click(one, at, 'd1'), await click(other, at + gap, 'd2')]).toEqual(['d1', 'd2']);
    }
  });

  test('of two people, or on two buttons, are two; the same delivery again, in another process, is one', async () => {
    const [one, other] = await two();
    const at = 1_800_000_002_950;
    expect(await click(one, at, 'd1')).toBe('d1');
    expect(await click(other, at, 'd1')).toBe('d1');
    expect(await click(other, at, 'd2', BEN)).toBe('d2');
    expect(await click(other, at, 'd3', ANA, 'again/job-2')).toBe('d3');
  });

  test('of which the first came to nothing are two', async () => {
    const [one, other] = await two();
    const at = 1_800_000_002_950;
    expect(await click(one, at, 'd1')).toBe('d1');
    await releaseClick(one, { by: ANA, button: 'again/job-1', at, deliveryId: 'd1' });
    expect(await click(other, at + 200, 'd2')).toBe('d2');
    expect(await click(one, at + 400, 'd3')).toBe('d2');
  });

  test('count as the first of them, however many there are and however they meet', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 2_999 }), { minLength: 2, maxLength: 6 }),
        fc.nat(6_000),
        async (gaps, begin) => {
          const [one, other] = [await createWorld(), await createWorld()];
          other.records = one.records;
          const ids = await Promise.all(
            gaps.map((gap, index) =>
              claimClick(index % 2 ? one : other, { by: ANA, button: 'b', at: begin + gap, deliveryId: `d${index}` }),
            ),
          );
          // Those that count as themselves: no two of them are less than three seconds apart.
          expect(ids.filter((id, index) => id === `d${index}`)).toHaveLength(1);
        },
      ),
      { numRuns: 60 },
    );
  });
});
