import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { chainCost } from '../../scripts/bench/chain.ts';
import { counting, decideAll, windowsCost } from '../../scripts/bench/windows.ts';
import { imageCommands, linesFrom, openingCommands, WORKSPACE } from '../../scripts/bench/workload.ts';
import { fold } from '../../src/ledger/apply/apply.ts';
import { emptyState } from '../../src/ledger/state.ts';
import { WINDOWS } from '../../src/ledger/usage/windows.ts';
import { temporaryFiles } from '../storage/sqlite/files.ts';

const files = temporaryFiles();
afterAll(() => files.remove());

describe('the bench of the chain', () => {
  test('appends lines with and without it, and finds all of them right', async () => {
    const cost = await chainCost(join(files.next(), '..'), { linesCount: 200 });
    for (const ms of Object.values(cost)) expect(ms).toBeGreaterThan(0);
  });
});

describe('the bench of windows', () => {
  const { hold, capture } = imageCommands(1);
  const asked = [...openingCommands(), hold, capture];
  const kept = () => {
    const state = fold(emptyState(WORKSPACE), [...linesFrom(emptyState(WORKSPACE), asked)]);
    return state.use.get('agency')?.map(({ key }) => key.split(':')[0]);
  };

  test('counts as many windows as it says, and all of them again afterwards', () => {
    expect(counting(['day', 'week', 'month', 'total'], kept)).toEqual(['day', 'week', 'month', 'total']);
    expect(kept()).toEqual([...WINDOWS]);
    expect(WINDOWS).toHaveLength(6);
  });

  test('decides the same with four as with six', async () => {
    expect(counting(['day', 'week', 'month', 'total'], () => decideAll(asked))).toBe(decideAll(asked));
    for (const ms of Object.values(await windowsCost({ imagesCount: 2 }))) expect(ms).toBeGreaterThan(0);
  });
});
