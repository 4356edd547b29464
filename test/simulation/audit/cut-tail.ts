import { checkLedger } from '../../../src/app/self-check/check-ledger.ts';
import { keptHead, missedHead } from '../../../src/app/self-check/kept-head.ts';
import { isStopped } from '../../../src/ledger/decide/spending.ts';
import type { Line } from '../../../src/ledger/lines.ts';
import { createMemoryJournal } from '../../../src/storage/journal/memory.ts';
import { createClock } from '../../support/clock.ts';
import { createWorld } from '../../support/world.ts';
import type { Chance } from '../world/chance.ts';
import type { Counts } from '../world/counts.ts';
import type { Stores } from '../world/stores.ts';

type Parts = {
  chance: Chance;
  counts: Counts;
  stores: Stores;
  workspace: string;
  lines: readonly Line[];
  /** A line was edited: then the check may name that one. */
  wasEdited: boolean;
};

/** A copy has to be folded twice, which takes as long as a tenth of a seed. */
const SEEDS = 0.1;

/**
 * Cuts the last lines off a copy of the ledger, for a process that never saw them. The records have the line that the last
 * night kept: by it a start and the next night miss the lines.
 */
export async function cutTailLaws({ chance, counts, stores, ...of }: Parts): Promise<string[]> {
  const { workspace, lines, wasEdited } = of;
  const { records } = stores;
  const kept = await keptHead({ records, workspace });
  if (wasEdited || kept === null || kept.seq < 2 || !chance.is(SEEDS)) return [];
  const left = lines.slice(0, chance.int(1, kept.seq - 1));
  const last = left.at(-1) as Line;
  const journal = createMemoryJournal();
  await journal.append(left);
  counts.add('cut tails');
  const violations: string[] = [];
  if ((await missedHead(journal, { records, workspace })) === null) {
    violations.push(`a start does not miss line ${kept.seq} behind line ${last.seq}`);
  }
  const clock = createClock();
  clock.set(last.at);
  const world = await createWorld({ journal, records, clock });
  await checkLedger(world, 'the-night-after');
  const { stop } = world.book.now();
  if (!isStopped(stop)) violations.push(`the night does not miss line ${kept.seq} behind line ${last.seq}`);
  else if (stop.brokenSeq !== last.seq + 1) {
    violations.push(`line ${stop.brokenSeq} is said to be missing, it is line ${last.seq + 1}`);
  }
  await world.book.close();
  return violations;
}
