import { getTasks } from 'node-cron';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createAlarms } from '../../src/scheduler/alarms.ts';
import { runDue } from '../../src/scheduler/run-due.ts';
import type { Row } from '../../src/scheduler/schedule.ts';
import type { TestClock } from '../support/clock.ts';
import type { TestWorld } from '../support/world.ts';
import { openProcesses, type Processes, setPolicy, weekly } from './processes.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let open: Processes | null = null;
/** Other files of this process may have had a product that a test let run. */
beforeEach(async () => {
  for (const task of getTasks().values()) await task.destroy();
});
afterEach(async () => {
  vi.useRealTimers();
  await open?.close();
  open = null;
  expect([...getTasks().values()]).toEqual([]);
});

/** Node-cron goes by the machine's own clock, which is set here; the processes' clock shows the same. */
const machineClock: TestClock = {
  now: () => Date.now(),
  after: () => () => {},
  sleep: async () => {},
  advance: async () => {},
  set: () => {},
  sleepers: 0,
};

async function at(startAt: number, { timeZone = 'Europe/London', count = 1 } = {}): Promise<TestWorld[]> {
  vi.useFakeTimers({ now: startAt, toFake: ['Date', 'setTimeout', 'clearTimeout'] });
  open = await openProcesses(count, machineClock);
  const [first] = open.worlds as [TestWorld];
  if (timeZone !== 'Europe/London') await setPolicy(first, { name: 'timeZone', value: timeZone });
  for (const { book } of open.worlds) await book.read();
  return open.worlds;
}

/** Lets time pass, and what it began come to its end. */
async function pass(ms: number, alarms: readonly { ended(): Promise<unknown> }[]): Promise<void> {
  for (let passed = 0; passed < ms; passed += HOUR) {
    await vi.advanceTimersByTimeAsync(Math.min(HOUR, ms - passed));
    await Promise.all(alarms.map((each) => each.ended()));
  }
}

function nightly(parts: Partial<Row> = {}) {
  const ranAt: string[] = [];
  const run = async () => void ranAt.push(new Date().toISOString().replace(':00.000Z', 'Z'));
  return { ranAt, row: { ...weekly({ expression: '30 3 * * *', run }).row, name: 'nightly', ...parts } };
}

