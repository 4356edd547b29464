import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openFolder } from '../../../src/start/folder-stores.ts';
import type { Journal } from '../../../src/storage/journal/journal.ts';
import { createMemoryJournal } from '../../../src/storage/journal/memory.ts';
import { runPlan } from './agency-in-time.ts';
import { plans } from './plans.ts';

const TOLD = [
  ['all of which somebody tells the time', fc.constant(true)],
  ['which nobody tells the time', fc.constant(false)],
  ['some of which somebody tells the time', fc.boolean()],
] as const;
const TIMEOUT_MS = 1_800_000;

type Opened = { journal: Journal; close(): Promise<void> };
const inMemory = (): Opened => ({ journal: createMemoryJournal(), close: async () => {} });
function onSqlite(): Opened {
  const dataDir = mkdtempSync(join(tmpdir(), 'inkwell-'));
  const { journal, close } = openFolder({ dataDir, sqliteEngine: 'auto' });
  return {
    journal,
    async close() {
      await close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** As many plans of each kind on a journal in memory, and some on a real SQLite file. */
export function wrongClocks({ runs, sqliteRuns, seed }: { runs: number; sqliteRuns: number; seed: number }) {
  const noneBreaks = async (outside: fc.Arbitrary<boolean>, numRuns: number, open: () => Opened) => {
    const seen = { judged: 0, refused: 0 };
    const property = fc.asyncProperty(plans(outside), async (plan) => {
      const { journal, close } = open();
      try {
        const { broken, laws } = await runPlan(plan, journal);
        seen.judged += laws.seen.judged;
        seen.refused += laws.seen.refused;
        expect(broken).toEqual([]);
      } finally {
        await close();
      }
    });
    await fc.assert(property, { seed, numRuns });
    // There was something to judge, and something to turn away.
    expect(Math.min(seen.judged, seen.refused)).toBeGreaterThan(numRuns);
  };

  describe('processes with wrong clocks', () => {
    test.each(TOLD)(
      `%s, break no law in ${runs} plans; seed ${seed}`,
      (_, outside) => noneBreaks(outside, runs, inMemory),
      TIMEOUT_MS,
    );
    test(
      `on SQLite break no law in ${sqliteRuns} plans; seed ${seed}`,
      () => noneBreaks(fc.boolean(), sqliteRuns, onSqlite),
      TIMEOUT_MS,
    );
  });
}
