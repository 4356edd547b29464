import { describe, expect, test } from 'vitest';
import { createTrustedClock } from '../src/start/trusted-clock.ts';
import { createClock, MONDAY } from './support/clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A machine whose clock can be set, beside the time that really passes and the counter of a machine that may sleep. */
function machineAt(startAt = MONDAY) {
  const right = createClock(startAt);
  let offsetMs = 0;
  let asleepMs = 0;
  const logged: string[] = [];
  const log = {
    info: (_: object, words: string) => void logged.push(words),
    warn: (_: object, words: string) => void logged.push(words),
    error: (_: object, words: string) => void logged.push(words),
  };
  const machine = {
    ...right,
    now: () => right.now() + offsetMs,
    elapsedMs: () => right.now() - startAt - asleepMs,
  };
  const clock = createTrustedClock(machine, log);
  let isReachable = true;
  clock.askBy(async () => {
    if (!isReachable) throw new Error('unreachable');
    clock.heard('slack', Math.floor(right.now() / 1_000) * 1_000);
  });
  return {
    clock,
    right,
    logged,
    set(ms: number) {
      offsetMs = ms;
    },
    drift(ms: number) {
      offsetMs += ms;
    },
    async sleep(ms: number) {
      await right.advance(ms);
      asleepMs += ms;
    },
    unplug() {
      isReachable = false;
    },
  };
}

describe('a machine’s clock', () => {
  test('is believed where nobody else was heard, and not confirmed', () => {
    const { clock, set } = machineAt();
    set(400 * DAY);
    expect(clock.now()).toBe(MONDAY + 400 * DAY);
    expect(clock.doubt?.()).toBeNull();
    expect(clock.isConfirmed?.()).toBe(false);
  });

  test.each([-2 * MINUTE + 1_000, -5_000, -20, 0, 20, 5_000, 2 * MINUTE - 1_000])(
    'may be off by %d ms',
    async (offset) => {
      const { clock, set } = machineAt();
      set(offset);
      await clock.askAround?.();
      expect(clock.doubt?.()).toBeNull();
      expect(clock.now()).toBe(MONDAY + offset);
      expect(clock.isConfirmed?.()).toBe(true);
    },
  );

  test.each([-3_650 * DAY, -DAY, -HOUR, -3 * MINUTE, 3 * MINUTE, HOUR, DAY, 40 * DAY, 3_650 * DAY])(
    'that is off by %d ms is doubted, and the time is Slack’s until it is right',
    async (offset) => {
      const { clock, right, set, logged } = machineAt();
      set(offset);
      await clock.askAround?.();
      expect(clock.doubt?.()).toEqual({ machineAt: MONDAY + offset, outsideAt: MONDAY, source: 'slack' });
      await right.advance(7 * MINUTE);
      expect(clock.now()).toBe(MONDAY + 7 * MINUTE);
      expect(clock.isConfirmed?.()).toBe(false);
      set(0);
      expect(clock.doubt?.()).toBeNull();
      await clock.askAround?.();
      expect(logged).toEqual([
        'this machine’s clock is wrong, spending stopped until it is right',
        'this machine’s clock is right again',
      ]);
    },
  );

  test('that jumps between two answers is noticed at once', async () => {
    const { clock, right, set } = machineAt();
    await clock.askAround?.();
    await right.advance(5 * MINUTE);
    set(2 * DAY);
    expect(clock.now()).toBe(MONDAY + 5 * MINUTE);
    expect(clock.doubt?.()).not.toBeNull();
  });

  test('of a laptop that slept for two days is right as soon as anybody says so', async () => {
    const { clock, sleep } = machineAt();
    await clock.askAround?.();
    await sleep(2 * DAY);
    // Until then it is read as earlier than it is, never later.
    expect(clock.now()).toBe(MONDAY);
    await clock.askAround?.();
    expect(clock.doubt?.()).toBeNull();
    expect(clock.now()).toBe(MONDAY + 2 * DAY);
  });

  test('that drifts is doubted when it has drifted far enough', async () => {
    const { clock, right, drift } = machineAt();
    for (let minutes = 0; minutes < 180; minutes += 1) {
      await clock.askAround?.();
      await right.advance(MINUTE);
      drift(1_000);
      expect(Math.abs(clock.now() - right.now())).toBeLessThanOrEqual(2 * MINUTE + 1_000);
    }
    expect(clock.doubt?.()).not.toBeNull();
  });

  test('is not waited for longer than two seconds where nobody answers', async () => {
    const { clock, right } = machineAt();
    clock.askBy(() => new Promise(() => {}));
    let isOver = false;
    const asked = clock.askAround?.().then(() => {
      isOver = true;
    });
    await right.advance(1_999);
    expect(isOver).toBe(false);
    await right.advance(1);
    await asked;
    expect(clock.doubt?.()).toBeNull();
  });

  test('stays doubted while those who know cannot be asked, and is asked for again', async () => {
    const { clock, right, set, unplug } = machineAt();
    await clock.askAround?.();
    unplug();
    set(DAY);
    await right.advance(3 * HOUR);
    await clock.askAround?.();
    expect(clock.doubt?.()).toMatchObject({ outsideAt: MONDAY + 3 * HOUR });
  });

  test('is held against a database where there is no Slack, and then no line is dated later than either says', () => {
    for (const wrongMs of [-DAY, DAY]) {
      const { clock } = machineAt();
      clock.heard('database', MONDAY + wrongMs);
      expect(clock.doubt?.()).toMatchObject({ source: 'database' });
      expect(clock.now()).toBe(MONDAY + Math.min(0, wrongMs));
      clock.heard('slack', MONDAY);
      expect(clock.doubt?.()).toBeNull();
    }
  });
});