describe('alarms', () => {
  test.each([
    ['Helsinki, over its autumn', 'Europe/Helsinki', '2026-10-24T12:00Z', ['2026-10-25T01:30Z', '2026-10-26T01:30Z']],
    ['Lord Howe', 'Australia/Lord_Howe', '2027-04-02T12:00Z', ['2027-04-02T16:30Z', '2027-04-03T17:00Z']],
    ['New York', 'America/New_York', '2027-03-13T12:00Z', ['2027-03-14T07:30Z', '2027-03-15T07:30Z']],
    ['Kiritimati', 'Pacific/Kiritimati', '2026-11-23T00:00Z', ['2026-11-23T13:30Z', '2026-11-24T13:30Z']],
    ['Chatham', 'Pacific/Chatham', '2027-04-02T00:00Z', ['2027-04-02T13:45Z', '2027-04-03T14:45Z']],
  ])('go off on the minute in %s', async (_, timeZone, startAt, moments) => {
    const [world] = (await at(Date.parse(startAt), { timeZone })) as [TestWorld];
    const { row, ranAt } = nightly();
    const alarms = createAlarms(world, [row]);
    await runDue(world, [row]);
    await alarms.set();
    await pass(2 * DAY, [alarms]);
    alarms.stop();
    expect(ranAt).toEqual(moments);
  });

  test.each([1, 40 * 365])('are set anew after the clock jumped by %d days, and go off once', async (days) => {
    const startAt = Date.UTC(2026, 10, 23, 8);
    const [world] = (await at(startAt)) as [TestWorld];
    const { row, ranAt } = nightly();
    const alarms = createAlarms(world, [row]);
    await runDue(world, [row]);
    await alarms.set();
    const [before] = getTasks().values();
    vi.setSystemTime(startAt + days * DAY + 2 * HOUR);
    await alarms.set();
    const [after] = getTasks().values();
    expect(after === before).toBe(false);
    const runs = vi.spyOn(world.log, 'error');
    await pass(DAY, [alarms]);
    alarms.stop();
    expect(ranAt).toHaveLength(1);
    expect(runs).not.toHaveBeenCalled();
  });

  test('of three processes make one run each time', async () => {
    const worlds = await at(Date.UTC(2026, 10, 23, 8), { count: 3 });
    const { row, ran } = weekly();
    const all = worlds.map((world) => createAlarms(world, [row]));
    for (const world of worlds) await runDue(world, [row]);
    for (const alarms of all) await alarms.set();
    await pass(15 * DAY, all);
    for (const alarms of all) alarms.stop();
    expect(ran).toEqual(['2026-11-23', '2026-11-30', '2026-12-07']);
  });

  test('are set again at once when the time zone or the day changes, and not for anything else', async () => {
    const [world] = (await at(Date.UTC(2026, 10, 23, 8))) as [TestWorld];
    const { row, ran } = weekly();
    const alarms = createAlarms(world, [row]);
    await runDue(world, [row]);
    await alarms.set();
    const next = () => [...getTasks().values()].map((task) => `${task.id} ${task.getNextRun()?.toISOString()}`);
    const [before = ''] = next();
    expect(before).toContain('2026-11-23T09:00');
    await setPolicy(world, { name: 'markupBasisPoints', value: 12_000 });
    await alarms.set();
    expect(next()).toEqual([before]);
    await setPolicy(world, { name: 'timeZone', value: 'America/New_York' });
    await alarms.set();
    expect(next().join()).toContain('2026-11-23T14:00');
    await setPolicy(world, { name: 'weekStartsOn', value: 3 });
    await alarms.set();
    expect(next().join()).toContain('2026-11-25T14:00');
    await pass(4 * DAY, [alarms]);
    alarms.stop();
    expect(ran).toEqual(['2026-11-25']);
  });

  test('that are stopped go off no more, and what they began is waited for', async () => {
    const [world] = (await at(Date.UTC(2026, 10, 23, 8))) as [TestWorld];
    let finish = () => {};
    const done: string[] = [];
    const { row } = weekly({
      expression: '0 9 * * *',
      run: (_, tick) => new Promise((resolve) => (finish = () => resolve(void done.push(tick)))),
    });
    const alarms = createAlarms(world, [row]);
    await runDue(world, [row]);
    await alarms.set();
    await vi.advanceTimersByTimeAsync(HOUR);
    await new Promise((resolve) => setImmediate(resolve));
    alarms.stop();
    let isOver = false;
    const over = alarms.ended().then(() => (isOver = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(isOver).toBe(false);
    finish();
    await over;
    expect(done).toEqual(['2026-11-23']);
    await alarms.set();
    await pass(2 * DAY, [alarms]);
    expect(done).toHaveLength(1);
  });

  test('that one process dies at are made up for by the rounds of another', async () => {
    const [first, second] = (await at(Date.UTC(2026, 10, 23, 8), { count: 2 })) as [TestWorld, TestWorld];
    const { row, ran } = weekly();
    const dying = { ...row, run: () => new Promise<void>(() => {}) };
    await runDue(first, [row]);
    const alarms = createAlarms(first, [dying]);
    await alarms.set();
    await vi.advanceTimersByTimeAsync(HOUR);
    await new Promise((resolve) => setImmediate(resolve));
    alarms.stop();
    const rounds: number[] = [];
    for (let minutes = 0; minutes < 20; minutes += 1) {
      await runDue(second, [row]);
      rounds.push(ran.length);
      await vi.advanceTimersByTimeAsync(MINUTE);
    }
    expect(ran).toEqual(['2026-11-23']);
    expect(rounds.indexOf(1)).toBe(15);
  });

  test('with an expression that cannot be read are logged, and keep no other one from being set', async () => {
    const [world] = (await at(Date.UTC(2026, 10, 23, 8))) as [TestWorld];
    const logged: unknown[] = [];
    const heard = { ...world, log: { ...world.log, error: (facts: unknown) => void logged.push(facts) } };
    const { row, ran } = weekly();
    const alarms = createAlarms(heard, [{ ...row, name: 'unreadable', expression: 'at nine' }, row]);
    await runDue(world, [row]);
    await alarms.set();
    await pass(2 * HOUR, [alarms]);
    alarms.stop();
    expect(ran).toEqual(['2026-11-23']);
    expect(logged).toEqual([{ name: 'unreadable', error: { name: 'Error' } }]);
  });
});
