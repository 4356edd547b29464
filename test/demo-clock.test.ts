import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDemoClock } from '../src/start/demo-clock.ts';
import { createTrustedClock } from '../src/start/trusted-clock.ts';
import { createClock, MONDAY, type TestClock } from './support/clock.ts';

const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;
const silent = { info: () => {}, warn: () => {}, error: () => {} };

let folder: string;
let machine: TestClock;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkwell-'));
  machine = createClock();
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the playground’s clock', () => {
  test('is the machine’s until it is set ahead, and goes on at the same pace', async () => {
    const clock = openDemoClock(machine, folder);
    expect(clock.now()).toBe(MONDAY);
    clock.goTo(MONDAY + WEEK);
    expect(clock.now()).toBe(MONDAY + WEEK);
    await machine.advance(HOUR);
    expect(clock.now()).toBe(MONDAY + WEEK + HOUR);
  });

  test.each([-WEEK, -1, 0])('never goes back: not by %i ms', (ms) => {
    const clock = openDemoClock(machine, folder);
    clock.goTo(MONDAY + WEEK);
    clock.goTo(clock.now() + ms);
    expect(clock.now()).toBe(MONDAY + WEEK);
  });

  test('goes on after a restart from where it was, and from later the longer it was off', async () => {
    openDemoClock(machine, folder).goTo(MONDAY + WEEK);
    await machine.advance(HOUR);
    const next = openDemoClock(machine, folder);
    expect(next.now()).toBe(MONDAY + WEEK + HOUR);
    next.goTo(MONDAY + 2 * WEEK);
    expect(openDemoClock(machine, folder).now()).toBe(MONDAY + 2 * WEEK);
  });

  test('begins what it went past in its order, and leaves the rest waiting for its own time', async () => {
    const clock = openDemoClock(machine, folder);
    const happened: string[] = [];
    clock.after(3 * HOUR, () => happened.push('third'));
    clock.after(HOUR, () => happened.push('first'));
    void clock.sleep(2 * HOUR).then(() => happened.push('second'));
    clock.after(2 * HOUR, () => happened.push('taken back'))();
    clock.goTo(MONDAY + 2.5 * HOUR);
    await machine.advance(0);
    expect(happened).toEqual([]);
    clock.wake();
    await machine.advance(0);
    expect(happened).toEqual(['first', 'second']);
    await machine.advance(HOUR / 2 - 1);
    expect(happened).toHaveLength(2);
    await machine.advance(1);
    expect(happened).toEqual(['first', 'second', 'third']);
  });

  test('is no reason to doubt the time: what counts time has counted the week', async () => {
    const clock = openDemoClock(machine, folder);
    const trusted = createTrustedClock(clock, silent);
    trusted.heard('database', machine.now() + clock.aheadMs());
    clock.goTo(MONDAY + WEEK);
    expect([trusted.doubt?.(), trusted.now()]).toEqual([null, MONDAY + WEEK]);
    trusted.heard('database', machine.now() + clock.aheadMs());
    expect([trusted.doubt?.(), trusted.now()]).toEqual([null, MONDAY + WEEK]);
  });

  test.each(['', '{}', '{"aheadMs":-5}', '{"aheadMs":1e3}', 'null'])('does not guess at a damaged file: %j', (text) => {
    writeFileSync(join(folder, 'playground-clock.json'), text);
    expect(() => openDemoClock(machine, folder)).toThrow(/playground-clock.json is damaged/);
  });
});
