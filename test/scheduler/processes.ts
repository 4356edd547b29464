import { join } from 'node:path';
import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import type { Row } from '../../src/scheduler/schedule.ts';
import { openSqliteJournal } from '../../src/storage/journal/sqlite.ts';
import { openSqliteRecords } from '../../src/storage/records/sqlite.ts';
import { temporaryFiles } from '../storage/sqlite/files.ts';
import { createClock, type TestClock } from '../support/clock.ts';
import { createWorld, OLIVIA, openAgency, type TestWorld } from '../support/world.ts';

export type Processes = {
  clock: TestClock;
  worlds: TestWorld[];
  /** One more, as after a start. */
  start(): Promise<TestWorld>;
  close(): Promise<void>;
};

/** Several processes of one workspace, each with a connection of its own to the same SQLite files, and one clock. */
export async function openProcesses(count: number, clock: TestClock = createClock()): Promise<Processes> {
  const files = temporaryFiles();
  const folder = join(files.next(), '..');
  const stores: { close(): Promise<void> }[] = [];
  const worlds: TestWorld[] = [];
  const start = async () => {
    const journal = openSqliteJournal(join(folder, 'ledger.sqlite'));
    const records = openSqliteRecords(join(folder, 'records.sqlite'));
    stores.push(journal, records);
    const world = await createWorld({ journal, records, clock, processId: `p${worlds.length}` });
    worlds.push(world);
    return world;
  };
  for (let index = 0; index < count; index += 1) await start();
  await openAgency(worlds[0] as TestWorld);
  for (const { book } of worlds) await book.read();
  return {
    clock,
    worlds,
    start,
    async close() {
      for (const { book } of worlds) await book.close();
      for (const store of stores) await store.close();
      files.remove();
    },
  };
}

/** Monday at nine, or the day that weeks begin on: a time that an owner chooses. `ran`: its ticks, in order. */
export function weekly(parts: Partial<Row> = {}): { row: Row; ran: string[] } {
  const ran: string[] = [];
  const row: Row = {
    name: 'weekly',
    expression: ({ weekStartsOn }) => `0 9 * * ${weekStartsOn}`,
    begins: 'with_next_tick',
    madeUpWithinMs: null,
    run: async (_, tick) => void ran.push(tick),
    ...parts,
  };
  return { row, ran };
}

let commands = 0;

export async function setPolicy({ book }: TestWorld, policy: Extract<CommandBody, { kind: 'set_policy' }>['policy']) {
  commands += 1;
  const answer = await book.submit({ commandId: `policy-${commands}`, by: OLIVIA, kind: 'set_policy', policy });
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
}
