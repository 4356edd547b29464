import { describe, expect, test } from 'vitest';
import { runDue } from '../../src/scheduler/run-due.ts';
import { type Row, SCHEDULE } from '../../src/scheduler/schedule.ts';
import { createMemoryJournal } from '../../src/storage/journal/memory.ts';
import { createMemoryRecords } from '../../src/storage/records/memory.ts';
import { createClock } from '../support/clock.ts';
import { createWorld, openAgency } from '../support/world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

async function processes(count: number) {
  const shared = { journal: createMemoryJournal(), records: createMemoryRecords(), clock: createClock() };
  const worlds = [];
  for (let index = 0; index < count; index += 1) {
    worlds.push(await createWorld({ ...shared, processId: `p${index}` }));
    if (index === 0) await openAgency(worlds[0]!);
  }
  for (const { book } of worlds) await book.read();
  return { worlds, clock: shared.clock };
}

function daily(run: (tick: string) => Promise<void> = async () => {}) {
  const ran: string[] = [];
  const each: Row = {
    name: 'count',
    expression: '30 3 * * *',
    begins: 'with_last_tick',
    madeUpWithinMs: null,
    run: async (_, tick) => {
      ran.push(tick);
      await run(tick);
    },
  };
  return { ran, schedule: [each] };
}

describe('what is due', () => {
  test('is done once a day, by one of five processes', async () => {
    const { worlds, clock } = await processes(5);
    const { ran, schedule } = daily();
    for (let minutes = 0; minutes < 3 * 24 * 60; minutes += 30) {
      await Promise.all(worlds.map((world) => runDue(world, schedule)));
      clock.set(clock.now() + 30 * MINUTE);
    }
    expect(ran).toEqual(['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26']);
  });

  test('is done late after a night that nobody was awake, and only the last one', async () => {
    const { worlds, clock } = await processes(1);
    const { ran, schedule } = daily();
    await runDue(worlds[0]!, schedule);
    clock.set(clock.now() + 9 * DAY);
    await runDue(worlds[0]!, schedule);
    await runDue(worlds[0]!, schedule);
    expect(ran).toEqual(['2026-11-23', '2026-12-02']);
  });

  test('is taken over where a process died at it, and not before its time', async () => {
    const { worlds, clock } = await processes(2);
    let dead = true;
    const { ran, schedule } = daily(() => (dead ? new Promise<void>(() => {}) : Promise.resolve()));
    void runDue(worlds[0]!, schedule);
    await new Promise((resolve) => setImmediate(resolve));
    dead = false;
    clock.set(clock.now() + 14 * MINUTE);
    await runDue(worlds[1]!, schedule);
    expect(ran).toHaveLength(1);
    clock.set(clock.now() + MINUTE);
    await Promise.all(worlds.map((world) => runDue(world, schedule)));
    expect(ran).toHaveLength(2);
    clock.set(clock.now() + HOUR);
    await Promise.all(worlds.map((world) => runDue(world, schedule)));
    expect(ran).toHaveLength(2);
  });

  test.each([1, 9, 17])('is tried again after %d hours in which it failed, and not once it is done', async (hours) => {
    const { worlds, clock } = await processes(1);
    let isOut = true;
    const { ran, schedule } = daily(async () => {
      if (isOut) throw new Error('no');
    });
    for (let quarters = 0; quarters < 4 * hours; quarters += 1) {
      await runDue(worlds[0]!, schedule).catch(() => undefined);
      clock.set(clock.now() + HOUR / 4);
    }
    expect(ran).toHaveLength(4 * hours);
    isOut = false;
    for (let times = 0; times < 3; times += 1) {
      await runDue(worlds[0]!, schedule);
      clock.set(clock.now() + 1_000);
    }
    expect(ran).toHaveLength(4 * hours + 1);
  });

  test('waits for a workspace that is not open yet', async () => {
    const { ran, schedule } = daily();
    await runDue(await createWorld(), schedule);
    expect(ran).toEqual([]);
  });

  test('has names of its own', () => {
    const names = SCHEDULE.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('self-check');
  });
});
