import { afterEach, beforeEach, expect } from 'vitest';
import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import type { Line } from '../../src/ledger/lines.ts';
import { createMemoryJournal } from '../../src/storage/journal/memory.ts';
import { createMemoryRecords } from '../../src/storage/records/memory.ts';
import { actsIn } from '../support/acts.ts';
import { CHANNEL, OLIVIA, WORKSPACE } from '../support/world.ts';
import { type Processes, startProcesses } from './processes.ts';

/** Starts two processes on one store in memory before each test of a file, and stops them after it. They must log no error. */
export function twoProcesses() {
  const here = {} as Processes;
  beforeEach(async () => {
    const stores = { journal: createMemoryJournal(), records: createMemoryRecords() };
    const open = async () => stores;
    Object.assign(here, await startProcesses([open, open]));
  });
  afterEach(async () => {
    await here.stop();
    expect(here.errors).toEqual([]);
    expect(here.slack.violations).toEqual([]);
  });

  const world = (at = 0) => here.all[at]!.world;
  const acts = [actsIn(() => world(0), 'p1'), actsIn(() => world(1), 'p2')] as const;
  return {
    here,
    world,
    /** By an owner, unless another person is named, in the first process. */
    give: (wish: CommandBody, by = OLIVIA) => acts[0].as(by, wish),
    /** The same in the second process. The first one reads it later. */
    giveElsewhere: (wish: CommandBody, by = OLIVIA) => acts[1].as(by, wish),
    lines: (): Promise<readonly Line[]> =>
      world().journal.read({ workspace: WORKSPACE, afterSeq: 0, linesMax: 10_000 }),
    imagine: async (text: string, by: string) => {
      await here.slack.as(by).command('/imagine', text, { channelId: CHANNEL });
      await here.idle();
    },
    /** What one person alone sees in the channel. */
    whispers: (to: string) => here.slack.messages(CHANNEL, { as: to }).filter(({ ephemeral }) => ephemeral),
  };
}
