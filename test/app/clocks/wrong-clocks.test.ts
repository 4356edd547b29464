import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createMemoryJournal } from '../../../src/journal/memory.ts';
import { runPlan } from './agency-in-time.ts';
import { plans } from './plans.ts';

const RUNS = Number(process.env.WRONG_CLOCKS_RUNS ?? 30);
const SEED = Number(process.env.WRONG_CLOCKS_SEED ?? 2026);

describe.each([
  ['all of which somebody tells the time', fc.constant(true)],
  ['which nobody tells the time', fc.constant(false)],
  ['some of which somebody tells the time', fc.boolean()],
] as const)('processes with wrong clocks, %s', (_, outside) => {
  test(`break no law in ${RUNS} plans; seed ${SEED}`, async () => {
    const seen: Record<string, number> = {};
    await fc.assert(
      fc.asyncProperty(plans(outside), async (plan) => {
        const { broken, laws } = await runPlan(plan, createMemoryJournal());
        for (const [name, count] of Object.entries(laws.seen)) seen[name] = (seen[name] ?? 0) + count;
        expect(broken).toEqual([]);
      }),
      { seed: SEED, numRuns: RUNS },
    );
    console.log(seen);
  }, 600_000);
});
