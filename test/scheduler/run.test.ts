import { describe, expect, test } from 'vitest';
import { dateAt } from '../../src/ledger/usage/windows.ts';
import { runDue } from '../../src/scheduler/run-due.ts';
import { type Daily, dueTick, SCHEDULE } from '../../src/scheduler/schedule.ts';
import { createMemoryJournal } from '../../src/storage/journal/memory.ts';
import { createMemoryRecords } from '../../src/storage/records/memory.ts';
import { createClock } from '../support/clock.ts';
import { createWorld, openAgency } from '../support/world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const at = { hour: 3, minute: 30 };

describe('the tick that is due', () => {
  test.each([
    ['a minute before', 'Europe/Berlin', '2026-11-24T02:29:59Z', '2026-11-23'],
    ['on the minute', 'Europe/Berlin', '2026-11-24T02:30:00Z', '2026-11-24'],
    ['in the evening', 'Europe/Berlin', '2026-11-24T22:59:59Z', '2026-11-24'],
    ['after midnight', 'Europe/Berlin', '2026-11-24T23:00:00Z', '2026-11-24'],
    ['far east', 'Pacific/Kiritimati', '2026-11-23T13:30:00Z', '2026-11-24'],
    ['far west', 'Pacific/Pago_Pago', '2026-11-24T14:29:00Z', '2026-11-23'],
    ['a quarter past the hour', 'Asia/Kathmandu', '2026-11-23T21:45:00Z', '2026-11-24'],
    ['on the first of March of a leap year', 'UTC', '2028-03-01T03:29:00Z', '2028-02-29'],
    ['on the first of January', 'UTC', '2027-01-01T00:00:00Z', '2026-12-31'],
  ])('%s, in %s', (_, timeZone, now, tick) => {
    expect(dueTick({ at }, Date.parse(now), { timeZone, weekStartsOn: 1 })).toBe(tick);
  });

  test.each([
    ['spring', 'Europe/Berlin', Date.UTC(2027, 2, 26)],
    ['autumn', 'Europe/Berlin', Date.UTC(2026, 9, 23)],
    ['half an hour', 'Australia/Lord_Howe', Date.UTC(2027, 3, 2)],
    ['at midnight', 'America/Havana', Date.UTC(2027, 2, 12)],
  ])('comes once a day, in order, over a change of the clocks (%s)', (_, timeZone, startAt) => {
    const ticks: string[] = [];
    for (let now = startAt; now < startAt + 5 * DAY; now += MINUTE) {
      const tick = dueTick({ at }, now, { timeZone, weekStartsOn: 1 });
      if (tick !== ticks.at(-1)) ticks.push(tick);
    }
    expect(ticks).toEqual([...new Set(ticks)].sort());
    expect(ticks.length).toBe(6);
  });

  test.each([
    ['Helsinki, whose half past three comes twice', 'Europe/Helsinki', '2026-10-25', { hour: 3, minute: 30 }],
    ['Helsinki, which has none in spring', 'Europe/Helsinki', '2027-03-28', { hour: 3, minute: 30 }],
    ['Lord Howe, by half an hour back', 'Australia/Lord_Howe', '2027-04-04', { hour: 1, minute: 45 }],
    ['Lord Howe, by half an hour forward', 'Australia/Lord_Howe', '2026-10-04', { hour: 2, minute: 15 }],
    ['Santiago, back at midnight', 'America/Santiago', '2027-04-04', { hour: 23, minute: 30 }],
    ['Santiago, without a midnight', 'America/Santiago', '2026-09-06', { hour: 0, minute: 0 }],
    ['Apia, without a Friday', 'Pacific/Apia', '2011-12-30', { hour: 3, minute: 30 }],
    ['St. John’s, back to the day before', 'America/St_Johns', '2010-11-07', { hour: 0, minute: 0 }],
    ['St. John’s, late in the evening', 'America/St_Johns', '2010-11-06', { hour: 23, minute: 30 }],
    ['Troll, by two hours', 'Antarctica/Troll', '2026-10-25', { hour: 2, minute: 10 }],
  ])('never goes back, and comes once for each date that there is: %s', (_, timeZone, around, time) => {
    const calendar = { timeZone, weekStartsOn: 1 };
    const ticks: string[] = [];
    const dates = new Set<string>();
    const from = Date.parse(around) - 3 * DAY;
    for (let now = from; now < from + 6 * DAY; now += MINUTE) {
      dates.add(dateAt(now, calendar));
      const tick = dueTick({ at: time }, now, calendar);
      if (tick !== ticks.at(-1)) ticks.push(tick);
    }
    // Of the first and the last date a part only was looked at.
    const whole = [...dates].sort().slice(1, -1);
    expect(ticks).toEqual([...new Set(ticks)].sort());
    expect(ticks.filter((tick) => whole.includes(tick))).toEqual(whole);
    expect(ticks.every((tick) => dates.has(tick) || tick < whole[0]!)).toBe(true);
  });
});

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
  const each: Daily = {
    name: 'count',
    at,
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

  test('is given up for the day after eight that failed', async () => {
    const { worlds, clock } = await processes(1);
    const { ran, schedule } = daily(async () => {
      throw new Error('no');
    });
    for (let hours = 0; hours < 12; hours += 1) {
      await runDue(worlds[0]!, schedule).catch(() => undefined);
      clock.set(clock.now() + HOUR);
    }
    expect(ran).toHaveLength(8);
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
