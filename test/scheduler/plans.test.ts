import { afterEach, describe, expect, test } from 'vitest';
import { plansOf } from '../../src/scheduler/plans.ts';
import { runDue } from '../../src/scheduler/run-due.ts';
import { type Row, SCHEDULE } from '../../src/scheduler/schedule.ts';
import { createClock } from '../support/clock.ts';
import type { TestWorld } from '../support/world.ts';
import { openProcesses, type Processes, setPolicy, weekly } from './processes.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const [SUNDAY, MONDAY, TUESDAY, WEDNESDAY] = [0, 1, 2, 3];
const LONDON_MONDAY = Date.UTC(2026, 10, 23);

let open: Processes;
afterEach(() => open.close());

async function at(time: number, count = 1): Promise<Processes & { world: TestWorld }> {
  open = await openProcesses(count, createClock(time));
  return { ...open, world: open.worlds[0] as TestWorld };
}

/** A round of every process, each quarter of an hour. */
async function pass({ clock, worlds }: Processes, ms: number, row: Row): Promise<void> {
  const untilAt = clock.now() + ms;
  for (;;) {
    await Promise.all(worlds.map((world) => runDue(world, [row])));
    if (clock.now() >= untilAt) return;
    clock.set(Math.min(untilAt, clock.now() + 15 * MINUTE));
  }
}

describe('a row that is new', () => {
  test.each([
    ['on Wednesday', LONDON_MONDAY + 2 * DAY, ['2026-11-30']],
    ['an hour after its time', LONDON_MONDAY + 10 * HOUR, ['2026-11-30']],
    ['an hour before its time', LONDON_MONDAY + 8 * HOUR, ['2026-11-23', '2026-11-30']],
  ])('begins with the tick that comes: %s', async (_, time, ticks) => {
    const all = await at(time, 3);
    const { row, ran } = weekly();
    await pass(all, 8 * DAY, row);
    expect(ran).toEqual(ticks);
  });

  test.each([
    ['had done its night', true, ['2026-11-24']],
    ['had slept through it', false, ['2026-11-23', '2026-11-24']],
    ['had begun it and died', 'claimed', ['2026-11-23', '2026-11-24']],
  ])('is not new where a version without plans %s', async (_, was, ticks) => {
    const all = await at(LONDON_MONDAY + 12 * HOUR);
    const { records, book, clock } = all.world;
    const [check] = SCHEDULE;
    const ran: string[] = [];
    const row = { ...(check as Row), run: async (_: unknown, tick: string) => void ran.push(tick) };
    const put = (key: string, value: number) =>
      records.marks.put({ workspace: book.workspace, key, value: `${value}`, at: clock.now() });
    if (was !== false) await put('cron/self-check/2026-11-23/1', LONDON_MONDAY + 3.75 * HOUR);
    if (was === true) await put('cron/self-check/2026-11-23/done', LONDON_MONDAY + 3.5 * HOUR);
    await pass(all, DAY, row);
    expect(ran).toEqual(ticks);
  });
});

