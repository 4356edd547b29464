import { beforeAll, describe, expect, test } from 'vitest';
import { isLong } from '../../support/is-long.ts';
import type { SeedResult } from '../run-seed.ts';
import { createTally } from '../tally.ts';
import { runWeek } from './run-week.ts';

/** Half of a thousand schedules, one file each: they run side by side. `npm run sim -- --week --seeds 20000` runs more. */
const SEEDS = isLong ? 1_000 : 500;

export const describeWeeks = (afterSeed: number) =>
  describe('digests and alerts of three processes in bad weather, for nine days', () => {
    const tally = createTally();
    const broken: string[] = [];
    let first: SeedResult | undefined;

    beforeAll(async () => {
      for (let seed = afterSeed + 1; seed <= afterSeed + SEEDS; seed += 1) {
        const result = await runWeek(seed);
        first ??= result;
        tally.add(result);
        for (const violation of result.violations) broken.push(`seed ${seed}: ${violation}`);
      }
    }, 900_000);

    test('come once, to those whom they are for, and all that could come came', () => {
      expect(broken).toEqual([]);
    });

    test('meet every fault, every change and every kind of message', () => {
      const counts = tally.counts();
      expect(EVERYWHERE.filter((name) => !counts[name])).toEqual([]);
    });

    test('happen again exactly as they did, from their seed', async () => {
      const again = await runWeek(afterSeed + 1);
      expect(again.hash).toBe(first?.hash);
      expect(again.counts).toEqual(first?.counts);
      expect((await runWeek(1_000_001)).hash).not.toBe(first?.hash);
    });
  });

const EVERYWHERE = [
  ...['lost', 'late', 'answer_lost', 'doubled', 'overtaken'].map((fault) => `fault ${fault}`),
  ...['slack', 'records', 'journal', 'people'].map((port) => `fault in ${port}`),
  ...['deaths', 'everybody is off', 'clock ahead', 'clock behind', 'rate limited', 'charts refused', 'looks'],
  ...['digest', 'client digest', 'limit', 'use'].map((kind) => `told ${kind}`),
  ...['use', 'spike', 'limit', 'unlimit', 'move', 'digest', 'alerts', 'zone', 'mute', 'unmute', 'expect'].map(
    (act) => `act ${act}`,
  ),
  ...['manages', 'status', 'clientDigest'].map((act) => `act ${act}`),
];