describe('a row whose time was changed', () => {
  test.each([
    ['on Wednesday, to a Tuesday that is over', 2 * DAY + HOUR, TUESDAY, ['2026-11-23', '2026-12-01']],
    ['on Wednesday before nine, to Wednesdays', 2 * DAY + HOUR, WEDNESDAY, ['2026-11-23', '2026-11-25', '2026-12-02']],
    ['on Wednesday after nine, to Wednesdays', 2 * DAY + 10 * HOUR, WEDNESDAY, ['2026-11-23', '2026-12-02']],
    ['on Monday before nine, to Sundays', 8 * HOUR, SUNDAY, ['2026-11-29']],
    ['on Monday after nine, to Tuesdays', 10 * HOUR, TUESDAY, ['2026-11-23', '2026-11-24', '2026-12-01']],
  ])('has no tick of the past, and its next one: %s', async (_, changedAfter, weekStartsOn, ticks) => {
    const all = await at(LONDON_MONDAY, 3);
    const { row, ran } = weekly();
    await pass(all, changedAfter, row);
    await setPolicy(all.world, { name: 'weekStartsOn', value: weekStartsOn });
    await pass(all, LONDON_MONDAY + 10 * DAY - all.clock.now(), row);
    expect(ran).toEqual(ticks);
  });

  test('to and fro has no tick of the time between', async () => {
    const all = await at(LONDON_MONDAY + DAY);
    const { row, ran } = weekly({ expression: ({ weekStartsOn }) => `0 ${9 + weekStartsOn} * * *` });
    await pass(all, HOUR, row);
    await setPolicy(all.world, { name: 'weekStartsOn', value: WEDNESDAY });
    await pass(all, 9.5 * HOUR, row);
    expect(ran).toEqual([]);
    await setPolicy(all.world, { name: 'weekStartsOn', value: MONDAY });
    await pass(all, HOUR, row);
    expect(ran).toEqual([]);
    await pass(all, DAY, row);
    expect(ran).toEqual(['2026-11-25']);
  });

  test('to a time that came while no process was there to notice is made up for', async () => {
    const all = await at(LONDON_MONDAY + DAY);
    const { row, ran } = weekly();
    await pass(all, 8 * HOUR, row);
    await setPolicy(all.world, { name: 'weekStartsOn', value: TUESDAY });
    all.clock.set(LONDON_MONDAY + DAY + 12 * HOUR);
    await runDue(await all.start(), [row]);
    expect(ran).toEqual(['2026-11-24']);
  });

  test('still has the tick that failed before the change', async () => {
    const all = await at(LONDON_MONDAY + 8 * HOUR);
    const { row, ran } = weekly();
    const failing: Row = { ...row, run: () => Promise.reject(new Error('Slack is away')) };
    await runDue(all.world, [row]);
    all.clock.set(LONDON_MONDAY + 9 * HOUR);
    await expect(runDue(all.world, [failing])).rejects.toThrow('Slack is away');
    await setPolicy(all.world, { name: 'weekStartsOn', value: WEDNESDAY });
    all.clock.set(LONDON_MONDAY + 10 * HOUR);
    await pass(all, 3 * DAY, row);
    expect(ran).toEqual(['2026-11-23', '2026-11-25']);
  });

  test('is not planned back by a process that has not seen the change', async () => {
    const all = await at(LONDON_MONDAY, 2);
    const [first, late] = all.worlds as [TestWorld, TestWorld];
    const { row } = weekly();
    await runDue(first, [row]);
    await setPolicy(first, { name: 'weekStartsOn', value: TUESDAY });
    await runDue(first, [row]);
    expect(late.book.now().settings?.weekStartsOn).toBe(MONDAY);
    const plans = await plansOf(late, row);
    expect(plans.map(({ expression }) => expression)).toEqual(['0 9 * * 1', '0 9 * * 2']);
    expect(late.book.now().settings?.weekStartsOn).toBe(TUESDAY);
  });

  test.each([3, 30])('by a clock that is %i days ahead is planned again by the right time', async (days) => {
    const all = await at(LONDON_MONDAY);
    const { row, ran } = weekly();
    const ahead = { ...all.world, clock: createClock(LONDON_MONDAY + days * DAY) };
    const [plan] = await plansOf(ahead, row);
    expect(plan?.fromAt).toBe(LONDON_MONDAY + days * DAY);
    await pass(all, 8 * DAY, row);
    expect(ran).toEqual(['2026-11-23', '2026-11-30']);
    expect(await plansOf(ahead, row)).toHaveLength(2);
  });
});

describe('a change of the time zone', () => {
  test.each([
    ['to the west, before its time', 'America/New_York', 2 * HOUR, '2026-11-23T14:00:00Z'],
    ['to the east, so that its time is over', 'Asia/Tokyo', 2 * HOUR, '2026-11-30T00:00:00Z'],
    ['to the east, before its time', 'Europe/Helsinki', 2 * HOUR, '2026-11-23T07:00:00Z'],
    ['to the far east', 'Pacific/Kiritimati', -8 * HOUR, '2026-11-22T19:00:00Z'],
  ])('counts at once: %s', async (_, timeZone, changedAfter, moment) => {
    const all = await at(LONDON_MONDAY - 9 * HOUR, 2);
    const ranAt: number[] = [];
    const { row } = weekly({ run: async () => void ranAt.push(all.clock.now()) });
    await pass(all, 9 * HOUR + changedAfter, row);
    await setPolicy(all.world, { name: 'timeZone', value: timeZone });
    await pass(all, 7 * DAY, row);
    expect(new Date(ranAt[0] ?? 0).toISOString()).toBe(moment.replace('Z', '.000Z'));
  });
});

describe('a tick that was slept through', () => {
  test.each([
    ['within a day', 20 * HOUR, null, ['2026-11-23']],
    ['later than that', 26 * HOUR, null, []],
    ['within the time that the row says', 3 * DAY, 4 * DAY, ['2026-11-23']],
    ['after the time that the row says', 3 * HOUR, 2 * HOUR, []],
  ])('is made up for %s', async (_, lateMs, madeUpWithinMs, ticks) => {
    const all = await at(LONDON_MONDAY);
    const { row, ran } = weekly({ madeUpWithinMs });
    await runDue(all.world, [row]);
    all.clock.set(LONDON_MONDAY + 9 * HOUR + lateMs);
    await runDue(all.world, [row]);
    await runDue(await all.start(), [row]);
    expect(ran).toEqual(ticks);
  });
});

describe('a row that fails', () => {
  test('keeps no other one from its time', async () => {
    const all = await at(LONDON_MONDAY + 8 * HOUR);
    const { row, ran } = weekly();
    const failing = { ...row, name: 'failing', run: () => Promise.reject(new Error('no')) };
    const unreadable = { ...row, name: 'unreadable', expression: 'at nine' };
    const rows = [failing, unreadable, row];
    await runDue(all.world, rows);
    all.clock.set(LONDON_MONDAY + 9 * HOUR);
    await expect(runDue(all.world, rows)).rejects.toThrow('no');
    expect(ran).toEqual(['2026-11-23']);
  });
});
